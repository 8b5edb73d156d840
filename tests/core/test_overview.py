"""The grid tells of every answer what it wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.content import Answer, Content, Labels, Review, Topic
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.overview import Cell, Mark, Overview, overview_of
from bot.core.revision import Draft, Reading, Stage

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)
EMPTY = Content({}, {}, {}, {}, (), (), {}, (), {}, {}, {}, frozenset())
LABELS = Labels({}, {}, {}, {}, {}, {}, {})


def content(*answers: Answer, topics: int = 1, languages: tuple[str, ...] = ("nl", "tr")) -> Content:
    return replace(
        EMPTY,
        answers={(a.key, a.language): a for a in answers},
        labels=dict.fromkeys(languages, LABELS),
        topics={f"topic{number}": Topic(f"topic{number}", "care", "V") for number in range(topics)},
    )


def answer(language: str = "nl", key: str = "utter_topic0", **changes: object) -> Answer:
    return replace(Answer(key, language, "Ja."), **changes)  # type: ignore[arg-type]


def cell(overview: Overview, language: str) -> Cell:
    return overview.rows[0].cells[overview.languages.index(language)]


def test_a_cell_tells_what_there_is_and_what_is_missing() -> None:
    found = overview_of(content(answer()), (), (), TODAY)
    assert [(row.topic, row.group, row.kind) for row in found.rows] == [("topic0", "care", "V")]
    assert cell(found, "nl").marks == {Mark.PUBLISHED, Mark.UNREVIEWED, Mark.UNTESTED}
    assert cell(found, "tr") == Cell(Ref(Kind.ANSWER, "utter_topic0", "tr"), frozenset({Mark.MISSING}))
    assert found.counts[Mark.MISSING] == found.counts[Mark.PUBLISHED] == 1
    assert found.counts[Mark.STALE] == 0


def test_a_review_is_due_from_30_days_before() -> None:
    for left, due in ((31, False), (30, True), (-5, True)):
        review = Review("reviewed", "medical", TODAY, TODAY + left * DAY)
        found = cell(overview_of(content(answer(review=review)), (), (), TODAY), "nl")
        assert (Mark.REVIEW_DUE in found.marks) is due
        assert Mark.UNREVIEWED not in found.marks
        assert found.due == review.due


def test_drafts_and_readings_are_marked() -> None:
    ref = Ref(Kind.ANSWER, "utter_topic0", "tr")
    drafts = [Draft(ref, "eva", None, 0, NOON), Draft(ref, "erik", None, 0, NOON, stage=Stage.IN_REVIEW)]
    reading = Reading("utter_topic0", "nl", "mannen", understood=True, word="", worker="will", at=NOON)
    found = overview_of(content(answer()), drafts, [reading], TODAY)
    assert cell(found, "tr").marks == {Mark.MISSING, Mark.DRAFT, Mark.IN_REVIEW}
    assert Mark.UNTESTED not in cell(found, "nl").marks


def test_what_drifted_is_stale_or_withdrawn() -> None:
    both = content(answer(), answer("tr"))
    which = frozenset({("utter_topic0", "tr")})
    assert Mark.STALE in cell(overview_of(replace(both, updating=which), (), (), TODAY), "tr").marks
    gone = cell(overview_of(replace(both, withdrawn=which), (), (), TODAY), "tr").marks
    assert Mark.WITHDRAWN in gone
    assert Mark.STALE not in gone


def test_the_talk_has_a_grid_of_its_own() -> None:
    both = content(answer(), answer(key="utter_greet"))
    assert [row.topic for row in overview_of(both, (), (), TODAY).rows] == ["topic0"]
    assert [row.topic for row in overview_of(both, (), (), TODAY, talk=True).rows] == ["utter_greet"]


def test_a_large_grid_has_a_cell_for_every_topic_and_language() -> None:
    languages = tuple(LANGUAGES)
    answers = [answer(code, f"utter_topic{number}") for number in range(120) for code in languages]
    large = content(*answers, topics=120, languages=languages)
    drafts = [Draft(Ref(Kind.ANSWER, a.key, a.language), "eva", a, 0, NOON) for a in answers[::10]]
    found = overview_of(large, drafts, (), TODAY)
    assert [len(row.cells) for row in found.rows] == [len(languages)] * 120
    assert sum(Mark.DRAFT in one.marks for row in found.rows for one in row.cells) == len(drafts)
