"""What entries are called for people, and where the desk edits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final
from urllib.parse import quote

from babel import Locale

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES, SOURCE

ROOM: Final = "/desk/content"
NO_LANGUAGE: Final = "-"  # in an address
ANSWER: Final = "utter_"  # an answer's key begins so; after it, the topic's
_RIGHT_TO_LEFT: Final = frozenset({"fa", "ur", "ps", "he", "ckb", "sd", "ug", "yi", "dv"})  # not ours yet
_TOPIC_LABEL: Final = "topics."
_TRANSLATOR: Final = "link:"  # an author who came by a translator's link


@dataclass(frozen=True, slots=True)
class Named:
    """One entry for people: its name, the key behind it, its language in words ("" for none), where it is edited."""

    ref: Ref
    title: str
    tongue: str
    href: str


class Names:
    """Names in the language of one person's screen."""

    def __init__(self, content: Content, language: str) -> None:
        self._labels = content.labels.get(language) or content.labels[SOURCE]
        self._ready = content.ready
        self._language = language

    def named(self, ref: Ref, author: str = "") -> Named:
        """An entry; with an author, the address leads to that colleague's draft."""
        address = edit_address(ref) + (f"?author={quote(author, safe='')}" if author else "")
        return Named(ref, self.title(ref), self.tongue(ref.language), address)

    def title(self, ref: Ref) -> str:
        """The name of an entry: a topic's own label, else its key in words."""
        if ref.kind in {Kind.ANSWER, Kind.TOPIC, Kind.EXAMPLES}:
            return self.topic(ref.key.removeprefix(ANSWER))
        if ref.kind is Kind.LABEL and ref.key.startswith(_TOPIC_LABEL):
            return self.topic(ref.key.removeprefix(_TOPIC_LABEL))
        if ref.kind is Kind.TEMPLATE and ref.key in self._ready:
            return self._ready[ref.key][0]
        return self.tongue(ref.key) if ref.kind is Kind.CARD else ref.key.replace("_", " ")

    def topic(self, key: str) -> str:
        """A topic, or a text of the assistant itself."""
        return self._labels.topics.get(key) or key.replace("_", " ")

    def group(self, key: str) -> str:
        """A group of topics."""
        return self._labels.menu.get(key) or key.replace("_", " ").capitalize()

    def tongue(self, code: str) -> str:
        """A language; "" for none."""
        return _tongues(self._language).get(code, code) if code else ""

    @property
    def details(self) -> Mapping[str, str]:
        """What the details of parts are called: sections and languages."""
        return {**_tongues(self._language), **self._labels.sections}


def edit_address(ref: Ref) -> str:
    """The page where an entry is edited."""
    key = quote(ref.key, safe="")
    match ref.kind:
        case Kind.ANSWER:
            return f"{ROOM}/answers/{key}/{ref.language}"
        case Kind.TOPIC | Kind.EXAMPLES:
            return f"{ROOM}/topics/{key}"
        case _:
            return f"{ROOM}/entries/{ref.kind}/{key}/{ref.language or NO_LANGUAGE}"


def history_address(ref: Ref) -> str:
    """The page of all its revisions."""
    return f"{ROOM}/history/{ref.kind}/{quote(ref.key, safe='')}/{ref.language or NO_LANGUAGE}"


def by_link(author: str) -> bool:
    """Was this written by a translator without an account?"""
    return author.startswith(_TRANSLATOR)


def direction(code: str) -> str:
    """Which way a language is written: "rtl" or "ltr"."""
    ours = LANGUAGES.get(code)
    return "rtl" if (ours and ours.right_to_left) or code in _RIGHT_TO_LEFT else "ltr"


@cache
def _tongues(language: str) -> Mapping[str, str]:
    """The names of languages, with a capital."""
    return {code: f"{name[:1].upper()}{name[1:]}" for code, name in Locale.parse(language).languages.items()}
