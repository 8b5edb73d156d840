"""Which entry an address is about, and the address of an entry."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.overlay import LABEL_GROUPS, PRESSURE_KEY
from bot.core.triage import Flag
from bot.desk.content.entry_names import NO_LANGUAGE

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_TERM: Final = re.compile(r"[^\s/?#](?:[^/?#\x00-\x1f]{0,78}[^\s/?#])?")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_CARD: Final = re.compile(r"[a-z]{2,3}")
_SPOKEN: Final = frozenset({Kind.LABEL, Kind.FLAG, Kind.TERM, Kind.PRESSURE, Kind.EXAMPLES, Kind.ANSWER})


def edit_of(ref: Ref) -> str:
    """Where an entry is edited: topics and examples too, whose own page is another one."""
    return f"/desk/content/entries/{ref.kind}/{quote(ref.key, safe='')}/{ref.language or NO_LANGUAGE}"


def ref_of(kind: str, key: str, language: str, content: Content) -> Ref | None:
    """The entry that an address names; None for what can never be one."""
    if kind not in set(Kind):
        return None
    ref = Ref(Kind(kind), key, "" if language == NO_LANGUAGE else language)
    spoken = ref.kind in _SPOKEN
    if (ref.language in LANGUAGES) != spoken or (ref.language and not spoken) or not _can_be(ref, content):
        return None
    return ref


def _can_be(ref: Ref, content: Content) -> bool:
    key = ref.key
    match ref.kind:
        case Kind.LABEL:
            group, _, name = key.partition(".")
            return group in LABEL_GROUPS and _NAME.fullmatch(name.replace("-", "_")) is not None
        case Kind.FLAG:
            return key in set(Flag)
        case Kind.TERM:
            return _TERM.fullmatch(key) is not None
        case Kind.PRESSURE:
            return key == PRESSURE_KEY
        case Kind.CARD:
            return _CARD.fullmatch(key) is not None and key not in LANGUAGES
        case Kind.TEMPLATE:
            return _ID.fullmatch(key) is not None
        case Kind.TOPIC | Kind.EXAMPLES:
            return key in content.topics or key in content.meta
        case Kind.FACT:
            return _NAME.fullmatch(key) is not None
        case Kind.ANSWER:
            return _NAME.fullmatch(key.removeprefix("utter_")) is not None
