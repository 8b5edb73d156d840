"""What is said in danger: short, with its numbers, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.core.content import PLACEHOLDER, Answer, Content, FlagTexts
from bot.core.finding import BLOCK, Finding
from bot.core.language import LANGUAGES
from bot.core.plain_language import words as words_of
from bot.core.triage import Flag
from bot.services.checking.check_wording import check_exclamation, check_sentences, parts_of

MOST_WORDS_IN_DANGER: Final = 60


def check_red_flags(content: Content) -> Iterator[Finding]:
    """For every danger in every language a short text in which its numbers stand."""
    for language in LANGUAGES:
        where = f"responses/red_flags/{language}.yml"
        for flag in Flag:
            texts = content.flags.get((flag, language))
            if texts is None or not texts.text or not texts.question:
                wrong = "the text or the question is missing"
                yield Finding(where, flag.value, language, "no_red_flag", BLOCK, wrong, "Write both.")
                continue
            for name, text in (("text", texts.text), ("question", texts.question)):
                length = len(words_of(content.filled(text, language)))
                if length > MOST_WORDS_IN_DANGER:
                    wrong, advice = f"{name}: {length} words", f"Shorten it to {MOST_WORDS_IN_DANGER} words."
                    yield Finding(where, flag.value, language, "too_long", BLOCK, wrong, advice)
            yield from _on_danger(texts, where, content)
            for fact in texts.numbers:
                if fact not in PLACEHOLDER.findall(texts.text):
                    wrong = f"the number {{{fact}}} is not in the text"
                    yield Finding(where, flag, language, "number_missing", BLOCK, wrong, "Name the number in the text.")


def _on_danger(texts: FlagTexts, where: str, content: Content) -> Iterator[Finding]:
    """Short sentences and no exclamation marks, as in every text."""
    said = Answer(texts.flag.value, texts.language, texts.text, sections={"question": texts.question}, where=where)
    parts = parts_of(said, content)
    yield from check_sentences(said, parts)
    yield from check_exclamation(said, parts)
