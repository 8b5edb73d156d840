"""How models, and what they make of the same questions, are told on the pages that teach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from babel.numbers import format_percent

from bot.core.language import LANGUAGES
from bot.core.taught import TAUGHT, Comparison, Figure, ModelState, Shift

# English sentences of the desk, said by t() in the templates.
STATES: Final[Mapping[ModelState, str]] = {
    ModelState.TRAINING: "is learning",
    ModelState.READY: "may go live",
    ModelState.REFUSED: "may not go live",
    ModelState.FAILED: "did not come about",
    ModelState.LIVE: "live now",
    ModelState.PAST: "was live before",
}
FIGURES: Final[Mapping[str, str]] = {
    "top1": "Answered right at once",
    "top3": "Right, or among the choices offered",
    "wrong_confident": "Answered wrongly",
    "recall": "Danger that was seen",
    "false_alarms": "False alarms",
    "false_alarm_rate": "False alarms",
}
VERDICTS: Final[Mapping[str, tuple[str, str]]] = {  # sign and word
    "better": ("↑", "better"),
    "worse": ("↓", "worse"),
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
    """A comparison for people: what got worse comes first. `taught`: what editors taught, and is answered worse."""

    figures: tuple[FigureRow, ...]
    taught: tuple[Shift, ...]
    worse: tuple[Shift, ...]
    better: tuple[Shift, ...]


def shown(comparison: Comparison, language: str) -> Shown:
    """The comparison, its figures written as this language writes them."""
    figures = tuple(figure_row(figure, language) for figure in comparison.figures)
    taught = tuple(shift for shift in comparison.shifts if shift.file == TAUGHT)
    tested = [shift for shift in comparison.shifts if shift.file != TAUGHT]
    worse = tuple(shift for shift in tested if not shift.better)
    return Shown(figures, taught, worse, tuple(shift for shift in tested if shift.better))


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


def _verdict(name: str, figure: Figure) -> str:
    less = name in _LESS_IS_BETTER
    if figure.floor is not None and (figure.after > figure.floor if less else figure.after < figure.floor):
        return "broken"
    gain = figure.before - figure.after if less else figure.after - figure.before
    return "same" if abs(gain) < _SAME else "better" if gain > 0 else "worse"
