"""The talk before a case with the real model: the form interrupted, resumed, left; and nothing left over in it."""

from __future__ import annotations

import json

import pytest

from bot.core.content import Content
from bot.core.triage import Triage
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.ports import Understanding
from bot.services.turns.case_form import AREA, CONSENT
from tests.fake_cases import FakeStore
from tests.services.street import Street
from tests.services.talk import Talk, keys

SESSION = 13 * 3600  # seconds; longer than domain.yml's session


@pytest.fixture
async def talk(content: Content, triage: Triage, dialogue: RasaDialogue) -> Talk:
    street = Street(FakeStore(), content)
    await street.settle()
    return await Talk(street, content, triage, dialogue).start()


def slots(snapshot: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(snapshot)["slots"]
    return {name: value for name, value in found.items() if name != "failures"}


async def test_the_form_asks_for_the_area_and_then_for_consent_and_keeps_nothing(dialogue: RasaDialogue) -> None:
    begun = await dialogue.choose("r", "", "talk_to_person")
    assert begun.asking == AREA
    told = await dialogue.tell("r", begun.snapshot, area="8911")
    assert told.asking == CONSENT
    sent = await dialogue.tell("r", told.snapshot, consent="yes")
    assert [said.key for said in sent.said] == ["utter_case_sent"]
    assert sent.asking == ""
    assert slots(sent.snapshot) == {}


@pytest.mark.parametrize("word", ["cancel", "deny"])
@pytest.mark.parametrize("told", [{}, {"area": "8911"}])
async def test_left_at_any_step_it_keeps_nothing(dialogue: RasaDialogue, word: str, told: dict[str, str]) -> None:
    reply = await dialogue.choose("r", "", "talk_to_person")
    if told:
        reply = await dialogue.tell("r", reply.snapshot, **told)
    left = await dialogue.choose("r", reply.snapshot, word)
    assert [said.key for said in left.said] == ["utter_case_not_sent"]
    assert slots(left.snapshot) == {}
    assert (await dialogue.choose("r", left.snapshot, "talk_to_person")).asking == AREA


@pytest.mark.parametrize("told", [{}, {"area": "8911"}])
async def test_every_question_interrupts_the_form_and_is_followed_by_its_own(
    dialogue: RasaDialogue, content: Content, told: dict[str, str]
) -> None:
    reply = await dialogue.choose("r", "", "talk_to_person")
    if told:
        reply = await dialogue.tell("r", reply.snapshot, **told)
    for key in [*content.topics, *content.meta]:
        if key in {"cancel", "deny", "talk_to_person"}:
            continue
        answer = await dialogue.choose("r", reply.snapshot, key)
        assert [said.key for said in answer.said] == [f"utter_{key}", f"utter_ask_{reply.asking}"], key
        assert answer.asking == reply.asking


async def test_not_understood_keeps_the_form_open(dialogue: RasaDialogue) -> None:
    reply = await dialogue.choose("r", "", "talk_to_person")
    for _ in range(4):
        reply = await dialogue.converse("r", reply.snapshot, Understanding())
        assert reply.asking == AREA


async def test_a_consent_that_nobody_asked_for_sends_nothing(dialogue: RasaDialogue) -> None:
    stray = await dialogue.tell("r", "", consent="yes", area="8911")
    assert [said.key for said in stray.said] == ["utter_case_not_sent"]
    assert slots(stray.snapshot) == {}


async def test_a_consent_does_not_outlive_its_session(dialogue: RasaDialogue) -> None:
    reply = await dialogue.choose("r", "", "talk_to_person")
    reply = await dialogue.tell("r", reply.snapshot, area="8911")
    late = await dialogue.tell("r", older(reply.snapshot), consent="yes")
    assert "utter_case_sent" not in [said.key for said in late.said]
    assert slots(late.snapshot) == {}


def older(snapshot: str) -> str:
    kept = json.loads(snapshot)
    kept["at"] -= SESSION
    return json.dumps(kept)


async def test_a_worried_mother_is_heard_from_the_first_word_to_send(talk: Talk) -> None:
    (asked,) = await talk.says("ik wil met een mens praten")
    assert asked.key == "utter_ask_case_area"
    (kept,) = await talk.says("mijn dochter eet niet meer en huilt de hele dag")
    assert kept.key == "utter_case_kept_words"
    answer, asked = await talk.says("wat kost de griepprik?")
    assert (answer.key, asked.key) == ("utter_flu_jab", "utter_ask_case_area")
    (card,) = await talk.says("8911")
    assert "mijn dochter eet niet meer en huilt de hele dag" in card.text
    (sent,) = await talk.says("ja")
    assert sent.key == "utter_case_sent"
    case = await talk.case()
    assert case.area == "8911"
    memory = await talk.remembered()
    assert slots(memory.snapshot) == {}
    assert memory.draft is None


@pytest.mark.parametrize(
    "words",
    ["nee laat maar", "laat maar zitten", "nee", "liever niet", "stop", "ik wil het toch niet sturen", "never mind"],
)
async def test_words_that_leave(talk: Talk, words: str) -> None:
    await talk.says("ik wil met een mens praten")
    await talk.says("8911")
    (said,) = await talk.says(words)
    assert said.key == "utter_case_not_sent"
    memory = await talk.remembered()
    assert memory.draft is None
    assert slots(memory.snapshot) == {}


@pytest.mark.parametrize(
    "words",
    ["nee ik heb geen geld", "ja maar ik ben bang", "mijn moeder is overleden", "ik weet het niet", "help mij toch"],
)
async def test_words_of_somebody_who_cries_neither_send_nor_leave(talk: Talk, words: str) -> None:
    await talk.says("ik wil met een mens praten")
    await talk.says("8911")
    card = (await talk.says(words))[-1]
    assert card.key == "utter_ask_case_consent"
    assert words in card.text
    assert not await talk.has_case()


@pytest.mark.parametrize(
    "when", ["maandagochtend", "in de ochtend", "na 17 uur", "morgen", "maakt niet uit", "alle dagen"]
)
async def test_what_people_say_of_time_is_taken_for_when(talk: Talk, when: str) -> None:
    await talk.says("ik wil met een mens praten")
    await talk.says("8911")
    await talk.taps("Iets veranderen")
    await talk.taps("Wanneer")
    (card,) = await talk.says(when)
    assert f"Wanneer: {when}" in card.text


async def test_send_the_next_day_shows_the_card_again_instead_of_sending(talk: Talk) -> None:
    await talk.says("ik wil met een mens praten")
    await talk.says("8911")
    memory = await talk.remembered()
    async with talk.store.unit() as unit:
        kept = memory.but(snapshot=older(memory.snapshot))
        await unit.keep_conversation(talk.resident, kept, talk.street.clock())
    (card,) = await talk.taps("Ja, stuur dit")
    assert card.key == "utter_ask_case_consent"
    assert "ik wil met een mens praten" in card.text
    assert not await talk.has_case()
    (sent,) = await talk.taps("Ja, stuur dit")
    assert sent.key == "utter_case_sent"


async def test_a_question_the_next_day_is_answered_and_the_old_talk_is_over(talk: Talk) -> None:
    await talk.says("ik wil met een mens praten")
    memory = await talk.remembered()
    async with talk.store.unit() as unit:
        kept = memory.but(snapshot=older(memory.snapshot))
        await unit.keep_conversation(talk.resident, kept, talk.street.clock())
    assert keys(await talk.says("wat kost de griepprik?")) == ["utter_flu_jab"]
    assert (await talk.remembered()).draft is None


async def test_a_yes_to_where_do_you_live_is_not_kept_for_the_card(talk: Talk) -> None:
    await talk.says("ik wil met een mens praten")
    (again,) = await talk.says("ja")
    assert again.key == "utter_ask_case_area"
    (card,) = await talk.says("8911")
    assert card.key == "utter_ask_case_consent"
    assert not await talk.has_case()


@pytest.mark.parametrize("words", ["ja", "ja graag", "stuur maar", "ja stuur maar", "send it", "gönder", "أرسل", "نعم"])
async def test_words_that_send(talk: Talk, words: str) -> None:
    await talk.says("ik wil met een mens praten")
    await talk.says("8911")
    (said,) = await talk.says(words)
    assert said.key == "utter_case_sent"


async def test_the_language_changes_in_the_talk_by_what_is_typed(
    content: Content, triage: Triage, dialogue: RasaDialogue
) -> None:
    street = Street(FakeStore(), content)
    await street.settle()
    talk = await Talk(street, content, triage, dialogue, language="").start()
    await talk.says("ik wil met een mens praten")
    (kept,) = await talk.says("kızım hiçbir şey yemiyor ve ben çok korkuyorum")
    assert kept.language == "tr"
    (card,) = await talk.says("8911")
    assert card.language == "tr"
