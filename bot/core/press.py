"""What a tapped button means: the few words that button data is made of, written and read in one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a button does; its value is the first letter of the button's data."""

    TOPIC = "t"  # answer a topic, or a part of its answer
    META = "k"  # a meta key, such as talk_to_person
    MENU = "m"  # the menu, or one group of it
    LANGUAGE = "l"
    OTHER = "o"  # "something else" after "Do you mean …?"
    FORGET = "f"  # "yes" or "no"
    CASE = "c"  # what a resident chooses in their own case
    STAFF = "w"  # what a worker does on Telegram: a verb, and the case


@dataclass(frozen=True, slots=True)
class Press:
    """A button's act, what it is about, and for a topic the part of its answer."""

    act: Act
    subject: str = ""
    part: str = ""

    @property
    def data(self) -> str:
        """As it stands on the button."""
        return f"{self.act}:{self.subject}:{self.part}".rstrip(":")


def read_press(data: str) -> Press | None:
    """The meaning of a button's data, or None for what no button of ours ever carried."""
    act, _, rest = data.partition(":")
    subject, _, part = rest.partition(":")
    if act not in set(Act) or ":" in part:
        return None
    return Press(Act(act), subject, part)
