"""What changed in a text, word by word: for every part of it, what stayed, what went and what came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from bot.core.entry import Body
from bot.desk.content.parts import Part, parts_of

# Words, blanks and signs apart. Chinese and Japanese have no blanks: there every character is a word.
_WORD: Final = re.compile(
    r"\s+|[\u3040-\u30ff\u3400-\u9fff]|[.,;:!?()\"،؛؟]+|[^\s.,;:!?()\"،؛؟\u3040-\u30ff\u3400-\u9fff]+"
)
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_WORDS: Final = 3000  # of both texts together; longer ones (lists of examples) are compared line by line
_MOST_PAIRS: Final = 40_000


class Told(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, and what became of them."""

    told: Told
    text: str


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One part that changed; `name`, `detail` and `language` as in `Part`."""

    name: str
    detail: str
    language: str
    pieces: tuple[Piece, ...]


def differences(before: Body | None, after: Body | None) -> tuple[PartDifference, ...]:
    """The parts in which two bodies differ, in the order of the later one; None is an entry that is not there."""
    old, new = _by_name(before), _by_name(after)
    names = [*new, *(name for name in old if name not in new)]
    return tuple(_of_part(old.get(name), new.get(name)) for name in names if _text(old, name) != _text(new, name))


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one: what stands in both, and at every other place what went, then what came."""
    old, new = _split(before, after)
    pieces: list[Piece] = []
    for gone, came, same in _runs(old, new):
        pieces += [Piece(Told.GONE, gone)] if gone else []
        pieces += [Piece(Told.NEW, came)] if came else []
        pieces += [Piece(Told.SAME, same)] if same else []
    return tuple(pieces)


def _split(before: str, after: str) -> tuple[list[str], list[str]]:
    for piece in (_WORD, _LINE):
        old, new = piece.findall(before), piece.findall(after)
        if len(old) + len(new) <= _MOST_WORDS and _pairs(old, new) <= _MOST_PAIRS:
            return old, new
    return [before] if before else [], [after] if after else []


def _pairs(old: list[str], new: list[str]) -> int:
    """How often a word of the one is a word of the other: a word that is repeated a thousand times takes minutes."""
    there = Counter(old)
    return sum(there[word] * count for word, count in Counter(new).items() if word.strip())


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str, str]]:
    """(what went, what came, what stayed after it). A lone blank between two changes goes with them."""
    gone = came = ""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    ends = (len(old), len(new))
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        stayed = "".join(old[start:end])
        if tag == "equal" and ((gone or came) and not stayed.strip() and (end, new_end) != ends):
            gone, came = gone + stayed, came + stayed
        elif tag == "equal":
            yield gone, came, stayed
            gone = came = ""
        else:
            gone, came = gone + stayed, came + "".join(new[new_start:new_end])
    if gone or came:
        yield gone, came, ""


def _by_name(body: Body | None) -> dict[tuple[str, str], Part]:
    return {(part.name, part.detail): part for part in parts_of(body)} if body is not None else {}


def _text(parts: dict[tuple[str, str], Part], name: tuple[str, str]) -> str:
    return parts[name].text if name in parts else ""


def _of_part(old: Part | None, new: Part | None) -> PartDifference:
    part = new or old
    assert part  # noqa: S101 - one of them has this name
    pieces = word_pieces(old.text if old else "", new.text if new else "")
    return PartDifference(part.name, part.detail, part.language, pieces)
