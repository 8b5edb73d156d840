"""Any entry held to the rules as if it were published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core.content import Answer, Content, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.entry_in import entry_in
from bot.core.finding import Finding
from bot.core.named_facts import unknown_facts
from bot.core.overlay import overlaid
from bot.core.triage import Flag
from bot.services.checking.check_completeness import check_glossary
from bot.services.checking.check_content import on_answer
from bot.services.checking.check_danger import check_card, check_flag, check_phrases
from bot.services.checking.check_label import check_label, known_label
from bot.services.editing.check_examples import check_examples, places_of
from bot.services.editing.entry_fit import must_fit, too_large
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.small_bodies import DESK, check_fact, check_name, check_ready, check_topic, found
from bot.services.editing.uses import used_by

_DIGIT: Final = re.compile("[0-9]")
# What no reason lets through: it could not be said, would not be understood, or leads nowhere.
NEVER: Final = frozenset(
    {
        "no_text",
        "no_value",
        "bad_value",
        "bad_day",
        "no_number",
        "no_example",
        "no_phrase",
        "bad_phrase",
        "bad_name",
        "label_placeholders",
    }
    | {"unknown_fact", "unknown_topic", "unknown_next", "unknown_effect", "unknown_label", "unknown_flag"}
    | {"long_example", "taken_example", "danger_example", "too_large"}
)


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """Call it with a ref and a body: all findings. `taught` are the published examples."""

    newsroom: Newsroom
    taught: Callable[[], Mapping[Ref, Examples]]

    def __call__(self, ref: Ref, body: Body) -> list[Finding]:
        """What blocks and what is advice. Raises EditError for a body that is not of this ref."""
        must_fit(ref, body)
        if too_large(body):
            return [found(ref, "too_large", "this is too long to be kept", "Shorten it.")]
        unplaced = list(self._place(ref))
        return unplaced or list(self._rules(ref, body))

    def _place(self, ref: Ref) -> Iterator[Finding]:
        """An entry of this name can exist."""
        content, topic = self.newsroom.served.content, ref.key.removeprefix("utter_")
        talk = topic in content.meta or any(key == ref.key for key, _ in self.newsroom.base.answers)
        if ref.kind is Kind.ANSWER and topic not in content.topics and not talk:
            yield found(ref, "unknown_topic", f"there is no topic “{topic}”", "Add the topic first.")
        if ref.kind is Kind.EXAMPLES and topic not in content.topics and topic not in content.meta:
            yield found(ref, "unknown_topic", f"there is no topic “{topic}”", "Add the topic first.")
        if ref.kind is Kind.LABEL and not known_label(ref, content):
            yield found(ref, "unknown_label", f"there are no such labels as “{ref.key}”", "Choose a label of the list.")
        if ref.kind is Kind.FLAG and ref.key not in set(Flag):
            yield found(ref, "unknown_flag", f"there is no danger “{ref.key}”", "Choose one of the list.")
        yield from check_name(ref)

    def _rules(self, ref: Ref, body: Body) -> Iterator[Finding]:
        content, base = overlaid(self.newsroom.served.content, [(ref, body)]), self.newsroom.base
        unknown = unknown_facts(ref, body, content, base)
        for name in unknown:
            yield found(ref, "unknown_fact", f"there is no fact {{{name}}}", "Choose one of the list, or add it first.")
        match body:
            case Answer():
                yield from self._answer(ref, body, content)
            case Topic():
                yield from check_topic(ref, body, base)
            case Fact():
                yield from self._fact(ref, body, content)
            case RedFlag():
                yield from check_phrases(ref, body)
                yield from () if unknown else check_flag(ref, body, content)
            case Pressure():
                if not any(word.strip() for word in body.words):
                    yield found(ref, "no_value", "the list is empty", "Keep at least one word.")
            case Examples():
                yield from self._examples(ref, body)
            case ReadyText():
                yield from check_ready(ref, body)
            case Words() if ref.kind is Kind.LABEL:
                yield from check_label(ref, body, content, base)
            case Words() if ref.kind is Kind.CARD:
                yield from check_card(ref, body, base)
            case Words():
                yield from check_glossary(replace(content, glossary={ref.language: {ref.key: body.text}}))

    def _fact(self, ref: Ref, fact: Fact, content: Content) -> Iterator[Finding]:
        """A number to call is always a number, and the words for danger that name it stay as short as they must be."""
        yield from check_fact(ref, fact, self.newsroom.clock().date())
        called = any(ref.key in texts.numbers for texts in content.flags.values())
        if called and not all(_DIGIT.search(value) for value in fact.values.values()):
            yield found(ref, "no_number", "there is no number to call", "Write the telephone number in digits.")
        for user in used_by(content, ref):
            if user.kind is Kind.FLAG and isinstance(danger := entry_in(content, user), RedFlag):
                yield from check_flag(user, danger, content)

    def _answer(self, ref: Ref, answer: Answer, content: Content) -> Iterator[Finding]:
        if not answer.text.strip():
            yield found(ref, "no_text", "there is no text", "Write the short answer.")
        labels = content.labels.get(ref.language)
        for name in answer.sections:
            if labels is not None and not labels.sections.get(name):
                yield found(ref, "no_label", f"the section {name} has no name in this language", "Write its label.")
        yield from on_answer(replace(answer, where=DESK), content, self.newsroom.words)

    def _examples(self, ref: Ref, examples: Examples) -> Iterator[Finding]:
        if not any(text.strip() for text in examples.texts):
            yield found(ref, "no_example", "there is no example", "Write at least one question.")
        places = places_of(self.taught().items())
        yield from check_examples(ref, examples.texts, places, self.newsroom.served.assess)
