"""The wording of one text: short sentences, common words, no pressure, no shouting, no riddles of letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.core.content import PLACEHOLDER, Answer, Content
from bot.core.finding import ADVICE, BLOCK, Finding, about
from bot.core.plain_language import sentences
from bot.core.plain_language import words as words_of
from bot.core.pressure import pressure_in
from bot.services.ports import WordKnowledge

MOST_WORDS_A_SENTENCE: Final = 15
AVERAGE_SENTENCE: Final = 10
# Languages that write no blanks between words: there is nothing to count a sentence by.
WITHOUT_BLANKS: Final = frozenset({"zh"})
HARD_WORDS_BLOCK: Final = frozenset({"nl", "en"})
# Scripts without capitals cannot tell an abbreviation by them.
WITHOUT_CAPITALS: Final = frozenset({"ar", "fa", "ti", "zh"})
_ABBREVIATION: Final = re.compile(r"(?<![\w./@])[^\W\d_]{2,5}(?![\w.@]*\w)")
_EXCLAMATION: Final = re.compile("[!！¡]")
_SHOWN: Final = 90


def parts_of(answer: Answer, content: Content) -> dict[str, str]:
    """Everything an answer says, by part, facts filled in; what is known only later is one word."""
    raw = {"text": answer.text, "simple": answer.simple, **answer.sections}
    return {name: _filled(text, answer.language, content) for name, text in raw.items() if text}


def _filled(text: str, language: str, content: Content) -> str:
    later = {name: name for name in PLACEHOLDER.findall(text) if name not in content.facts}
    return content.filled(text, language, **later)


def check_sentences(answer: Answer, parts: Mapping[str, str]) -> Iterator[Finding]:
    """Sentences of at most 15 words, 10 on average in every part."""
    if answer.language in WITHOUT_BLANKS:
        return
    for part, text in parts.items():
        found = sentences(text)
        lengths = [len(words_of(sentence)) for sentence in found]
        for sentence, length in zip(found, lengths, strict=True):
            if length > MOST_WORDS_A_SENTENCE:
                yield about(
                    answer,
                    "long_sentence",
                    f"{part}: {length} words in “{_short(sentence)}”",
                    f"Make two sentences of it, of at most {MOST_WORDS_A_SENTENCE} words each.",
                )
        average = sum(lengths) / max(len(lengths), 1)
        if average > AVERAGE_SENTENCE:
            yield about(
                answer,
                "average_sentence",
                f"{part}: {average:.1f} words a sentence on average",
                f"Shorten the sentences to {AVERAGE_SENTENCE} words on average.",
            )


def check_exclamation(answer: Answer, parts: Mapping[str, str]) -> Iterator[Finding]:
    """No exclamation marks."""
    for part, text in parts.items():
        if _EXCLAMATION.search(text):
            yield about(answer, "exclamation", f"{part} has an exclamation mark", "End the sentence with a full stop.")


def check_pressure(answer: Answer, parts: Mapping[str, str], content: Content) -> Iterator[Finding]:
    """No words of pressure, blame, fear or flattery."""
    listed = content.pressure.get(answer.language)
    if listed is None:
        return
    topic = answer.key.removeprefix("utter_")
    for part, text in parts.items():
        for entry in pressure_in(text, listed, topic, answer.language):
            yield about(
                answer,
                "pressure",
                f"{part} says “{entry}”, which presses, blames, frightens or flatters",
                "Say it without pressure: what there is, and that the choice is free.",
            )


def check_hard_words(
    answer: Answer, parts: Mapping[str, str], content: Content, knowledge: WordKnowledge
) -> Iterator[Finding]:
    """Common words, or words that the glossary explains."""
    language = answer.language
    if not knowledge.knows(language):
        return
    whole = "\n".join(parts.values())
    explained = _explained(whole, content.glossary.get(language, {}))
    told: set[str] = set()
    for word in _ordinary_words(whole):
        small = word.lower()
        if small in told or knowledge.is_easy(word, language, explained) or _in_brackets(word, whole):
            continue
        told.add(small)
        yield about(
            answer,
            "hard_word",
            f"“{word}” is a hard word",
            f"Use a more common word, or explain it in responses/glossary/{language}.yml.",
            BLOCK if language in HARD_WORDS_BLOCK else ADVICE,
        )


def _ordinary_words(text: str) -> Iterator[str]:
    """All words but numbers, addresses, abbreviations and names: those with a capital inside a sentence."""
    for sentence in sentences(text):
        for place, word in enumerate(words_of(sentence)):
            is_name = (place > 0 and word[0].isupper()) or re.split("['’-]", word)[0].isupper()
            if not is_name and not re.search(r"[\d.@]", word) and len(word) > 1:
                yield word


def _explained(text: str, glossary: Mapping[str, str]) -> frozenset[str]:
    """The words that the glossary explains; those of a term of several words only where it stands in full."""
    small = f" {' '.join(words_of(text.lower()))} "
    terms = [words_of(term.lower()) for term in glossary]
    return frozenset(word for term in terms for word in term if len(term) == 1 or f" {' '.join(term)}" in small)


def check_abbreviations(answer: Answer, parts: Mapping[str, str], content: Content) -> Iterator[Finding]:
    """No abbreviation without its meaning: in the glossary, or in brackets somewhere in the answer."""
    if answer.language in WITHOUT_CAPITALS:
        return
    whole = "\n".join(parts.values())
    known = {word for term in content.glossary.get(answer.language, {}) for word in re.split(r"[\s-]+", term.lower())}
    for short in dict.fromkeys(m[0] for m in _ABBREVIATION.finditer(whole) if m[0].isupper()):
        if short.lower() not in known and not _in_brackets(short, whole):
            yield about(
                answer,
                "abbreviation",
                f"“{short}” is an abbreviation without its meaning",
                f"Write it out, or explain it in brackets or in responses/glossary/{answer.language}.yml.",
            )


def _in_brackets(word: str, text: str) -> bool:
    """Whether brackets after a word explain it, or the word itself stands in brackets after its meaning."""
    return re.search(rf"(?<!\w){re.escape(word)}\w* \(|\({re.escape(word)}\)", text) is not None


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
