"""A text of ours as HTML: escaped, in paragraphs, with telephone numbers and /commands that can be tapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from bot.core.content import Fact
from bot.services.turns.respond import COMMANDS

_BULLET: Final = "•"
_NAMES: Final = frozenset({"number", "line", "phone"})  # how facts that can be called are named
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 \-]{1,18}[0-9]")
# Ten digits after a 0: a team's own number, or one that a worker writes, is none of the facts.
_DUTCH: Final = "0[1-9](?:[ -]?[0-9]){8}"
_DATE: Final = "[0-9]{2}-[0-9]{2}-[0-9]{4}"
_COMMAND: Final = "|".join(sorted(COMMANDS))


def callable_numbers(facts: Mapping[str, Fact]) -> frozenset[str]:
    """The telephone numbers among the facts, as they are written."""
    written = {value for fact in facts.values() if _NAMES & set(fact.name.split("_")) for value in fact.values.values()}
    return frozenset(value for value in written if _NUMBER.fullmatch(value))


@lru_cache(maxsize=2)
def words_with(numbers: frozenset[str]) -> Words:
    """Texts as HTML with these telephone numbers; made anew only when they change."""
    return Words(numbers)


def dialled(number: str) -> str:
    """A number as a telephone takes it: no blanks, no dashes."""
    return re.sub(r"[^0-9+]", "", number)


class Words:
    """Texts as HTML. `numbers` are telephone numbers that become links, beside any whole Dutch one."""

    def __init__(self, numbers: Iterable[str]) -> None:
        longest_first = sorted(map(re.escape, numbers), key=len, reverse=True)
        number = "|".join([*longest_first, _DUTCH])
        special = rf"(?:(?P<number>{number})|(?P<date>{_DATE}))(?![\w-])|/(?P<command>{_COMMAND})\b"
        self._special = re.compile(rf"(?<![\w/-])(?:{special})")

    def html(self, text: str) -> Markup:
        """Paragraphs where the text has a blank line, a list where every line has a bullet."""
        blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
        return Markup("").join(map(self._block, blocks))

    def line(self, text: str) -> Markup:
        """One line of text, without a paragraph around it."""
        done, parts = 0, []
        for found in self._special.finditer(text):
            parts += [escape(text[done : found.start()]), _special(found)]
            done = found.end()
        return Markup("").join([*parts, escape(text[done:])])

    def label(self, text: str, number: str) -> Markup:
        """The words on a button that calls; the number keeps its order among words of any direction."""
        before, found, after = text.partition(number)
        if not found:
            return escape(text)
        return Markup('{}<bdi dir="ltr">{}</bdi>{}').format(before, number, after)

    def _block(self, block: str) -> Markup:
        lines = [line.strip() for line in block.split("\n")]
        if all(line.startswith(_BULLET) for line in lines):
            items = [Markup("<li>{}</li>").format(self.line(line.removeprefix(_BULLET).strip())) for line in lines]
            return Markup("<ul>{}</ul>").format(Markup("").join(items))
        return Markup("<p>{}</p>").format(Markup("<br>").join(map(self.line, lines)))


def _special(found: re.Match[str]) -> Markup:
    if number := found["number"]:
        return Markup('<a class="number" href="tel:{}" dir="ltr">{}</a>').format(dialled(number), number)
    if date := found["date"]:
        return Markup('<bdi class="date" dir="ltr">{}</bdi>').format(date)
    command = found["command"]
    return Markup(
        '<button class="word" form="say" name="command" value="{}" formnovalidate dir="ltr">/{}</button>'
    ).format(command, command)
