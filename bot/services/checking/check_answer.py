"""What one topic's answer must have: length, balance, a picture, sources, a review, a way on and a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.core.content import Answer, Content
from bot.core.drift import source_hash
from bot.core.finding import ADVICE, Finding, about
from bot.core.language import SOURCE
from bot.core.plain_language import words as words_of
from bot.services.checking.check_wording import WITHOUT_BLANKS

MOST_WORDS: Final = {"text": 60, "simple": 25}
MOST_WORDS_A_SECTION: Final = 60
MOST_CHARACTERS: Final = 120  # of a part, in a language that writes no blanks
BALANCED: Final = ("benefits", "side_effects", "unknown", "choice")
MOST_NEXT: Final = 3
EFFECTS: Final = frozenset({"offer_person", "open_case", "find_place", "find_activity", "set_reminder"})
STATUSES: Final = frozenset({"unreviewed", "reviewed"})


def check_length(answer: Answer, parts: Mapping[str, str]) -> Iterator[Finding]:
    """The short text at most 60 words, the simple one 25, every section 60; 120 characters in Chinese."""
    if not answer.simple:
        yield about(answer, "no_simple", "there is no simple text", "Say the same in at most 25 words.")
    for part, text in parts.items():
        if answer.language in WITHOUT_BLANKS:
            length, most, unit = len("".join(text.split())), MOST_CHARACTERS, "characters"
        else:
            length, most, unit = len(words_of(text)), MOST_WORDS.get(part, MOST_WORDS_A_SECTION), "words"
        if length > most:
            yield about(answer, "too_long", f"{part}: {length} {unit}", f"Shorten it to {most} {unit}.")


def check_balance(answer: Answer, content: Content, parts: Mapping[str, str]) -> Iterator[Finding]:
    """A vaccination topic tells both sides, what is not known, and that the choice is free."""
    if content.topics[_topic(answer)].kind != "V":
        return
    for name in BALANCED:
        if not answer.sections.get(name):
            yield about(answer, "no_balance", f"the section {name} is missing or empty", f"Write the section {name}.")
    if not answer.sections.get("benefits") or not answer.sections.get("side_effects"):
        return
    size = len if answer.language in WITHOUT_BLANKS else lambda text: len(words_of(text))
    good, bad = size(parts["benefits"]), size(parts["side_effects"])
    if bad * 2 < good:
        yield about(
            answer,
            "one_sided",
            f"benefits take {good}, side effects only {bad}",
            "Tell at least half as much about side effects as about benefits.",
        )


def check_picture(answer: Answer, content: Content) -> Iterator[Finding]:
    """A pictogram that exists, with words for who cannot see it."""
    labels = content.labels.get(answer.language)
    if answer.pictogram not in content.pictograms:
        yield about(
            answer,
            "no_pictogram",
            f"the pictogram “{answer.pictogram}” does not exist",
            "Choose one from responses/pictograms.",
        )
    if answer.pictogram and (labels is None or not labels.pictograms.get(answer.pictogram)):
        yield about(
            answer,
            "no_alt_text",
            f"the pictogram “{answer.pictogram}” has no words in this language",
            f"Say what it shows in responses/labels/{answer.language}.yml, under pictograms.",
        )


def check_sources(answer: Answer) -> Iterator[Finding]:
    """At least one source, every one with a name, an https address and the day it was looked at."""
    if not answer.sources:
        yield about(answer, "no_source", "there is no source", "Name a public body, its page and the day you looked.")
    for source in answer.sources:
        if not source.name or not source.url.startswith("https://") or not source.checked:
            yield about(
                answer,
                "poor_source",
                f"the source “{source.name}” lacks a name, an https address or a date",
                "Fill in name, url (https://…) and checked.",
            )


def check_review(answer: Answer) -> Iterator[Finding]:
    """A review status; "reviewed" only with who read it and when."""
    review = answer.review
    if review.status not in STATUSES:
        yield about(
            answer,
            "review_status",
            f"the review status is “{review.status}”",
            "Make it unreviewed or reviewed.",
        )
    if review.status == "reviewed" and not (review.role and review.on):
        yield about(
            answer,
            "review_by_nobody",
            "it counts as reviewed, but not by whom or when",
            "Fill in role and date, or set it back to unreviewed.",
        )


def check_translation(answer: Answer, content: Content) -> Iterator[Finding]:
    """A translation of the Dutch text as it is now; else it is stale, which is advice."""
    source = content.answers.get((answer.key, SOURCE))
    if answer.language == SOURCE or source is None:
        return
    if answer.translates != source_hash(source):
        yield about(
            answer,
            "stale",
            "the Dutch text changed since this was translated"
            if answer.translates
            else "never compared with the Dutch",
            "Compare it with the Dutch text and stamp it.",
            ADVICE,
        )


def check_ways_on(answer: Answer, content: Content) -> Iterator[Finding]:
    """At most three next topics that exist, effects that exist, and a person with every worry."""
    if len(answer.next) > MOST_NEXT:
        yield about(answer, "too_many_next", f"{len(answer.next)} next topics", f"Keep {MOST_NEXT}.")
    for topic in answer.next:
        if topic not in content.topics:
            yield about(answer, "unknown_next", f"the next topic “{topic}” does not exist", "Use a key of topics.yml.")
    for effect in answer.effects:
        if effect not in EFFECTS:
            yield about(
                answer,
                "unknown_effect",
                f"the effect “{effect}” does not exist",
                f"Use: {', '.join(sorted(EFFECTS))}.",
            )
    if content.topics[_topic(answer)].kind == "W" and "offer_person" not in answer.effects:
        yield about(answer, "no_person", "a worry without the offer of a person", "Add offer_person to effects.")


def _topic(answer: Answer) -> str:
    return answer.key.removeprefix("utter_")
