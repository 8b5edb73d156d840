"""How models, figures and topics are told on the pages that teach."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from babel.numbers import format_percent

from bot.core.content import Content
from bot.core.errors import BuurtvraagError, NotPublishable
from bot.core.language import LANGUAGES, SOURCE
from bot.core.normalise import normalise
from bot.core.overview import Mark
from bot.core.taught import Comparison, Figure, ModelState, Shift
from bot.core.triage import Flag

# English sentences of the desk, said by t() in the templates.
STATES: Final[Mapping[ModelState, str]] = {
    ModelState.TRAINING: "is learning",
    ModelState.READY: "may go live",
    ModelState.REFUSED: "may not go live",
    ModelState.FAILED: "did not come about",
    ModelState.LIVE: "live now",
    ModelState.PAST: "was live before",
}
MARKS: Final[Mapping[Mark, str]] = {
    Mark.PUBLISHED: "published",
    Mark.MISSING: "not written yet",
    Mark.DRAFT: "a draft",
    Mark.IN_REVIEW: "in review",
    Mark.STALE: "the Dutch text changed since",
    Mark.WITHDRAWN: "withdrawn",
    Mark.UNREVIEWED: "not reviewed",
    Mark.REVIEW_DUE: "review is due",
    Mark.UNTESTED: "never read with people",
}
KINDS: Final[Mapping[str, str]] = {
    "V": "A vaccination: the answer tells of benefits, side effects and what is not known.",
    "W": "A worry: the answer listens first.",
    "": "Neither.",
}
FLAGS: Final[Mapping[str, str]] = {
    Flag.DANGER_TO_LIFE: "danger to life",
    Flag.SUICIDE: "thoughts of suicide",
    Flag.CHILD_DANGER: "danger to a child",
    Flag.VIOLENCE: "violence",
    Flag.POISONING: "poisoning",
}
NOTHING: Final = "nothing"
OFFERED: Final = "offered:"
OTHERS: Final[Mapping[str, str]] = {"": NOTHING, "none": NOTHING, "flag_none": NOTHING, "out_of_scope": "not for us"}
FIGURES: Final[Mapping[str, str]] = {
    "top1": "Answered right at once",
    "top3": "Right, or among the choices offered",
    "wrong_confident": "Answered wrongly",
    "recall": "Danger that was seen",
    "false_alarms": "False alarms",
    "false_alarm_rate": "False alarms",
}
VERDICTS: Final[Mapping[str, tuple[str, str]]] = {  # sign and word
    "better": ("▲", "better"),
    "worse": ("▼", "worse"),
    "same": ("=", "as before"),
    "broken": ("✕", "not good enough"),
}
_LESS_IS_BETTER: Final = frozenset({"wrong_confident", "false_alarms", "false_alarm_rate"})
_SAME: Final = 0.0005  # less is not seen in a figure of one decimal


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure for people: `language` is the name of the language it is about, or ""; `verdict` is of VERDICTS."""

    name: str
    language: str
    before: str
    after: str
    floor: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A comparison for people: what got worse comes first."""

    figures: tuple[FigureRow, ...]
    worse: tuple[Shift, ...]
    better: tuple[Shift, ...]


def shown(comparison: Comparison, language: str) -> Shown:
    """The comparison, its figures written as this language writes them."""
    figures = tuple(figure_row(figure, language) for figure in comparison.figures)
    worse = tuple(shift for shift in comparison.shifts if not shift.better)
    return Shown(figures, worse, tuple(shift for shift in comparison.shifts if shift.better))


def figure_row(figure: Figure, language: str) -> FigureRow:
    """One figure."""
    name, _, code = figure.name.partition(" ")
    percent = percents(language, 1)
    tongue = LANGUAGES[code].name if code in LANGUAGES else code
    floor = "" if figure.floor is None else percent(figure.floor)
    word = FIGURES.get(name, name.replace("_", " "))
    return FigureRow(word, tongue, percent(figure.before), percent(figure.after), floor, _verdict(name, figure))


def percents(language: str, decimals: int = 0) -> Callable[[float], str]:
    """Writes a share (0 to 1) as this language writes percents."""
    form = "#,##0.0%" if decimals else "#,##0%"
    return lambda share: format_percent(share, format=form, locale=language)


def names(content: Content, language: str, say: Callable[[str], str]) -> Callable[[str], str]:
    """Names a topic, meta key, red flag or "nothing" in the language of the screen."""
    labels = [content.labels[code].topics for code in (language, SOURCE) if code in content.labels]

    def name(key: str) -> str:
        if word := FLAGS.get(key.removeprefix("flag_")) or OTHERS.get(key):
            return say(word)
        if key.startswith("?"):  # not answered: these were offered
            return (
                f"{say(OFFERED)} {', '.join(map(name, key[1:].split()))}".strip() if key[1:].strip() else say(NOTHING)
            )
        return next((topics[key] for topics in labels if key in topics), key.replace("_", " "))

    return name


def choices(content: Content, name: Callable[[str], str]) -> list[tuple[str, str]]:
    """(key, name) of all that a question can be about, by name: topics first, then what is no topic."""
    topics = sorted(((key, name(key)) for key in content.topics), key=lambda pair: normalise(pair[1]))
    return topics + sorted(((key, name(key)) for key in content.meta), key=lambda pair: normalise(pair[1]))


def key_named(content: Content, typed: str) -> str:
    """The topic or meta key that somebody typed by its key or its name in any language; "" for none."""
    known = {*content.topics, *content.meta}
    if typed in known:
        return typed
    wanted = normalise(typed)
    for labels in content.labels.values():
        for key, label in labels.topics.items():
            if key in known and wanted and wanted in {normalise(label), normalise(f"{label} {key}")}:
                return key
    return ""


def groups(content: Content) -> list[str]:
    """The groups that topics are in, those of the menu first."""
    menu = [group.key for group in content.menu if not group.meta]
    return list(dict.fromkeys([*menu, *(topic.group for topic in content.topics.values())]))


def group_name(content: Content, language: str, group: str) -> str:
    """A group's name, as on the menu."""
    return content.labels[language].menu.get(group, group) if language in content.labels else group


def reasons(error: BuurtvraagError) -> tuple[str, ...]:
    """Why something could not be done, in English sentences of the desk."""
    return error.reasons if isinstance(error, NotPublishable) else (str(error),)


def numbers(values: Collection[str]) -> list[int]:
    """The ids in a form or an address; whatever is no number is left out."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 16]  # noqa: PLR2004


def _verdict(name: str, figure: Figure) -> str:
    less = name in _LESS_IS_BETTER
    if figure.floor is not None and (figure.after > figure.floor if less else figure.after < figure.floor):
        return "broken"
    gain = figure.before - figure.after if less else figure.after - figure.before
    return "same" if abs(gain) < _SAME else "better" if gain > 0 else "worse"
