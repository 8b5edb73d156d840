"""What dangers and the short words of the assistant (labels) are called for people, and where these are read.

English sentences of the desk; the Dutch stands in content_names.po.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.triage import Flag

DANGERS: Final[Mapping[str, str]] = {
    Flag.DANGER_TO_LIFE: "Danger to life",
    Flag.SUICIDE: "Suicide",
    Flag.CHILD_DANGER: "A child in danger",
    Flag.VIOLENCE: "Violence",
    Flag.POISONING: "Poisoning",
}
# The first part of a label's key → what it is called, with its own words as {text}.
CALLED: Final[Mapping[str, str]] = {
    "sections": "Part “{text}”",
    "buttons": "Button “{text}”",
    "menu": "Group of the menu “{text}”",
    "pictograms": "Picture of {text}",
    "commands": "Command “{text}”",
    "page": "On the chat page: “{text}”",
}
# How the key begins → where it is read; the first that fits.
READ: Final[Mapping[str, str]] = {
    "buttons.case_": "On a button while a resident makes a message for a team.",
    "buttons.forget_": "Under the question whether everything may be erased.",
    "buttons.helpful_": "Under an answer: did this help?",
    "buttons.helped_": "When a talk with the team was closed: did it help?",
    "buttons.translate_": "Under the question whether a computer may translate.",
    "buttons.follow_up_": "Under the question whether it may be asked again later.",
    "buttons.safe_": "Under the question whether it is safe to write.",
    "page.case_": "On the card that shows what goes to the team.",
    "page.data_": "In the list of what is kept of a resident.",
    "sections.": "On a button under an answer that has this part.",
    "buttons.": "On a button in the chat.",
    "menu.": "On a button of the menu.",
    "topics.": "The name of the topic: on buttons, in the menu and on the desk.",
    "pictograms.": "Read aloud to who cannot see the picture.",
    "commands.": "In Telegram, in the list behind /.",
    "page.": "On the page of the chat in a browser.",
}


def label_read(key: str) -> str:
    """Where residents read the label of this key: an English sentence of the desk; "" for one that is not known."""
    return next((where for begin, where in READ.items() if key.startswith(begin)), "")
