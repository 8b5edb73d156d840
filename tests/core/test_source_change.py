"""What an empty database keeps of a history so that, with the files, it tells the same once more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.drift import Drift, Standing, drift_of
from bot.core.revision import Change
from bot.core.source_change import SourceChange, history_of, to_keep

WORDING, MEANING, SAFETY = Change
DAY_0 = datetime(2026, 11, 1, 9, tzinfo=UTC)
NOW = DAY_0 + timedelta(days=30)
FILE, NEWER = "f", "n"
Told = Sequence[SourceChange]


def told(*steps: tuple[str, Change | None, int | None], start: str = FILE) -> tuple[SourceChange, ...]:
    """Changes to these fingerprints, each with its kind and day."""
    prints = [start, *(name for name, _, _ in steps)]
    moments = [None if day is None else DAY_0 + timedelta(days=day) for _, _, day in steps]
    return tuple(
        SourceChange(before, now, kind, at) for before, (now, kind, _), at in zip(prints, steps, moments, strict=False)
    )


SAFE, WORDS, BY_HAND = ("b", SAFETY, 1), ("c", WORDING, 2), ("h", None, None)


@pytest.mark.parametrize(
    ("file_print", "kept", "history", "number"),
    [
        (FILE, (), told(SAFE, WORDS), 2),
        ("c", told(SAFE, WORDS), told(SAFE, WORDS), 0),
        ("b", told(SAFE), told(SAFE, WORDS), 1),
        ("h", told(SAFE), told(SAFE, BY_HAND, WORDS), 1),
        # Published here, written into the files, and then somebody changed the file.
        ("h", told(SAFE, WORDS), history_of("h", told(SAFE, WORDS), told(SAFE, WORDS)), 2),
        ("", (), told(SAFE, start=""), 1),
    ],
)
def test_only_what_the_files_do_not_know_is_kept(file_print: str, kept: Told, history: Told, number: int) -> None:
    rows = to_keep(file_print, kept, history, NOW)
    assert len(rows) == number
    assert history_of(file_print, kept, rows) == history


@pytest.mark.parametrize("kept", [(), told(("x", MEANING, 0), start="y")])
@pytest.mark.parametrize(
    "history", [told(SAFE, WORDS), told(WORDS), told(("b", MEANING, 20), WORDS), told(SAFE, (FILE, WORDING, 3))]
)
def test_on_files_with_another_text_every_translation_stands_as_it_stood(kept: Told, history: Told) -> None:
    now_print = history[-1].print
    rows = to_keep(NEWER, kept, history, NOW)
    here = history_of(NEWER, kept, rows)
    for made_from in {FILE, *(step.print for step in history)}:
        before = drift_of(made_from, now_print, FILE, history, NOW)
        assert drift_of(made_from, now_print, here[0].before, here, NOW) == before, made_from


def test_a_change_that_nobody_explained_counts_as_another_meaning_from_the_next_one_on() -> None:
    rows = to_keep(NEWER, (), told(BY_HAND, ("c", WORDING, 20)), NOW)
    assert [(row.print, row.change, row.at) for row in rows] == [
        (FILE, WORDING, DAY_0 + timedelta(days=20)),
        ("h", MEANING, DAY_0 + timedelta(days=20)),
        ("c", WORDING, DAY_0 + timedelta(days=20)),
    ]
    assert to_keep(NEWER, (), told(WORDS, BY_HAND), NOW)[-1] == SourceChange("c", "h", MEANING, NOW)
    here = history_of(NEWER, (), rows)
    assert drift_of(FILE, "c", NEWER, here, NOW) == Drift(Standing.UPDATING, DAY_0 + timedelta(days=20))
