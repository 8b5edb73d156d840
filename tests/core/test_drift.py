"""A changed Dutch text makes its translations stale, as its editor said; layout and corrected numbers do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.content import Answer, Content
from bot.core.drift import Drift, Standing, drift_of, served_marks, source_hash
from bot.core.entry import Kind, Ref
from bot.core.revision import Change, Revision

ANSWER = Answer(
    "utter_flu_jab",
    "nl",
    "De prik is gratis vanaf {age} jaar.",
    simple="Gratis vanaf {age} jaar.",
    sections={"benefits": "Minder kans op griep.", "choice": "U kiest zelf."},
)
REF = Ref(Kind.ANSWER, "utter_flu_jab", "nl")
FILE = source_hash(ANSWER)
DAY_0 = datetime(2026, 11, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_fingerprint_is_sixteen_hex_digits() -> None:
    assert len(FILE) == 16
    assert set(FILE) <= set("0123456789abcdef")


def test_a_changed_word_in_any_part_changes_the_fingerprint() -> None:
    for changed in (
        replace(ANSWER, text="De prik is gratis vanaf {age}."),
        replace(ANSWER, simple="Gratis."),
        replace(ANSWER, sections={**ANSWER.sections, "choice": "De keuze is van u."}),
        replace(ANSWER, sections={"benefits": "Minder kans op griep."}),
    ):
        assert source_hash(changed) != FILE


def test_a_fact_counts_by_its_name() -> None:
    other = replace(ANSWER, text="De prik is gratis vanaf {other_age} jaar.")
    assert source_hash(other) != FILE


def test_line_breaks_and_the_order_of_sections_do_not_count() -> None:
    laid_out = replace(
        ANSWER,
        text="De prik is gratis\n  vanaf {age} jaar.\n",
        sections=dict(reversed(list(ANSWER.sections.items()))),
    )
    assert source_hash(laid_out) == FILE


def changes(*kinds: tuple[Change, int, str]) -> list[Revision]:
    """Revisions of the Dutch text: what kind of change, on which day, with which fingerprint."""
    return [
        Revision(number, REF, ANSWER, number - 1, "eva", "eva", DAY_0 + day * DAY, change=kind, print=print_)
        for number, (kind, day, print_) in enumerate(kinds, start=1)
    ]


WORDING, MEANING, SAFETY = Change
CURRENT, UPDATING, WITHDRAWN = Standing


@pytest.mark.parametrize(
    ("translates", "history", "day", "expected"),
    [
        (FILE, [], 0, Drift()),
        ("b", [(MEANING, 0, "b")], 1, Drift()),
        (FILE, [(WORDING, 0, "b")], 30, Drift()),
        (FILE, [(MEANING, 0, "b")], 13.9, Drift(UPDATING, DAY_0)),
        (FILE, [(MEANING, 0, "b")], 14, Drift(WITHDRAWN, DAY_0)),
        (FILE, [(SAFETY, 0, "b")], 0, Drift(WITHDRAWN, DAY_0)),
        # The worst of what was missed counts, and what was translated already does not.
        (FILE, [(MEANING, 0, "b"), (SAFETY, 3, "c")], 4, Drift(WITHDRAWN, DAY_0 + 3 * DAY)),
        ("c", [(SAFETY, 0, "b"), (WORDING, 3, "c"), (MEANING, 5, "d")], 6, Drift(UPDATING, DAY_0 + 5 * DAY)),
        # A second change in meaning gives no new fortnight.
        (FILE, [(MEANING, 0, "b"), (MEANING, 10, "c")], 15, Drift(WITHDRAWN, DAY_0)),
        # Somebody went back to the text it was made from.
        (FILE, [(SAFETY, 0, "b"), (MEANING, 1, FILE)], 2, Drift()),
        # Nobody knows what it was made from.
        ("lost", [(WORDING, 0, "b")], 90, Drift(UPDATING)),
        ("", [(MEANING, 0, "b")], 15, Drift(WITHDRAWN, DAY_0)),
        ("lost", [(SAFETY, 0, "b")], 0, Drift(WITHDRAWN, DAY_0)),
    ],
)
def test_a_translation_follows_what_the_editors_said_of_the_changes_it_missed(
    translates: str, history: list[tuple[Change, int, str]], day: float, expected: Drift
) -> None:
    revisions = changes(*history)
    now_print = revisions[-1].print if revisions else FILE
    assert drift_of(translates, now_print, FILE, revisions, DAY_0 + day * DAY) == expected


def content(*answers: Answer) -> Content:
    return Content({(a.key, a.language): a for a in answers}, {}, {}, {}, (), (), {}, (), {}, {}, {}, frozenset())


def test_the_marks_of_all_translations_tell_when_the_next_one_goes() -> None:
    served = replace(ANSWER, text="De prik is vanaf {age} jaar gratis.")
    current, stale = (
        Answer("utter_flu_jab", code, "The jab.", translates=hash_)
        for code, hash_ in (("en", source_hash(served)), ("tr", FILE))
    )
    alone = Answer("utter_only_english", "en", "Hello.")
    base, now = content(ANSWER, current, stale, alone), content(served, current, stale, alone)
    history = changes((MEANING, 0, source_hash(served)))
    marks = served_marks(now, base, history, DAY_0 + DAY)
    assert marks.updating == {("utter_flu_jab", "tr")}
    assert not marks.withdrawn
    assert marks.until == DAY_0 + 14 * DAY
    later = served_marks(now, base, history, marks.until)
    assert later.withdrawn == {("utter_flu_jab", "tr")}
    assert not later.updating
    assert later.until is None
