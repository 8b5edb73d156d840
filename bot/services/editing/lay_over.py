"""The files with what was published laid over them, less what no longer fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from bot.core.content import Answer, Content, Labels
from bot.core.drift import served_marks
from bot.core.entry import Body, Kind, RedFlag, Ref
from bot.core.named_facts import unknown_facts
from bot.core.overlay import overlaid
from bot.core.revision import Reading, Revision
from bot.core.team import Role
from bot.core.triage import PatternError, compile_phrase
from bot.services.editing.uses import used_by

log = structlog.get_logger("refresh")
DESK: Final = "desk"
_REMOVALS: Final = frozenset({Kind.FACT, Kind.TOPIC})

Entries = Mapping[Ref, Body | None]


def laid_over(
    base: Content,
    published: Sequence[Revision],
    changes: Sequence[Revision],
    readings: Sequence[Reading],
    now: datetime,
) -> tuple[Content, datetime | None]:
    """What is to be served, and when the next translation is withdrawn (None: never).

    `changes` are all revisions of Dutch answers, oldest first. What no longer fits is left out and logged by its key.
    """
    content = _fitting(base, {one.ref: _from_desk(one.body) for one in published})
    marks = served_marks(content, base, changes, now)
    answers = _tested(content.answers, readings)
    content = replace(content, answers=answers, updating=marks.updating, withdrawn=marks.withdrawn)
    return content, marks.until


def _from_desk(body: Body | None) -> Body | None:
    return replace(body, where=DESK) if isinstance(body, Answer) else body


def _fitting(base: Content, entries: Entries) -> Content:
    """Leaving one out may make another misfit: so it is looked at again until all fit."""
    bare = _bare(base)
    fit = {ref: body for ref, body in entries.items() if _is_sound(bare, ref, body)}
    while True:
        content = overlaid(base, fit.items())
        misfits = set(_misfits(fit, content, base))
        if not misfits:
            break
        fit = {ref: body for ref, body in fit.items() if ref not in misfits}
    for ref in sorted(entries.keys() - fit.keys()):
        log.error("a published entry no longer fits", key=f"{ref.kind} {ref.key} {ref.language}".strip())
    return content


def _is_sound(bare: Content, ref: Ref, body: Body | None) -> bool:
    try:
        overlaid(bare, [(ref, body)])
        if isinstance(body, RedFlag):
            for phrase in (*body.patterns.patterns, *body.patterns.check_in, *body.patterns.exceptions):
                compile_phrase(phrase)
    except (TypeError, ValueError, KeyError, PatternError):
        return False
    return True


def _bare(base: Content) -> Content:
    """The languages of the content and nothing else: quick to lay one entry over."""
    empty = {code: Labels({}, {}, {}, {}, {}, {}, {}) for code in base.labels}
    return replace(
        base, answers={}, labels=empty, facts={}, topics={}, flags={}, patterns=(), glossary={}, pressure={}, cards={}
    )


def _misfits(fit: Entries, content: Content, base: Content) -> Iterator[Ref]:
    """First removals of what is needed; when there are none, texts that name what is not there."""
    needed = [ref for ref, body in fit.items() if body is None and ref.kind in _REMOVALS and used_by(content, ref)]
    if needed:
        yield from needed
        return
    for ref, body in fit.items():
        if unknown_facts(ref, body, content, base) or not _leads_on(body, content.topics):
            yield ref


def _leads_on(body: Body | None, topics: Collection[str]) -> bool:
    return not isinstance(body, Answer) or all(topic in topics for topic in body.next)


def _tested(answers: Mapping[tuple[str, str], Answer], readings: Sequence[Reading]) -> Mapping[tuple[str, str], Answer]:
    """What was read with people, after what the text itself says of that; nobody is named."""
    found: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for reading in sorted(readings, key=lambda one: (one.at, one.id)):
        found[reading.key, reading.language].append(tested_item(reading))
    laid = {
        which: replace(answers[which], tested_with=_joined(answers[which].tested_with, items))
        for which, items in found.items()
        if which in answers
    }
    return {**answers, **laid}


def _joined(own: Sequence[Mapping[str, str]], items: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    return (*own, *(item for item in items if item not in own))


def tested_item(reading: Reading) -> Mapping[str, str]:
    """A reading as it stands in `Answer.tested_with`: the worker's id stays in the house."""
    understood = "yes" if reading.understood else "no"
    by, on = Role.WORKER.value, reading.at.date().isoformat()
    return {"group": reading.group, "understood": understood, "word": reading.word, "by": by, "on": on}
