"""What entries are called for people, and where the desk edits them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.language import SOURCE, is_right_to_left
from bot.core.overlay import LABEL_GROUPS
from bot.desk.content.label_names import CALLED, DANGERS, label_read
from bot.desk.content.talk_names import NAME, WHERE
from bot.desk.content.tongues import tongues
from bot.desk.words import words

ROOM: Final = "/desk/content"
NO_LANGUAGE: Final = "-"  # in an address
ANSWER: Final = "utter_"  # an answer's key begins so; after it, the topic's
_TOPIC_LABEL: Final = "topics."
_TRANSLATOR: Final = "link:"  # an author who came by a translator's link


@dataclass(frozen=True, slots=True)
class Named:
    """One entry for people: its name, the key behind it, its language in words ("" for none), where it is edited.

    `read` is a line on where residents read it; "" where the name says so.
    """

    ref: Ref
    title: str
    tongue: str
    href: str
    read: str = ""


class Names:
    """Names in the language of one person's screen."""

    def __init__(self, content: Content, language: str) -> None:
        self._labels = content.labels.get(language) or content.labels[SOURCE]
        self._ready, self._facts = content.ready, content.facts
        self._language, self._t = language, words(language)

    def named(self, ref: Ref, author: str = "") -> Named:
        """An entry; with an author, the address leads to that colleague's draft."""
        address = edit_address(ref) + (f"?author={quote(author, safe='')}" if author else "")
        return Named(ref, self.title(ref), self.tongue(ref.language), address, self.read(ref))

    def title(self, ref: Ref) -> str:
        """The name of an entry: a topic's own label, a text's own name, else its key in words."""
        match ref.kind:
            case Kind.ANSWER | Kind.TOPIC | Kind.EXAMPLES:
                return self.topic(ref.key.removeprefix(ANSWER))
            case Kind.LABEL:
                return self._label(ref.key)
            case Kind.TEMPLATE if ref.key in self._ready:
                return self._ready[ref.key][0]
            case Kind.TEMPLATE:
                return _capital(self._t("a message without a name yet"))
            case Kind.FACT:
                return self.fact(ref.key)
            case Kind.FLAG if ref.key in DANGERS:
                return self._t(DANGERS[ref.key])
            case Kind.PRESSURE:
                return self._t("Words of pressure")
            case Kind.CARD:
                return self.tongue(ref.key)
        return _in_words(ref.key)

    def read(self, ref: Ref) -> str:
        """Where residents read a text of the assistant itself; "" for every other entry, whose kind says so."""
        match ref.kind:
            case Kind.ANSWER | Kind.EXAMPLES:
                return self._t(where) if (where := WHERE.get(ref.key.removeprefix(ANSWER))) else ""
            case Kind.LABEL:
                return self._t(where) if (where := label_read(ref.key)) else ""
        return ""

    def topic(self, key: str) -> str:
        """A topic, or a text of the assistant itself."""
        own = self._labels.topics.get(key)
        return own or (self._t(NAME[key]) if key in NAME else _in_words(key))

    def fact(self, key: str) -> str:
        """A fact: on the Dutch desk what it is about, on another its English name in words."""
        about = self._facts[key].about if self._language == SOURCE and key in self._facts else ""
        return _capital(about) or _in_words(key)

    def _label(self, key: str) -> str:
        if key.startswith(_TOPIC_LABEL):
            return self.topic(key.removeprefix(_TOPIC_LABEL))
        group, _, name = key.partition(".")
        said = getattr(self._labels, group).get(name, "") if group in LABEL_GROUPS else ""
        return self._t(CALLED[group], text=said) if said else _in_words(name or key)

    def group(self, key: str) -> str:
        """A group of topics, as on the menu; one that is not on the menu has its name on the desk alone."""
        return self._labels.menu.get(key) or self._t(_in_words(key))

    def tongue(self, code: str) -> str:
        """A language; "" for none."""
        return tongues(self._language).get(code, code) if code else ""

    @property
    def details(self) -> Mapping[str, str]:
        """What the details of parts are called: sections and languages."""
        return {**tongues(self._language), **self._labels.sections}


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
    return "rtl" if is_right_to_left(code) else "ltr"


def _in_words(key: str) -> str:
    return _capital(key.replace("_", " "))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
