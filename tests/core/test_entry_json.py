"""What an entry holds comes back from JSON exactly, also when another program wrote it."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Answer, Content, Fact, FlagTexts, Pressure, Review, Source, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Words
from bot.core.entry_json import BODIES, from_json, to_json
from bot.core.overlay import entries_of
from bot.core.plain_json import dumps, loads
from bot.core.revision import Override
from bot.core.taught import Collision, Comparison, Figure, Shift
from bot.core.triage import Flag, FlagPatterns

DAY = date(2026, 11, 21)
FULL: dict[Kind, Body] = {
    Kind.ANSWER: Answer(
        "utter_flu_jab",
        "ar",
        "لقاح {flu_age}",
        simple="قصير",
        sections={"why": "لأن", "effects": "ألم", "again": "كل سنة"},
        pictogram="syringe",
        sources=(Source("RIVM", "https://rivm.nl/griepprik", DAY), Source("GGD", "https://ggd.nl", DAY)),
        review=Review("reviewed", "medical", DAY, date(2027, 11, 21)),
        translates="0123456789abcdef",
        tested_with=({"group": "vrouwen, 60+", "understood": "no", "word": "prik"},),
        next=("utter_hpv",),
        effects=("pain",),
        where="responses/ar/flu.yml:12",
    ),
    Kind.TOPIC: Topic("flu_jab", "vaccination", "V"),
    Kind.LABEL: Words("Griepprik"),
    Kind.FACT: Fact("flu_age", {"": "60", "ar": "٦٠"}, "leeftijd", "https://rivm.nl", DAY, demo=True),
    Kind.FLAG: RedFlag(
        FlagTexts(Flag.SUICIDE, "nl", "Bel {n}", "Gaat het?", ("n",), "phone", Review("reviewed", "medical", DAY)),
        FlagPatterns(Flag.SUICIDE, "nl", ("(wil|ga) dood", 'zei "het"'), ("moe .. leven",), ("dood moe",)),
    ),
    Kind.TERM: Words("Een dokter in uw wijk.\nDe eerste."),
    Kind.PRESSURE: Pressure(("moet", "verplicht"), {"moet": ("fire", "smoke")}, ("moet u weten",)),
    Kind.CARD: Words("112 \ud83d"),
    Kind.EXAMPLES: Examples(("wat kost de griepprik", "is die prik veilig?", "\x00\u2028")),
    Kind.TEMPLATE: ReadyText("Welkom", {"nl": "Dag!", "ar": "مرحبا"}),
}


def test_every_kind_has_its_body_and_every_body_a_kind() -> None:
    assert set(BODIES) == set(Kind) == set(FULL)
    assert set(BODIES.values()) == set(get_args(Body))


@pytest.mark.parametrize("kind", Kind)
def test_a_body_with_everything_in_it_comes_back(kind: Kind) -> None:
    back = from_json(kind, to_json(FULL[kind]))
    assert back == FULL[kind]
    assert repr(back) == repr(FULL[kind]), "also what does not count in a comparison, and the order of mappings"


@given(st.one_of([st.tuples(st.just(kind), st.from_type(shape)) for kind, shape in BODIES.items()]))
def test_any_body_comes_back(entry: tuple[Kind, Body]) -> None:
    kind, body = entry
    text = to_json(body)
    assert from_json(kind, text) == body
    assert to_json(from_json(kind, text)) == text, "in the same order too"
    assert text.isascii()


def test_all_that_is_said_now_comes_back(content: Content) -> None:
    entries = entries_of(content)
    assert len(entries) > 500
    for ref, body in entries.items():
        assert repr(from_json(ref.kind, to_json(body))) == repr(body)


def test_fields_stand_in_the_order_of_the_class() -> None:
    assert list(json.loads(to_json(FULL[Kind.ANSWER]))) == [field.name for field in fields(Answer)]


def test_what_an_older_program_did_not_know_has_its_default() -> None:
    assert from_json(Kind.ANSWER, '{"key": "a", "language": "nl", "text": "Dag"}') == Answer("a", "nl", "Dag")


def test_what_a_newer_program_added_is_left_out() -> None:
    raw = asdict(FULL[Kind.TOPIC]) | {"colour": {"deep": [1, 2]}}
    assert from_json(Kind.TOPIC, json.dumps(raw)) == FULL[Kind.TOPIC]
    nested = '{"key": "a", "language": "nl", "text": "Dag", "review": {"status": "reviewed", "stars": 5}}'
    assert from_json(Kind.ANSWER, nested) == Answer("a", "nl", "Dag", review=Review("reviewed"))


@pytest.mark.parametrize("text", ["", "null", "[]", '"Dag"', "{}", '{"key": "a", "language": "nl"}', "{"])
def test_what_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(Kind.ANSWER, text)


def test_overrides_and_comparisons_come_back() -> None:
    overrides = (Override("long_sentence", "de bron zegt het zo"), Override("pressure", "een citaat"))
    assert loads(tuple[Override, ...], dumps(overrides)) == overrides
    assert loads(tuple[Override, ...], dumps(())) == ()
    compared = Comparison(
        (Figure("top1", 0.9, 1.0, 0.8), Figure("recall", 1, 1)),
        (Shift("is het veilig", "nl", "flu_jab", "hpv", "flu_jab", better=True),),
        (Collision("prik", "flu_jab", "hpv", "een prik", 0.97),),
        ("hpv and flu_jab collide.",),
    )
    assert loads(Comparison, dumps(compared)) == compared
