"""Why a text cannot be published, taken away or brought back, in the language of the screen.

The use cases say it in English with names filled in. Here are the same sentences with {places}, each with its Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from bot.core.finding import Finding
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.words import words

SENTENCES: Final = (
    "A danger can be changed, never taken away.",
    "A card for danger can be changed, never taken away.",
    "The list of words of pressure can be changed, never taken away.",
    "The assistant needs this fact. It can be changed, never taken away.",
    "The assistant needs this text. It can be changed, never taken away.",
    "This label is in use. It can be changed, never taken away.",
    "This is one of the most asked topics: every language must have it.",
    "There are translations of this text: {languages}. Remove them first.",
    "These use it: {names}. Change them first.",
    "Give the topic a Dutch name first.",
    "Publish the Dutch text first.",
    "There is nothing to take away.",
    "This text belongs to another page. Open the page again.",
    "This account is closed.",
    "A machine drafts only translations of answers and labels, never words for danger.",
    "A machine drafts only translations of answers and labels.",
    "Words for danger are always seen by two people. Ask a reviewer to publish them.",
    "Words for danger are published by a reviewer who knows the field: medical, or the language.",
    "Somebody else must publish what you wrote. Send it to review.",
    "Only a reviewer who knows the field can say that they read it.",
    "Only editors and reviewers can change texts.",
    "Only editors and reviewers can publish.",
    "A machine made this draft, and nobody read it yet. Read every sentence first.",
)


def reason_told(reason: str, language: str, findings: Iterable[Finding] = ()) -> str:
    """One reason in a language. One that repeats a rule's `findings` is said as the desk says that rule."""
    say = words(language)
    for finding in findings:
        if finding.text[1:] in reason:
            (told,) = rules_told([finding], [finding])
            return f"{say(told.title, **told.values) if '{' in told.title else say(told.title)} {say(told.advice)}"
    for known in SENTENCES:
        if found := _pattern(known).fullmatch(reason):
            return say(known, **found.groupdict())
    return say(reason)


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Matches the sentence with anything in its places."""
    parts = re.split(r"\{(\w+)\}", sentence)
    names = [f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)]
    return re.compile("".join(names), re.DOTALL)
