"""A changed Dutch text makes its translations stale; a changed layout does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.content import Answer, Content, Fact
from bot.core.drift import source_hash

ANSWER = Answer(
    "utter_flu_jab",
    "nl",
    "De prik is gratis vanaf {age} jaar.",
    simple="Gratis vanaf {age} jaar.",
    sections={"benefits": "Minder kans op griep.", "choice": "U kiest zelf."},
)


def content(age: str = "60") -> Content:
    fact = Fact("age", {"": age}, "leeftijd", "https://www.rivm.nl", date(2026, 11, 21))
    return Content({}, {}, {"age": fact}, {}, (), (), {}, (), {}, {}, {}, frozenset())


def test_the_fingerprint_is_sixteen_hex_digits() -> None:
    found = source_hash(ANSWER, content())
    assert len(found) == 16
    assert set(found) <= set("0123456789abcdef")


def test_a_changed_word_in_any_part_changes_the_fingerprint() -> None:
    before = source_hash(ANSWER, content())
    for changed in (
        replace(ANSWER, text="De prik is gratis vanaf {age}."),
        replace(ANSWER, simple="Gratis."),
        replace(ANSWER, sections={**ANSWER.sections, "choice": "De keuze is van u."}),
        replace(ANSWER, sections={"benefits": "Minder kans op griep."}),
    ):
        assert source_hash(changed, content()) != before


def test_a_changed_fact_changes_the_fingerprint() -> None:
    assert source_hash(ANSWER, content("60")) != source_hash(ANSWER, content("65"))


def test_line_breaks_and_the_order_of_sections_do_not_count() -> None:
    laid_out = replace(
        ANSWER,
        text="De prik is gratis\n  vanaf {age} jaar.\n",
        sections=dict(reversed(list(ANSWER.sections.items()))),
    )
    assert source_hash(laid_out, content()) == source_hash(ANSWER, content())


def test_what_only_the_talk_knows_stays_a_placeholder() -> None:
    asking = replace(ANSWER, text="Uw vraag gaat over {topic}.")
    assert source_hash(asking, content()) == source_hash(asking, content())
    assert source_hash(asking, content()) != source_hash(
        replace(asking, text="Uw vraag gaat over {number}."), content()
    )
