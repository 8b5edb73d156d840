"""What the page of an answer says and needs, whatever is done on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.content import Content, Labels
from bot.core.language import SOURCE
from bot.core.team import Worker
from bot.desk.content.answers.findings_view import WHOLE
from bot.desk.content.writing.writing_words import DID as WRITING_DID
from bot.desk.desk import Desk
from bot.services.checking.check_answer import MOST_WORDS, MOST_WORDS_A_SECTION

DID: Final = WRITING_DID | {
    "published": "Published. Residents read it from now on.",
    "unread": (
        "Published, but residents do not read it yet: somebody who knows the field must read it first. "
        "Send it to review."
    ),
    "removed": "Taken away. Residents do not read it any more.",
    "translated": "A machine made this draft. Read every sentence.",
    "read": "You read every sentence: this is your draft now.",
}
EFFECT_WORDS: Final = {
    "offer_person": "Offer a person",
    "open_case": "Open a case",
    "find_place": "Find a place",
    "find_activity": "Find an activity",
    "set_reminder": "Set a reminder",
}
PLACES: Final = (WHOLE, "pictogram", "sources", "next", "effects")  # of findings that are about no words


def labels_of(content: Content, worker: Worker) -> Labels:
    """The short words of the interface in the editor's language."""
    return content.labels.get(worker.language) or content.labels[SOURCE]


def topics_of(content: Content) -> dict[str, list[str]]:
    """All topics by their group."""
    groups: dict[str, list[str]] = {}
    for topic in content.topics.values():
        groups.setdefault(topic.group, []).append(topic.key)
    return groups


def limits(parts: Sequence[str]) -> dict[str, int]:
    """How many words every part may have."""
    return {part: MOST_WORDS.get(part, MOST_WORDS_A_SECTION) for part in parts}


def today(desk: Desk) -> date:
    """The date where the desk is."""
    return desk.clock().astimezone(ZoneInfo(desk.zone)).date()
