"""A newly taught model beside the live one: what got better, what got worse, and whether it may be promoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.taught import TAUGHT, Collision, Comparison, Figure, Shift
from bot.services.content_ports import Near
from bot.services.evaluate import OUT_OF_SCOPE, FlagQuestion, Outcome, figures, flag_figures

TOP1: Final = 0.85  # of every language: never below
RECALL: Final = 0.95
FALL: Final = 0.01  # how much worse a language, or false alarms, may become
ALIKE: Final = 0.6  # of the examples in nlu/, one in a hundred is so like an example of another key
COLLIDING: Final = 0.25  # of a topic's examples
FEWEST: Final = 3  # collisions that refuse a model, of a key with as many examples
_BEST: Final = 3
_ALARMS: Final = "false_alarms"
_NAMES: Final = {"nl": "Dutch", "fy": "Frisian", "en": "English", "ar": "Arabic", "tr": "Turkish"}


@dataclass(frozen=True, slots=True)
class Tested:
    """What a model made of the evaluation files: questions, and messages with the flag each raised, or "".

    `taught` is what it made of the examples that the new model does not answer rightly; () when it could not be asked.
    """

    topics: Sequence[Outcome]
    flags: Sequence[tuple[FlagQuestion, str]]
    taught: Sequence[Outcome] = ()


@dataclass(frozen=True, slots=True)
class TaughtExample:
    """An example of the lessons, and the examples that are most like it, the nearest first."""

    text: str
    key: str
    near: Sequence[Near]


def compare(before: Tested, after: Tested, taught: Iterable[TaughtExample]) -> Comparison:
    """The comparison of two models over the same questions."""
    taught = list(taught)
    measured = _figures(before, after)
    collisions = tuple(found for example in taught if (found := _collision(example)) is not None)
    refused = (*_below(measured), *_colliding(taught, collisions))
    shifts = (*_flag_shifts(before, after), *_shifts(before, after), *_taught_shifts(before, after))
    return Comparison(measured, shifts, collisions, refused)


def _figures(before: Tested, after: Tested) -> tuple[Figure, ...]:
    old, new = figures(before.topics), figures(after.topics)
    found = []
    if after.topics:
        found += [
            Figure("top1", old.top1, new.top1),
            Figure("top3", old.top3, new.top3),
            Figure("wrong_confident", old.wrong_confident, new.wrong_confident),
        ]
    for code, shares in new.per_language.items():
        was = old.per_language[code].top1
        found.append(Figure(f"top1 {code}", was, shares.top1, _rounded(max(TOP1, was - FALL))))
    if after.flags:
        was_seen, seen = flag_figures(before.flags), flag_figures(after.flags)
        found.append(Figure("recall", was_seen.recall, seen.recall, max(RECALL, was_seen.recall)))
        was_alarms, alarms = was_seen.false_alarm_rate, seen.false_alarm_rate
        found.append(Figure(_ALARMS, was_alarms, alarms, _rounded(was_alarms + FALL)))
    return tuple(found)


def _below(measured: Iterable[Figure]) -> Iterable[str]:
    for figure in measured:
        name, _, code = figure.name.partition(" ")
        was, now = f"{figure.before:.1%}", f"{figure.after:.1%}"
        limit = figure.floor
        if limit is None or (figure.after <= limit if name == _ALARMS else figure.after >= limit):
            continue
        if name == _ALARMS:
            yield f"Danger is seen where there is none more often: {now}, and it was {was}."
        elif name == "recall":
            yield f"Danger is seen less often: {now}, and it was {was}. At least {figure.floor:.1%} is needed."
        else:
            language = _NAMES.get(code, code)
            yield (
                f"Questions in {language} are answered rightly less often: {now}, and it was {was}. "
                f"At least {figure.floor:.1%} is needed."
            )


def _shifts(before: Tested, after: Tested) -> Iterable[Shift]:
    """Questions that are right where they were not, or wrong where they were right, or answered otherwise."""
    for old, new in zip(before.topics, after.topics, strict=True):
        if _rank(old) != _rank(new):
            question = new.question
            better = _rank(new) > _rank(old)
            yield Shift(question.text, question.language, question.topic, old.heard.said, new.heard.said, better)


def _flag_shifts(before: Tested, after: Tested) -> Iterable[Shift]:
    for (question, old), (_, new) in zip(before.flags, after.flags, strict=True):
        if bool(old) != bool(new):
            better = bool(new) == bool(question.flag)
            yield Shift(question.text, question.language, question.flag, old, new, better, "red_flags")


def _taught_shifts(before: Tested, after: Tested) -> Iterable[Shift]:
    """Examples that are answered worse. A model that could not be asked counts as one that knew them all."""
    known: Sequence[Outcome | None] = before.taught or [None] * len(after.taught)
    for old, new in zip(known, after.taught, strict=True):
        question = new.question
        if _rank(new) < (_BEST if old is None else _rank(old)):
            said = question.topic if old is None else old.heard.said
            yield Shift(
                question.text, question.language, question.topic, said, new.heard.said, better=False, file=TAUGHT
            )


def _rank(outcome: Outcome) -> int:
    """Right at once, offered, neither, or a wrong topic answered at once."""
    return _BEST if outcome.right else 2 if outcome.within else 0 if outcome.wrong else 1


def _collision(example: TaughtExample) -> Collision | None:
    """With the nearest example of another key; what was out of scope is what new topics are made for."""
    for near in example.near:
        if near.key not in {"", example.key, OUT_OF_SCOPE, "flag_none"} and near.likeness >= ALIKE:
            return Collision(example.text, example.key, near.key, near.text, near.likeness)
    return None


def _colliding(taught: Sequence[TaughtExample], collisions: Sequence[Collision]) -> Iterable[str]:
    """What refuses a model: a topic taught with the examples of another."""
    examples = Counter(example.key for example in taught)
    for key, count in sorted(Counter(collision.topic for collision in collisions).items()):
        if count < min(FEWEST, examples[key]) or count <= COLLIDING * examples[key]:
            continue
        others = Counter(collision.other for collision in collisions if collision.topic == key)
        first = next(c for c in collisions if c.topic == key and c.other == others.most_common(1)[0][0])
        named = " and ".join(other for other, _ in others.most_common(3))
        yield (
            f"Examples of {key} collide with {named}: {count} of {examples[key]} mean nearly the same, such as "
            f"“{first.text}” and “{first.other_text}”. Take them out, or teach them to {named}."
        )


def _rounded(share: float) -> float:
    return round(share, 4)
