"""What stands in the way of entries from a file: what cannot be said at all, and findings that are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.content import Answer, Content, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Words
from bot.core.finding import BLOCK, Finding
from bot.core.language import SOURCE
from bot.core.named_facts import unknown_facts
from bot.services.checking.check_content import check
from bot.services.checking.check_danger import unreadable
from bot.services.checking.check_label import check_braces
from bot.services.editing.check_entry import NEVER
from bot.services.editing.check_examples import Assess, check_examples, places_of
from bot.services.editing.content_changes import Entries, EntryChange
from bot.services.editing.entry_fit import TOO_LARGE, too_large
from bot.services.editing.obstacles import why_it_stays
from bot.services.editing.put_live import told
from bot.services.editing.small_bodies import check_fact, check_name, check_ready, check_topic
from bot.services.editing.uses import used_by
from bot.services.ports import WordKnowledge

_NARROW: Final = frozenset({Kind.ANSWER, Kind.FACT, Kind.FLAG, Kind.CARD, Kind.EXAMPLES, Kind.TEMPLATE})
_LATER: Final = frozenset({"no_label", "missing_answer"})  # of a new topic, in other languages than the Dutch


def problems_of(
    changes: Sequence[EntryChange], before: Content, after: Content, base: Content, today: date
) -> list[tuple[str, str]]:
    """(place, sentence) of everything that no reason lets through, and of names that nothing answers to."""
    own = [(told(one.ref), sentence) for one in changes for sentence in _wrong(one, after, base, today)]
    return own + list(_holes(changes, before, after))


def _wrong(change: EntryChange, after: Content, base: Content, today: date) -> Iterator[str]:
    body = change.after
    if change.ref.kind is Kind.FLAG and body is None:
        yield "A danger cannot be taken away. Leave it in the file."
    for name in unknown_facts(change.ref, body, after, base):
        yield f"{{{name}}} is not known. Add the fact, or use another placeholder."
    if too_large(body):
        yield TOO_LARGE
    if body is not None:
        yield from (one.sentences for one in check_name(change.ref))
    if _is_blank(body):
        yield "There is no text here. Write it."
    match body:
        case None if change.ref.kind is not Kind.FLAG:
            yield from why_it_stays(change.ref, after, base)
        case Answer():
            yield from _pointers(body, after)
        case RedFlag():
            yield from _danger(body, after)
        case Topic():
            yield from (one.sentences for one in check_topic(change.ref, body, base))
        case Fact():
            yield from (one.sentences for one in check_fact(change.ref, body, today) if one.rule in NEVER)
        case ReadyText():
            yield from (one.sentences for one in check_ready(change.ref, body))
        case Words() if change.ref.kind is Kind.LABEL:
            yield from (one.sentences for one in check_braces(change.ref, body, base))


def wrong_examples(changes: Sequence[EntryChange], result: Entries, assess: Assess) -> list[tuple[str, str]]:
    """(place, sentence) of every new question that may not be taught; `result` are the entries as they will be."""
    places = places_of((ref, body) for ref, body in result.items() if isinstance(body, Examples))
    return [
        (told(one.ref), finding.sentences)
        for one in changes
        for finding in check_examples(one.ref, _new_questions(one), places, assess)
    ]


def _new_questions(change: EntryChange) -> list[str]:
    known = change.before.texts if isinstance(change.before, Examples) else ()
    return [text for text in change.after.texts if text not in known] if isinstance(change.after, Examples) else []


def _is_blank(body: Body | None) -> bool:
    match body:
        case Answer() | Words():
            return not body.text.strip()
        case Pressure():
            return not any(map(str.strip, body.words))
        case Examples():
            return not any(map(str.strip, body.texts))
        case _:
            return False


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
    languages = {one.ref.language for one in changes if one.ref.kind not in _NARROW}
    if "" in languages:
        return content
    languages |= {SOURCE} if languages else set()  # what translations are compared with
    facts = [one.ref for one in changes if one.ref.kind is Kind.FACT]
    touched = {one.ref.key for one in changes} | {
        ref.key for fact in facts for either in (before, after) for ref in used_by(either, fact)
    }
    answers = {
        (key, code): body for (key, code), body in content.answers.items() if key in touched or code in languages
    }
    return replace(content, answers=answers)


def _key(found: Finding) -> tuple[str, str, str, str]:
    return found.key, found.language, found.rule, found.text


def _comes_later(found: Finding, added: set[str]) -> bool:
    """A new topic may have its Dutch label alone at first; that is said where another is missing."""
    return found.rule in _LATER and found.language != SOURCE and found.key in added
