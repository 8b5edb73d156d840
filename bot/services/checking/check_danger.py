"""Words for danger held to their rules: phrases that can be read, short texts, and the numbers in them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content import Content
from bot.core.entry import RedFlag, Ref, Words
from bot.core.finding import BLOCK, Finding
from bot.core.named_facts import named_in
from bot.core.triage import FlagPatterns, PatternError, compile_phrase, too_many
from bot.services.checking.check_red_flags import check_red_flags


def check_phrases(ref: Ref, flag: RedFlag) -> Iterator[Finding]:
    """Every phrase can be read, and at least one surely means this danger."""
    where, patterns = f"responses/red_flags/{ref.language}.yml", flag.patterns
    for wrong in unreadable(patterns):
        advice = "Write words, word* or *word, .. for up to four words, and (one|other)."
        yield Finding(where, ref.key, ref.language, "bad_phrase", BLOCK, wrong, advice)
    if not patterns.patterns:
        wrong = "no phrase surely means this danger"
        yield Finding(where, ref.key, ref.language, "no_phrase", BLOCK, wrong, "Write at least one phrase.")


def unreadable(patterns: FlagPatterns) -> list[str]:
    """Why phrases cannot be read, or, when each of them can, which list is so long that everybody would wait."""
    lists = {"sure": patterns.patterns, "in doubt": patterns.check_in, "innocent": patterns.exceptions}
    wrong = []
    for phrase in (phrase for phrases in lists.values() for phrase in phrases):
        try:
            compile_phrase(phrase)
        except PatternError as error:
            wrong.append(str(error))
    return wrong or [f"too many phrases in the list {name!r}" for name, phrases in lists.items() if too_many(phrases)]


def check_flag(ref: Ref, flag: RedFlag, content: Content) -> Iterator[Finding]:
    """The texts, in content that has them already; every fact that they name must exist."""
    if flag.texts.pictogram not in content.pictograms:
        where, wrong = (
            f"responses/red_flags/{ref.language}.yml",
            f"the pictogram “{flag.texts.pictogram}” does not exist",
        )
        yield Finding(where, ref.key, ref.language, "no_pictogram", BLOCK, wrong, "Choose one that exists.")
    for finding in check_red_flags(content):
        if (finding.key, finding.language) == (ref.key, ref.language):
            yield finding


def check_card(ref: Ref, card: Words, base: Content) -> Iterator[Finding]:
    """A text, with every number that the card of the files has."""
    where = "responses/red_flags/cards.yml"
    if not card.text.strip():
        yield Finding(where, ref.key, ref.key, "no_text", BLOCK, "the card is empty", "Write what to do in danger.")
    there = named_in(ref, Words(base.cards.get(ref.key, "")))
    for name in sorted(there - named_in(ref, card)):
        wrong = f"the number {{{name}}} is not in the text"
        yield Finding(where, ref.key, ref.key, "number_missing", BLOCK, wrong, "Name the number in the text.")
