"""Every kind of entry is held to its rules before it is published; all that is served now passes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from bot.core.content import Content, Fact, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, Ref, Words
from bot.core.finding import BLOCK
from bot.core.overlay import entries_of
from bot.core.revision import Revision
from bot.gateways.words import Words as WordLists
from bot.services.editing.check_entry import NEVER, CheckEntry
from tests.builders import NOON
from tests.fake_cases import FakeStore
from tests.services.editors_room import NL, EditorsRoom

NUMBER = Ref(Kind.FACT, "emergency_number")
LABEL = Ref(Kind.LABEL, "topics.flu_jab", "nl")
TAUGHT = Ref(Kind.EXAMPLES, "flu_jab", "nl")
FACT = Fact("age", {"": "60"}, "leeftijd", "https://www.rivm.nl", date(2026, 11, 21))


@pytest.fixture
async def memory(content: Content) -> EditorsRoom:
    return await EditorsRoom(FakeStore(), content).settle()


async def test_nothing_that_is_served_now_breaks_a_rule_that_no_reason_lets_through(memory: EditorsRoom) -> None:
    broken = [
        (ref, finding.rule, finding.text)
        for ref, body in entries_of(memory.base).items()
        if ref.kind not in {Kind.ANSWER, Kind.LABEL, Kind.FLAG} or ref.language in {"nl", "tr"}
        for finding in memory.editing.findings(ref, body)
        if finding.rule in NEVER
    ]
    assert broken == []


@dataclass
class CountedWords(WordLists):
    """Remembers which words were looked up."""

    asked: list[str] = field(default_factory=list)

    def is_easy(self, word: str, language: str, explained: frozenset[str]) -> bool:
        self.asked.append(word)
        return super().is_easy(word, language, explained)


async def test_checking_one_answer_reads_that_answer_alone(memory: EditorsRoom) -> None:
    counted, body = CountedWords(), memory.answer()
    CheckEntry(replace(memory.newsroom, words=counted), dict)(NL, body)
    text = " ".join([body.text, body.simple, *body.sections.values()])
    assert 0 < len(counted.asked) <= len(text.split())
    assert all(word in text for word in counted.asked)


@pytest.mark.parametrize(
    ("ref", "body", "rule"),
    [
        (LABEL, Words(" "), "no_text"),
        (LABEL, Words("De griepprik voor iedereen die hem graag wil"), "long_label"),
        (Ref(Kind.LABEL, "buttons.call", "nl"), Words("Bel dit nummer"), "label_placeholders"),
        (Ref(Kind.LABEL, "buttons.call", "nl"), Words("Bel {number"), "label_placeholders"),
        (Ref(Kind.LABEL, "nothing.flu_jab", "nl"), Words("Griepprik"), "unknown_label"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": " "}), "no_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"en": "60"}), "no_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": "\u200b\u200e"}), "no_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": "6" * 201}), "bad_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": "60\n\nEn meer."}), "bad_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": "60", "tr": "6\x080"}), "bad_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": "{emergency_number}"}), "bad_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, values={"": "\u202e06"}), "bad_value"),
        (Ref(Kind.FACT, "age"), replace(FACT, checked=date(2099, 1, 1)), "bad_day"),
        (Ref(Kind.FACT, "age"), replace(FACT, checked=date(26, 11, 21)), "bad_day"),
        (NUMBER, replace(FACT, name=NUMBER.key, values={"": "honderdtwaalf"}), "no_number"),
        (NUMBER, replace(FACT, name=NUMBER.key, values={"": "112 " + "of bel " * 40}), "too_long"),
        (Ref(Kind.FACT, "age"), replace(FACT, source="RIVM"), "poor_source"),
        (Ref(Kind.FACT, "Age!"), replace(FACT, name="Age!"), "bad_name"),
        (Ref(Kind.TERM, "huisarts", "nl"), Words("Een huisarts."), "empty_term"),
        (Ref(Kind.TERM, "k" * 81, "nl"), Words("De dokter bij u in de buurt."), "bad_name"),
        (Ref(Kind.PRESSURE, "words", "nl"), Pressure(("",), {}), "no_value"),
        (Ref(Kind.TOPIC, "walking"), Topic("walking", "nothing"), "unknown_group"),
        (Ref(Kind.TOPIC, "greet"), Topic("greet", "care"), "bad_name"),
        (TAUGHT, Examples(()), "no_example"),
        (TAUGHT, Examples(("x" * 201,)), "long_example"),
        (Ref(Kind.EXAMPLES, "walking", "nl"), Examples(("waar kan ik lopen",)), "unknown_topic"),
        (Ref(Kind.TEMPLATE, "t"), ReadyText("Groet", {"nl": ""}), "no_text"),
    ],
)
async def test_what_breaks_a_rule_is_found_for_that_rule(memory: EditorsRoom, ref: Ref, body: Body, rule: str) -> None:
    assert rule in {one.rule for one in memory.editing.findings(ref, body) if one.severity == BLOCK}


@pytest.mark.parametrize(
    ("ref", "body"),
    [
        (LABEL, Words("Prik tegen griep")),
        (Ref(Kind.LABEL, "buttons.call", "nl"), Words("Bellen: {number}")),
        (Ref(Kind.FACT, "age"), FACT),
        (Ref(Kind.FACT, "age"), replace(FACT, checked=NOON.date() + timedelta(days=1))),
        (Ref(Kind.TERM, "huisarts", "nl"), Words("De dokter in uw buurt, bij wie u altijd eerst komt.")),
        (Ref(Kind.TOPIC, "walking"), Topic("walking", "care")),
        (TAUGHT, Examples(("prikje tegen de griep",))),
        (Ref(Kind.TEMPLATE, "t"), ReadyText("Groet", {"nl": "Goedemorgen."})),
    ],
)
async def test_what_holds_the_rules_has_no_findings(memory: EditorsRoom, ref: Ref, body: Body) -> None:
    assert memory.editing.findings(ref, body) == []


async def test_an_example_of_another_topic_is_found(memory: EditorsRoom) -> None:
    async with memory.store.unit() as unit:
        await unit.publish(Revision(0, TAUGHT, Examples(("Prikje tegen griep?",)), 0, "eva", "eva", NOON))
    await memory.editing.refresh()
    other = Ref(Kind.EXAMPLES, "hpv", "nl")
    found = memory.editing.findings(other, Examples(("prikje tegen griep",)))
    assert [(one.rule, one.text) for one in found] == [
        ("taken_example", "“prikje tegen griep” is an example of flu_jab")
    ]


async def test_whether_a_translation_is_stale_is_not_asked_before_it_is_published(memory: EditorsRoom) -> None:
    turkish = replace(memory.base.answers["utter_flu_jab", "tr"], translates="")
    found = memory.editing.findings(Ref(Kind.ANSWER, "utter_flu_jab", "tr"), turkish)
    assert "stale" not in {one.rule for one in found}
