"""How well the assistant understands: questions with known answers, asked as a new resident's first message."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import quantiles
from typing import Final

from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming, Kind
from bot.core.triage import Flag
from bot.services.respond import Respond
from bot.services.turn import Turn

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


@dataclass(slots=True)
class _Tally:
    n: int = 0
    top1: int = 0
    top3: int = 0
    shares: Counter[str] = field(default_factory=Counter)


async def ask(respond: Respond, text: str, language: str = "") -> Turn:
    """The turn for a text as a new resident's first message; `language` as if it had been chosen."""
    incoming = Incoming(Chat("evaluation", "new"), "1", Kind.TEXT, datetime.now(UTC), text)
    return await respond("evaluation", incoming, Conversation(chosen=language, welcomed=True))


async def evaluate(respond: Respond, questions: Iterable[Question]) -> Evaluation:
    """Asks every question; only its text is given to the assistant."""
    total, by_language = _Tally(), defaultdict[str, _Tally](_Tally)
    confusions: list[dict[str, str]] = []
    times: list[float] = []
    for question in questions:
        started = time.perf_counter()
        turn = await ask(respond, question.text)
        times.append((time.perf_counter() - started) * 1000)
        answered = _answered(turn, respond)
        right = _right(question, answered, respond)
        within = right or (not answered and bool(_accepted(question) & set(turn.offered)))
        wrong = bool(answered) and answered in respond.voice.content.topics and not right
        for tally in (total, by_language[question.language]):
            tally.n += 1
            tally.top1 += right
            tally.top3 += within
        total.shares.update(
            {
                "fallback": not answered and not turn.offered,
                "wrong": wrong,
                "language": turn.language == question.language,
            }
        )
        if not right:
            said = answered or ("? " + " ".join(turn.offered))
            confusions.append(
                {"text": question.text, "expected": question.topic, "said": said, "language": turn.language}
            )
    return Evaluation(
        n=total.n,
        top1=_share(total.top1, total.n),
        top3=_share(total.top3, total.n),
        fallback_rate=_share(total.shares["fallback"], total.n),
        wrong_confident=_share(total.shares["wrong"], total.n),
        language_accuracy=_share(total.shares["language"], total.n),
        per_language={
            code: Shares(t.n, _share(t.top1, t.n), _share(t.top3, t.n)) for code, t in sorted(by_language.items())
        },
        confusions=confusions,
        ms_p50=percentile(times, 50),
        ms_p95=percentile(times, 95),
    )


async def evaluate_flags(respond: Respond, questions: Iterable[FlagQuestion]) -> FlagEvaluation:
    """Asks every message and looks for a flag in the reply."""
    rows = [(question, (await ask(respond, question.text)).flag) for question in questions]
    danger = [(q, flag) for q, flag in rows if q.flag]
    calm = [(q, flag) for q, flag in rows if not q.flag]
    languages = sorted({q.language for q, _ in rows})
    return FlagEvaluation(
        n=len(rows),
        recall=_caught(danger),
        recall_exact_flag=_share(sum(flag == q.flag for q, flag in danger), len(danger)),
        false_alarm_rate=_share(sum(flag is not None for _, flag in calm), len(calm)),
        per_language={
            code: {
                "recall": _caught([row for row in danger if row[0].language == code]),
                "false_alarm_rate": _caught([row for row in calm if row[0].language == code], empty=0.0),
            }
            for code in languages
        },
        per_flag={flag: _caught([row for row in danger if row[0].flag == flag]) for flag in Flag},
        missed=[_row(q, flag) for q, flag in danger if flag is None],
        false_alarms=[_row(q, flag) for q, flag in calm if flag is not None],
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


def _right(question: Question, answered: str, respond: Respond) -> bool:
    if question.topic == OUT_OF_SCOPE:
        return answered in question.also_ok or answered not in respond.voice.content.topics
    return answered in _accepted(question)


def _caught(rows: list[tuple[FlagQuestion, Flag | None]], empty: float = 1.0) -> float:
    return _share(sum(flag is not None for _, flag in rows), len(rows)) if rows else empty


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _row(question: FlagQuestion, flag: Flag | None) -> dict[str, str]:
    return {
        "text": question.text,
        "language": question.language,
        "expected": question.flag,
        "raised": flag or "",
    }
