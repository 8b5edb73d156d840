"""Why a text cannot be published, taken away or brought back, in the language of the screen.

The use cases say it in English with names filled in. Here are the same sentences with {places}, each with its Dutch.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.core.entry import Kind, Ref
from bot.core.finding import Finding
from bot.desk.content.entries.entry_rules import rules_told
from bot.desk.content.entry_names import ANSWER, Names
from bot.desk.content.known_sentence import places_in
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
    "Say with which group you read, in at most {number} characters. Name nobody.",
    "Keep to the word or sentence that stuck: at most {number} characters.",
    "This stands in words for danger, so two people must see it. Send it to review.",
    "Somebody published another version of this text meanwhile. Look at it first.",
    "You saved this text in another window a moment ago. Look at that version first.",
)


# What a use case says → what the desk says instead: the rest stands beside the words already.
RETOLD: Final = {
    "Say in at least {number} characters why this may be published: {what}": (
        "Why is this right as it is? Write at least {number} characters beside the rule."
    ),
}


def reason_told(reason: str, language: str, findings: Iterable[Finding] = (), names: Names | None = None) -> str:
    """One reason in a language. One that repeats a rule's `findings` is said as the desk says that rule.

    With `names` the entries and languages that it names are told in words.
    """
    say = words(language)
    if told := retold(reason, language):
        return told
    for finding in findings:
        if finding.text[1:] in reason:
            (rule,) = rules_told([finding], [finding])
            return f"{say(rule.title, **rule.values) if '{' in rule.title else say(rule.title)} {say(rule.advice)}"
    for known in SENTENCES:
        if (found := places_in(reason, known)) is not None:
            return say(known, **{place: _named(place, what, names) for place, what in found.items()})
    return say(reason)


def retold(reason: str, language: str) -> str:
    """What the desk says instead of a reason; "" where it says the same."""
    for known, said in RETOLD.items():
        if (found := places_in(reason, known)) is not None:
            return words(language)(said, **found)
    return ""


def _named(place: str, what: str, names: Names | None) -> str:
    """The keys and codes that stand in a place of a sentence, as names."""
    if names is None or place not in {"names", "languages"}:
        return what
    each = what.split(", ")
    said = [names.tongue(one) for one in each] if place == "languages" else [_entry(one, names) for one in each]
    return ", ".join(dict.fromkeys(said))


def _entry(told: str, names: Names) -> str:
    """A name for `key language`, as the use cases tell of an entry."""
    key, _, language = told.partition(" ")
    kind = Kind.ANSWER if key.startswith(ANSWER) else Kind.LABEL if "." in key else Kind.TOPIC
    title, tongue = names.title(Ref(kind, key, language)), names.tongue(language)
    return f"{title} ({tongue})" if tongue else title
