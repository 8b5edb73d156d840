"""How well the assistant understands: questions with known answers, asked as a new resident's first message."""

from __future__ import annotations

import time
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from statistics import quantiles
from typing import Final

from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming, Kind
from bot.core.triage import Flag
from bot.services.turns.respond import Respond
from bot.services.turns.turn import Turn

OUT_OF_SCOPE: Final = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Question:
    """One row of an evaluation file; `also_ok` are other keys that count as right."""

    text: str
    language: str
    topic: str
    also_ok: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FlagQuestion:
    """One row of a red-flag file; `flag` is "" where there is none."""

    text: str
    language: str
    flag: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Of n questions, the share answered right at once, and right or offered on a button."""

    n: int
    top1: float
    top3: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of DESIGN.md §11; shares from 0 to 1, times in milliseconds."""

    n: int
    top1: float
    top3: float
    fallback_rate: float
    wrong_confident: float
    language_accuracy: float
    per_language: dict[str, Shares]
    confusions: list[dict[str, str]]
    ms_p50: float
    ms_p95: float


@dataclass(frozen=True, slots=True)
class FlagEvaluation:
    """Recall over flags, false alarms over rows without one; a check-in question counts as caught."""

    n: int
    recall: float
    recall_exact_flag: float
    false_alarm_rate: float
    per_language: dict[str, dict[str, float]]
    per_flag: dict[str, float]
    missed: list[dict[str, str]]
    false_alarms: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message led to: the key answered at once, or "", the topics offered, the language, and the flag, or ""."""

    answered: str
    offered: tuple[str, ...]
    language: str
    flag: str

    @property
    def said(self) -> str:
        """In one word: what was answered, or "?" with what was offered."""
        return self.answered or "? " + " ".join(self.offered)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question was dealt with: right at once, right or offered (`within`), or answered with a wrong topic."""

    question: Question
    heard: Heard
    right: bool
    within: bool
    wrong: bool


async def ask(respond: Respond, text: str, language: str = "") -> Turn:
    """The turn for a text as a new resident's first message; `language` as if it had been chosen."""
    incoming = Incoming(Chat("evaluation", "new"), "1", Kind.TEXT, datetime.now(UTC), text)
    return await respond("evaluation", incoming, Conversation(chosen=language, welcomed=True))


async def hear(respond: Respond, text: str) -> Heard:
    """What a text leads to as a new resident's first message."""
    turn = await ask(respond, text)
    return Heard(_answered(turn, respond), turn.offered, turn.language, turn.flag.value if turn.flag else "")


async def evaluate(respond: Respond, questions: Iterable[Question]) -> Evaluation:
    """Asks every question; only its text is given to the assistant."""
    outcomes: list[Outcome] = []
    times: list[float] = []
    for question in questions:
        started = time.perf_counter()
        heard = await hear(respond, question.text)
        times.append((time.perf_counter() - started) * 1000)
        outcomes.append(judged(question, heard, respond.voice.content.topics))
    return replace(figures(outcomes), ms_p50=percentile(times, 50), ms_p95=percentile(times, 95))


def judged(question: Question, heard: Heard, topics: Container[str]) -> Outcome:
    """Whether what was answered is right; `topics` are the keys that are topics."""
    right = _right(question, heard.answered, topics)
    within = right or (not heard.answered and bool(_accepted(question) & set(heard.offered)))
    wrong = bool(heard.answered) and heard.answered in topics and not right
    return Outcome(question, heard, right, within, wrong)


def figures(outcomes: Sequence[Outcome]) -> Evaluation:
    """The figures over some questions, without times."""
    n = len(outcomes)
    languages = sorted({o.question.language for o in outcomes})
    by_language = {code: [o for o in outcomes if o.question.language == code] for code in languages}
    return Evaluation(
        n=n,
        top1=_share(sum(o.right for o in outcomes), n),
        top3=_share(sum(o.within for o in outcomes), n),
        fallback_rate=_share(sum(not o.heard.answered and not o.heard.offered for o in outcomes), n),
        wrong_confident=_share(sum(o.wrong for o in outcomes), n),
        language_accuracy=_share(sum(o.heard.language == o.question.language for o in outcomes), n),
        per_language={
            code: Shares(
                len(own), _share(sum(o.right for o in own), len(own)), _share(sum(o.within for o in own), len(own))
            )
            for code, own in by_language.items()
        },
        confusions=[_confusion(o) for o in outcomes if not o.right],
        ms_p50=0.0,
        ms_p95=0.0,
    )


async def evaluate_flags(respond: Respond, questions: Iterable[FlagQuestion]) -> FlagEvaluation:
    """Asks every message and looks for a flag in the reply."""
    return flag_figures([(question, (await hear(respond, question.text)).flag) for question in questions])


def flag_figures(rows: Sequence[tuple[FlagQuestion, str]]) -> FlagEvaluation:
    """The figures over messages and the flag that each raised, or ""."""
    danger = [(q, flag) for q, flag in rows if q.flag]
    calm = [(q, flag) for q, flag in rows if not q.flag]
    languages = sorted({q.language for q, _ in rows})
    return FlagEvaluation(
        n=len(rows),
        recall=_caught(danger),
        recall_exact_flag=_share(sum(flag == q.flag for q, flag in danger), len(danger)),
        false_alarm_rate=_share(sum(bool(flag) for _, flag in calm), len(calm)),
        per_language={
            code: {
                "recall": _caught([row for row in danger if row[0].language == code]),
                "false_alarm_rate": _caught([row for row in calm if row[0].language == code], empty=0.0),
            }
            for code in languages
        },
        per_flag={flag: _caught([row for row in danger if row[0].flag == flag]) for flag in Flag},
        missed=[_row(q, flag) for q, flag in danger if not flag],
        false_alarms=[_row(q, flag) for q, flag in calm if flag],
    )


def percentile(values: list[float], which: int) -> float:
    """The percentile of some values, rounded to hundredths; 0 for fewer than two."""
    return round(quantiles(values, n=100)[which - 1], 2) if len(values) > 1 else round(sum(values), 2)


def _answered(turn: Turn, respond: Respond) -> str:
    """The key that was answered at once, or ""."""
    if turn.flag is not None:
        return turn.flag.value
    for said in turn.said:
        key = said.removeprefix("utter_")
        if key in respond.voice.content.topics or key in respond.voice.content.meta:
            return key
    return ""


def _accepted(question: Question) -> frozenset[str]:
    return question.also_ok | {question.topic}


def _right(question: Question, answered: str, topics: Container[str]) -> bool:
    if question.topic == OUT_OF_SCOPE:
        return answered in question.also_ok or answered not in topics
    return answered in _accepted(question)


def _caught(rows: Sequence[tuple[FlagQuestion, str]], empty: float = 1.0) -> float:
    return _share(sum(bool(flag) for _, flag in rows), len(rows)) if rows else empty


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _confusion(outcome: Outcome) -> dict[str, str]:
    question, heard = outcome.question, outcome.heard
    return {"text": question.text, "expected": question.topic, "said": heard.said, "language": heard.language}


def _row(question: FlagQuestion, flag: str) -> dict[str, str]:
    return {
        "text": question.text,
        "language": question.language,
        "expected": question.flag,
        "raised": flag,
    }
