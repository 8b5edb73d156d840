"""What stands in the way of entries from a file: what cannot be said at all, and findings that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.core.content import Answer, Content, Topic
from bot.core.entry import Kind, RedFlag, Words
from bot.core.finding import BLOCK, Finding
from bot.core.language import SOURCE
from bot.core.named_facts import unknown_facts
from bot.services.checking.check_content import check
from bot.services.checking.check_danger import unreadable
from bot.services.checking.check_label import check_braces
from bot.services.editing.content_changes import EntryChange
from bot.services.editing.entry_fit import TOO_LARGE, too_large
from bot.services.editing.obstacles import why_it_stays
from bot.services.editing.put_live import told
from bot.services.editing.small_bodies import check_topic
from bot.services.editing.uses import used_by
from bot.services.ports import WordKnowledge

_NARROW: Final = frozenset({Kind.ANSWER, Kind.FACT, Kind.FLAG, Kind.CARD, Kind.EXAMPLES, Kind.TEMPLATE})
_LATER: Final = frozenset({"no_label", "missing_answer"})  # of a new topic, in other languages than the Dutch


def problems_of(
    changes: Sequence[EntryChange], before: Content, after: Content, base: Content
) -> list[tuple[str, str]]:
    """(place, sentence) of everything that would leave a hole: names that nothing answers to."""
    own = [(told(one.ref), sentence) for one in changes for sentence in _wrong(one, after, base)]
    return own + list(_holes(changes, before, after))


def _wrong(change: EntryChange, after: Content, base: Content) -> Iterator[str]:
    body = change.after
    if change.ref.kind is Kind.FLAG and body is None:
        yield "A danger cannot be taken away. Leave it in the file."
    for name in unknown_facts(change.ref, body, after, base):
        yield f"{{{name}}} is not known. Add the fact, or use another placeholder."
    if too_large(body):
        yield TOO_LARGE
    match body:
        case None if change.ref.kind is not Kind.FLAG:
            yield from why_it_stays(change.ref, after, base)
        case Answer():
            yield from _pointers(body, after)
        case RedFlag():
            yield from _danger(body, after)
        case Topic():
            yield from map(_sentence, check_topic(change.ref, body, base))
        case Words() if change.ref.kind is Kind.LABEL:
            yield from map(_sentence, check_braces(change.ref, body, base))


def _sentence(finding: Finding) -> str:
    return f"{finding.text[:1].upper()}{finding.text[1:]}. {finding.suggestion}"


def _pointers(answer: Answer, after: Content) -> Iterator[str]:
    for topic in answer.next:
        if topic not in after.topics:
            yield f"The next topic “{topic}” does not exist. Use the key of a topic."
    if answer.pictogram and answer.pictogram not in after.pictograms:
        yield f"The pictogram “{answer.pictogram}” does not exist. Choose one at the desk."


def _danger(flag: RedFlag, after: Content) -> Iterator[str]:
    if flag.texts.pictogram not in after.pictograms:
        yield f"The pictogram “{flag.texts.pictogram}” does not exist. Choose one at the desk."
    for wrong in unreadable(flag.patterns):
        yield f"A phrase cannot be read: {wrong}."


def _holes(changes: Sequence[EntryChange], before: Content, after: Content) -> Iterator[tuple[str, str]]:
    """What was taken away and is still named by something that stays."""
    for one in changes:
        if one.after is None and one.ref.kind in {Kind.FACT, Kind.TOPIC}:
            for ref in used_by(after, one.ref):
                yield told(ref), f"It names {one.ref.key}, which the file takes away. Keep that {one.ref.kind}."
        new = one.before is None and one.ref.kind is Kind.ANSWER and one.ref.language != SOURCE
        if new and (one.ref.key, SOURCE) not in after.answers:
            yield told(one.ref), "There is no Dutch text for this. Write the Dutch text first, or with it."
    for key, language in after.answers:
        if language != SOURCE and (key, SOURCE) in before.answers and (key, SOURCE) not in after.answers:
            yield f"answer {key} {language}", "The file takes its Dutch text away. Take the translation away as well."


def new_findings(
    changes: Sequence[EntryChange], before: Content, after: Content, words: WordKnowledge
) -> list[Finding]:
    """Findings that block and were not there before."""
    if not changes:
        return []
    before, after = (_less(content, changes, before, after) for content in (before, after))
    known = {_key(found) for found in check(before, words)}
    added = {f"topics.{key}" for key in after.topics.keys() - before.topics.keys()}
    return [
        found
        for found in check(after, words)
        if found.severity == BLOCK and _key(found) not in known and not _comes_later(found, added)
    ]


def _less(content: Content, changes: Sequence[EntryChange], before: Content, after: Content) -> Content:
    """Without the answers that these changes cannot touch, so that few changes are checked quickly."""
    if any(one.ref.kind not in _NARROW for one in changes):
        return content
    facts = [one.ref for one in changes if one.ref.kind is Kind.FACT]
    touched = {one.ref.key for one in changes} | {
        ref.key for fact in facts for either in (before, after) for ref in used_by(either, fact)
    }
    return replace(content, answers={which: body for which, body in content.answers.items() if which[0] in touched})


def _key(found: Finding) -> tuple[str, str, str, str]:
    return found.key, found.language, found.rule, found.text


def _comes_later(found: Finding, added: set[str]) -> bool:
    """A new topic may have its Dutch label alone at first; that is said where another is missing."""
    return found.rule in _LATER and found.language != SOURCE and found.key in added
