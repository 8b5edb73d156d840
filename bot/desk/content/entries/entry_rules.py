"""What the rules say of entries that are no answers, in the words of the desk."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from bot.core.finding import Finding
from bot.desk.content.answers.findings_view import Told, figure
from bot.desk.content.answers.rules_told import TOLD, Rule

_QUOTED: Final = re.compile("“(.+?)”|'(.+)'$|\"(.+)\"$", re.DOTALL)
_FACT: Final = re.compile(r"\{\w+\}")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")

OWN: Final = {
    "no_text": Rule("No text", "There is no text.", "Write it."),
    "no_value": Rule("No value", "A value is missing.", "Fill it in: a list needs one line, a fact a Dutch value."),
    "bad_value": Rule(
        "Value that does not fit",
        "This value cannot stand within a sentence.",
        "Write one line of at most 200 characters, without braces.",
    ),
    "bad_day": Rule("Impossible day", "Nobody can have looked on that day.", "Fill in the day on which you looked."),
    "no_number": Rule(
        "No number to call", "This is called in danger, and it is no number.", "Write the telephone number in digits."
    ),
    "no_about": Rule("Not said what it is", "It does not say what this is.", "Say it in a few Dutch words."),
    "poor_source": Rule(
        "No source", "There is no page where this can be checked.", "Give its address: it begins with https://."
    ),
    "bad_name": Rule("Wrong name", "This name or choice cannot be used.", "Choose another one."),
    "unknown_group": Rule("Unknown group", "There is no such place on the menu.", "Choose one from the list."),
    "unknown_label": Rule("Unknown label", "The program has no label of this name.", "Choose one that is there."),
    "unknown_flag": Rule("Unknown danger", "There is no such danger.", "Choose one from the page on danger."),
    "no_example": Rule("No example", "There is no example.", "Write at least one question."),
    "long_example": Rule("Long example", "“{quote}” is too long.", "Shorten it to 200 characters."),
    "taken_example": Rule(
        "Example of another topic", "“{quote}” is an example of another topic.", "Keep it in one place."
    ),
    "danger_example": Rule(
        "Example of danger", "“{quote}” tells of danger.", "Phrases see danger, not examples: take it out."
    ),
    "bad_phrase": Rule(
        "Phrase that cannot be read",
        "This phrase cannot be read: {quote}",
        "Write words, word* or *word, .. for up to four words, and (one|other).",
    ),
    "no_phrase": Rule("No phrase", "No phrase surely means this danger.", "Write at least one sure phrase."),
    "no_red_flag": Rule("No text", "The text or the question is missing.", "Write both."),
    "number_missing": Rule(
        "Number not in the text", "The number {name} is not in the text.", "Put its name in the text, in braces."
    ),
    "label_placeholders": Rule(
        "Other braces than the program fills in",
        "The words in braces are not those that the program fills in.",
        "Write in braces exactly what the Dutch text has in braces.",
    ),
    "long_label": Rule("Long label", "This is too long for a button.", "Find shorter words."),
    "empty_term": Rule("Explains nothing", "This does not explain the word.", "Say what it is, in 5 words or more."),
    "long_term": Rule("Long explanation", "The explanation has {number} words.", "Shorten it to 25 words."),
    "too_large": Rule("Far too long", "This is too long to be kept.", "Shorten it."),
    "no_list": Rule("No list", "The list is empty.", "Keep at least one word."),
}


def rules_told(findings: Iterable[Finding], blocking: Collection[Finding]) -> list[Told]:
    """Each finding in words; `blocking` are those that stop publishing."""
    return [_told(finding, blocks=finding in blocking) for finding in findings]


def rule_name(rule: str) -> str:
    """What a rule is called: an English sentence of the desk."""
    known = OWN.get(rule) or TOLD.get(rule)
    return known.name if known else rule.replace("_", " ")


def _told(finding: Finding, *, blocks: bool) -> Told:
    known = OWN.get(finding.rule) or TOLD.get(finding.rule)
    quote, number, name = _QUOTED.search(finding.text), _NUMBER.search(finding.text), _FACT.search(finding.text)
    values = {
        "quote": next(filter(None, quote.groups()), "") if quote else "",
        "number": figure(number[0]) if number else "",
        "name": name[0] if name else "",
    }
    if known is None:
        return Told(
            finding.rule, blocks, finding.text.replace("{", "{{").replace("}", "}}"), finding.suggestion, values
        )
    return Told(finding.rule, blocks, known.title(finding), known.advice, values)
