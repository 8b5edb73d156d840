"""What the rules say of an answer, each finding beside the part and the sentence that it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.core.content import Answer, Content
from bot.core.finding import Finding
from bot.core.plain_language import sentences
from bot.desk.content.answers.rules_told import TOLD
from bot.services.checking.check_wording import parts_of as filled_parts

WHOLE: Final = "whole"  # the place of what is about no part
_QUOTED: Final = re.compile("“(.+?)”", re.DOTALL)
_FACT: Final = re.compile(r"\{\w+\}")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_PLACE: Final = {
    "no_simple": "simple",
    "no_pictogram": "pictogram",
    "no_alt_text": "pictogram",
    "no_source": "sources",
    "poor_source": "sources",
    "too_many_next": "next",
    "unknown_next": "next",
    "unknown_effect": "effects",
    "no_person": "effects",
    "one_sided": "side_effects",
}
_WORD_RULES: Final = frozenset({"hard_word", "abbreviation"})  # told of all parts at once
_ALIKE: Final = 0.75  # how like a term of the glossary must be, 0 to 1


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as it is shown. `title` and `advice` are sentences of the desk, filled in with `values`.

    `before`, `quote` and `after` are the sentence it is about, with the words that are wrong in the middle. `term` and
    `meaning` are what the glossary has for a word like a hard one.
    """

    rule: str
    blocks: bool
    title: str
    advice: str
    values: Mapping[str, object]
    before: str = ""
    quote: str = ""
    after: str = ""
    term: str = ""
    meaning: str = ""


def by_part(
    findings: Iterable[Finding], blocking: Collection[Finding], answer: Answer, content: Content
) -> dict[str, list[Told]]:
    """Part → what is told of it; `blocking` are those that stop publishing.

    Parts are "text", "simple", a section, "pictogram", "sources", "next", "effects" or WHOLE.
    """
    texts = {"text": answer.text, "simple": answer.simple, **answer.sections}
    filled = filled_parts(answer, content)
    terms = content.glossary.get(answer.language, {})
    places: dict[str, list[Told]] = {}
    for finding in findings:
        for part in _parts(finding, filled, texts):
            places.setdefault(part, []).append(_told(finding, filled.get(part, ""), terms, blocks=finding in blocking))
    return places


def title_of(rule: str) -> str:
    """What a rule is called: an English sentence of the desk without places to fill in."""
    return TOLD[rule].name if rule in TOLD else rule.replace("_", " ")


def _parts(finding: Finding, filled: Mapping[str, str], raw: Mapping[str, str]) -> Sequence[str]:
    """Where a finding belongs; a hard word stands wherever it is used."""
    if finding.rule in _PLACE:
        return (_PLACE[finding.rule],)
    if finding.rule in {"placeholders", "unknown_fact"} and (name := _FACT.search(finding.text)):
        return [part for part, text in raw.items() if name[0] in text] or (WHOLE,)
    if finding.rule in {"no_balance", "no_label"}:
        return re.findall(r"section (\w+)", finding.text)[:1] or (WHOLE,)
    if finding.rule in _WORD_RULES and (word := _quote(finding)):
        return [part for part, text in filled.items() if _at(word, text)] or (WHOLE,)
    named = re.split(r"[: ]", finding.text, maxsplit=1)[0]
    return (named,) if named in raw else (WHOLE,)


def _told(finding: Finding, text: str, terms: Mapping[str, str], *, blocks: bool) -> Told:
    told = TOLD.get(finding.rule)
    number, name = _NUMBER.search(finding.text), _FACT.search(finding.text)
    quote = _quote(finding).replace("*", "…")  # a word of pressure with any ending
    values = {"number": figure(number[0]) if number else "", "name": name[0] if name else "", "quote": quote}
    before, found, after = _sentence(quote.removesuffix("…"), text)
    term = _term(quote, terms) if finding.rule == "hard_word" else ""
    return Told(
        finding.rule,
        blocks,
        told.title(finding) if told else finding.text.replace("{", "{{").replace("}", "}}"),
        told.advice if told else finding.suggestion,
        values,
        before,
        found,
        after,
        term,
        terms.get(term, ""),
    )


def figure(digits: str) -> int | float:
    """A number of a finding; one with decimals is a float, which the desk writes as its language does."""
    return float(digits) if "." in digits else int(digits)


def _quote(finding: Finding) -> str:
    found = _QUOTED.search(finding.text)
    return found[1] if found else ""


def _at(word: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE)


def _sentence(quote: str, text: str) -> tuple[str, str, str]:
    """(before, the quoted words, after) of the sentence that they stand in; all "" when they stand nowhere."""
    for sentence in sentences(text) if quote else ():
        if found := _at(quote, sentence):
            whole = len(quote) > len(sentence) // 2
            start, end = (0, len(sentence)) if whole else found.span()
            return sentence[:start], sentence[start:end], sentence[end:]
    return "", "", ""


def _term(word: str, terms: Mapping[str, str]) -> str:
    """The term of the glossary that is most like a word, or ""."""
    small = {term.lower(): term for term in terms}
    inside = sorted(_within(word.lower(), small), key=len, reverse=True)
    near = inside or get_close_matches(word.lower(), small, 1, _ALIKE)
    return small[near[0]] if near else ""


def _within(word: str, terms: Iterable[str]) -> Iterator[str]:
    """Terms that the word is made of, and terms that are made of it."""
    least = 4  # letters: shorter terms are in too many words
    return (term for term in terms if len(term) >= least and (term in word or word in term))
