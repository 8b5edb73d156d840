"""Any entry held to the rules as if it were published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core.content import Answer, Content, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.entry_json import to_json
from bot.core.errors import EditError
from bot.core.finding import BLOCK, Finding
from bot.core.named_facts import unknown_facts
from bot.core.normalise import normalise
from bot.core.overlay import overlaid
from bot.core.triage import MOST_PHRASES, Flag
from bot.services.checking.check_completeness import check_glossary
from bot.services.checking.check_content import on_answer
from bot.services.checking.check_danger import check_card, check_flag, check_phrases
from bot.services.checking.check_label import check_label, known_label
from bot.services.editing.newsroom import Newsroom

DESK: Final = "desk"
LONGEST_EXAMPLE: Final = 200
LARGEST: Final = 300_000  # characters of an entry as it is kept: no text of ours has a tenth of it
TOO_LARGE: Final = "This is too long to be kept. Shorten it."
# What no reason lets through: it could not be said, would not be understood, or leads nowhere.
NEVER: Final = frozenset(
    {"no_text", "no_value", "no_example", "no_phrase", "bad_phrase", "bad_name", "label_placeholders"}
    | {"unknown_fact", "unknown_topic", "unknown_next", "unknown_effect", "unknown_label", "unknown_flag"}
    | {"long_example", "taken_example", "danger_example", "too_large"}
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_BODIES: Final[Mapping[Kind, type]] = {
    Kind.ANSWER: Answer,
    Kind.TOPIC: Topic,
    Kind.LABEL: Words,
    Kind.FACT: Fact,
    Kind.FLAG: RedFlag,
    Kind.TERM: Words,
    Kind.PRESSURE: Pressure,
    Kind.CARD: Words,
    Kind.EXAMPLES: Examples,
    Kind.TEMPLATE: ReadyText,
}


def must_fit(ref: Ref, body: Body | None) -> None:
    """Raises EditError for a body that is not of this ref."""
    fits = body is None or isinstance(body, _BODIES[ref.kind])
    match body:
        case Answer():
            fits = fits and (body.key, body.language) == (ref.key, ref.language)
        case Topic():
            fits = fits and body.key == ref.key
        case Fact():
            fits = fits and body.name == ref.key
        case RedFlag(texts, patterns):
            named = {(texts.flag, texts.language), (patterns.flag, patterns.language)}
            fits = fits and named == {(ref.key, ref.language)}
    if not fits:
        raise EditError("This text belongs to another page. Open the page again.")


def must_be_kept(ref: Ref, body: Body | None) -> None:
    """Raises EditError for a body that is not of this ref, or larger than any can be."""
    must_fit(ref, body)
    if too_large(body):
        raise EditError(TOO_LARGE)


def too_large(body: Body | None) -> bool:
    """Is this more than an entry can be? A page that shows it would make everybody wait."""
    if isinstance(body, RedFlag):
        lists = (body.patterns.patterns, body.patterns.check_in, body.patterns.exceptions)
        if any(len(phrases) > 2 * MOST_PHRASES for phrases in lists):
            return True
    return body is not None and len(to_json(body)) > LARGEST


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """Call it with a ref and a body: all findings. `taught` are the published examples."""

    newsroom: Newsroom
    taught: Callable[[], Mapping[Ref, Examples]]

    def __call__(self, ref: Ref, body: Body) -> list[Finding]:
        """What blocks and what is advice. Raises EditError for a body that is not of this ref."""
        must_fit(ref, body)
        if too_large(body):
            return [_found(ref, "too_large", "this is too long to be kept", "Shorten it.")]
        unplaced = list(self._place(ref))
        return unplaced or list(self._rules(ref, body))

    def _place(self, ref: Ref) -> Iterator[Finding]:
        """An entry of this name can exist."""
        content, topic = self.newsroom.served.content, ref.key.removeprefix("utter_")
        talk = topic in content.meta or any(key == ref.key for key, _ in self.newsroom.base.answers)
        if ref.kind is Kind.ANSWER and topic not in content.topics and not talk:
            yield _found(ref, "unknown_topic", f"there is no topic “{topic}”", "Add the topic first.")
        if ref.kind is Kind.EXAMPLES and topic not in content.topics and topic not in content.meta:
            yield _found(ref, "unknown_topic", f"there is no topic “{topic}”", "Add the topic first.")
        if ref.kind is Kind.LABEL and not known_label(ref, content):
            yield _found(
                ref, "unknown_label", f"there are no such labels as “{ref.key}”", "Choose a label of the list."
            )
        if ref.kind is Kind.FLAG and ref.key not in set(Flag):
            yield _found(ref, "unknown_flag", f"there is no danger “{ref.key}”", "Choose one of the list.")
        if ref.kind in {Kind.FACT, Kind.TOPIC} and not _NAME.fullmatch(ref.key):
            yield _found(ref, "bad_name", f"“{ref.key}” is no name", "Use small letters a to z, digits and _.")

    def _rules(self, ref: Ref, body: Body) -> Iterator[Finding]:
        content, base = overlaid(self.newsroom.served.content, [(ref, body)]), self.newsroom.base
        unknown = unknown_facts(ref, body, content, base)
        for name in unknown:
            yield _found(
                ref, "unknown_fact", f"there is no fact {{{name}}}", "Choose one of the list, or add it first."
            )
        match body:
            case Answer():
                yield from self._answer(ref, body, content)
            case Topic():
                yield from check_topic(ref, body, base)
            case Fact():
                yield from _fact(ref, body)
            case RedFlag():
                yield from check_phrases(ref, body)
                yield from () if unknown else check_flag(ref, body, content)
            case Pressure():
                if not any(word.strip() for word in body.words):
                    yield _found(ref, "no_value", "the list is empty", "Keep at least one word.")
            case Examples():
                yield from self._examples(ref, body)
            case ReadyText():
                yield from _template(ref, body)
            case Words() if ref.kind is Kind.LABEL:
                yield from check_label(ref, body, content, base)
            case Words() if ref.kind is Kind.CARD:
                yield from check_card(ref, body, base)
            case Words():
                yield from check_glossary(replace(content, glossary={ref.language: {ref.key: body.text}}))

    def _answer(self, ref: Ref, answer: Answer, content: Content) -> Iterator[Finding]:
        if not answer.text.strip():
            yield _found(ref, "no_text", "there is no text", "Write the short answer.")
        labels = content.labels.get(ref.language)
        for name in answer.sections:
            if labels is not None and not labels.sections.get(name):
                yield _found(ref, "no_label", f"the section {name} has no name in this language", "Write its label.")
        yield from on_answer(replace(answer, where=DESK), content, self.newsroom.words)

    def _examples(self, ref: Ref, examples: Examples) -> Iterator[Finding]:
        if not any(text.strip() for text in examples.texts):
            yield _found(ref, "no_example", "there is no example", "Write at least one question.")
        taken = {
            normalise(text): other.key
            for other, taught in self.taught().items()
            if other.key != ref.key
            for text in taught.texts
        }
        for text in examples.texts:
            if len(text) > LONGEST_EXAMPLE:
                wrong = f"“{text[:40]}…” has {len(text)} characters"
                yield _found(ref, "long_example", wrong, f"Shorten it to {LONGEST_EXAMPLE} characters.")
            if (other := taken.get(normalise(text))) is not None:
                yield _found(ref, "taken_example", f"“{text}” is an example of {other}", "Keep it in one place.")
            if self.newsroom.served.assess(text) is not None:
                yield _found(ref, "danger_example", f"“{text}” tells of danger", "Phrases see danger, not examples.")


def check_topic(ref: Ref, topic: Topic, base: Content) -> Iterator[Finding]:
    """A group of the menu, a kind that there is, and a name that is free."""
    groups = {one.group for one in base.topics.values()} | {group.key for group in base.menu}
    if topic.group not in groups:
        yield _found(ref, "unknown_group", f"there is no group “{topic.group}”", "Choose a group of the list.")
    if topic.kind not in {"V", "W", ""}:
        yield _found(ref, "bad_name", f"there is no kind “{topic.kind}”", "Choose vaccination, a worry, or neither.")
    if ref.key in base.meta:
        yield _found(ref, "bad_name", f"“{ref.key}” is in use for the talk itself", "Choose another name.")


def _fact(ref: Ref, fact: Fact) -> Iterator[Finding]:
    if not fact.values or not all(value.strip() for value in fact.values.values()):
        yield _found(ref, "no_value", "a value is empty", "Fill in the value, or take the language away.")
    elif not fact.in_language("nl").strip():
        yield _found(ref, "no_value", "there is no value for Dutch", "Fill in the Dutch value, or one for all.")
    if not fact.about.strip():
        yield _found(ref, "no_about", "it does not say what this is", "Say what it is, in a few words.")
    if not fact.demo and not fact.source.startswith("https://"):
        yield _found(ref, "poor_source", "the source is no https address", "Give the page where this stands.")


def _template(ref: Ref, ready: ReadyText) -> Iterator[Finding]:
    if not ready.name.strip():
        yield _found(ref, "bad_name", "it has no name", "Give it a name for colleagues.")
    if not any(text.strip() for text in ready.texts.values()):
        yield _found(ref, "no_text", "there is no text", "Write it in at least one language.")


def _found(ref: Ref, rule: str, text: str, suggestion: str) -> Finding:
    return Finding(DESK, ref.key, ref.language, rule, BLOCK, text, suggestion)
