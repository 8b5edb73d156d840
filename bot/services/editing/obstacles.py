"""What stands in the way of publishing an entry, beside the rights of who does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.content import Content
from bot.core.entry import Body, Kind, Ref
from bot.core.finding import BLOCK, Finding
from bot.core.language import SOURCE
from bot.core.revision import Override
from bot.services.checking.check_completeness import MOST_ASKED
from bot.services.editing.check_entry import NEVER, CheckEntry
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.uses import used_by

SHORTEST_REASON: Final = 10
_PROGRAM_NEEDS: Final = frozenset({"team_phone", "team_walk_in"})  # facts that no text has to name
_FREE_LABELS: Final = frozenset({"topics", "sections", "pictograms"})
_STAYS: Final = {
    Kind.FLAG: "A danger can be changed, never taken away.",
    Kind.CARD: "A card for danger can be changed, never taken away.",
    Kind.PRESSURE: "The list of words of pressure can be changed, never taken away.",
}


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Call it with a ref and the body that is to be published (None: removed)."""

    newsroom: Newsroom
    check: CheckEntry

    def __call__(
        self, ref: Ref, body: Body | None, before: Body | None, overrides: Sequence[Override] = ()
    ) -> list[str]:
        """Sentences; [] when nothing is in the way. `before` is what is published now."""
        content = self.newsroom.served.content
        if body is None:
            return [*_removing(ref, content, self.newsroom.base)]
        return [*_order(ref, content), *self._findings(ref, body, before, overrides)]

    def always(self, ref: Ref, body: Body | None) -> list[str]:
        """Only what no reason lets through: for a text that was published before."""
        if body is None:
            return self(ref, None, None)
        found = [finding.sentences for finding in self.check(ref, body) if finding.rule in NEVER]
        return [*_order(ref, self.newsroom.served.content), *found]

    def newly_blocking(self, ref: Ref, body: Body, before: Body | None) -> list[Finding]:
        """Blocking findings, less those that the published text has in the same words."""
        old = {(one.rule, one.text) for one in self.check(ref, before)} if before is not None else set()
        found = [one for one in self.check(ref, body) if one.severity == BLOCK]
        return [one for one in found if one.rule in NEVER or (one.rule, one.text) not in old]

    def _findings(self, ref: Ref, body: Body, before: Body | None, overrides: Sequence[Override]) -> Iterator[str]:
        given = {one.rule: one.reason.strip() for one in overrides}
        short: set[str] = set()
        for finding in self.newly_blocking(ref, body, before):
            reason = given.get(finding.rule, "")
            if finding.rule in NEVER or not reason:
                yield finding.sentences
            elif len(reason) < SHORTEST_REASON and finding.rule not in short:
                short.add(finding.rule)
                yield f"Say in at least {SHORTEST_REASON} characters why this may be published: {finding.text}."


def _order(ref: Ref, content: Content) -> Iterator[str]:
    """Dutch comes first: the name of a topic, then its answer, then what is translated from them."""
    topic = ref.key.removeprefix("utter_")
    if ref.kind is Kind.ANSWER and topic in content.topics and not content.labels[SOURCE].topics.get(topic):
        yield "Give the topic a Dutch name first."
    if ref.kind is Kind.ANSWER and ref.language != SOURCE and (ref.key, SOURCE) not in content.answers:
        yield "Publish the Dutch text first."
    group, _, key = ref.key.partition(".")
    named = group != "topics" or content.labels[SOURCE].topics.get(key)
    if ref.kind is Kind.LABEL and ref.language != SOURCE and not named:
        yield "Give the topic a Dutch name first."


def _removing(ref: Ref, content: Content, base: Content) -> Iterator[str]:
    yield from why_it_stays(ref, content, base)
    if users := used_by(content, ref):
        names = ", ".join(" ".join(part for part in (one.key, one.language) if part) for one in users)
        yield f"These use it: {names}. Change them first."


def why_it_stays(ref: Ref, content: Content, base: Content) -> Iterator[str]:
    """Why an entry can never be taken away, or not yet; `base` are the files."""
    if ref.kind in _STAYS:
        yield _STAYS[ref.kind]
    if ref.kind is Kind.ANSWER:
        yield from _answer_gone(ref, content, base)
    if ref.kind is Kind.LABEL:
        yield from _label_gone(ref, content)
    if ref.kind is Kind.FACT and ref.key in _PROGRAM_NEEDS:
        yield "The assistant needs this fact. It can be changed, never taken away."


def _answer_gone(ref: Ref, content: Content, base: Content) -> Iterator[str]:
    topic = ref.key.removeprefix("utter_")
    if topic not in content.topics.keys() | base.topics.keys() and (ref.key, SOURCE) in base.answers:
        yield "The assistant needs this text. It can be changed, never taken away."
    elif topic in MOST_ASKED:
        yield "This is one of the most asked topics: every language must have it."
    languages = sorted(code for key, code in content.answers if key == ref.key and code != SOURCE)
    if ref.language == SOURCE and languages:
        yield f"There are translations of this text: {', '.join(languages)}. Remove them first."


def _label_gone(ref: Ref, content: Content) -> Iterator[str]:
    group, _, key = ref.key.partition(".")
    answers = content.answers.values()
    used = {
        "topics": key in content.topics or key in content.meta,
        "sections": any(key in one.sections for one in answers),
        "pictograms": key in content.pictograms,
    }
    if group not in _FREE_LABELS or used[group]:
        yield "This label is in use. It can be changed, never taken away."
