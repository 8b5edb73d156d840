"""Send: what the resident reads, what workers get, and what is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.core.case import Draft, State
from bot.core.content import Content
from bot.core.errors import CaseError
from bot.core.message import Chat, File, Incoming, Kind
from bot.core.team import Hours, Span
from bot.core.triage import Flag, Triage
from tests.builders import FakeDialogue
from tests.fake_cases import FakeStore
from tests.services.street import CENTRE, Street
from tests.services.talk import SCRIPT, Talk, buttons, keys

# NOON is a Saturday, 13:00 in Amsterdam.
SATURDAY = Hours((Span(5, time(9), time(17)),))
MONDAY = Hours((Span(0, time(9), time(17)),))


async def test_send_makes_a_case_with_everything_that_was_on_the_card(street: Street, talk: Talk) -> None:
    case = await talk.sends("Mijn dochter eet niet meer.")
    assert (case.state, case.team, case.area, case.language) == (State.WAITING, "centre", "8911", "nl")
    assert [said.text for said in await talk.said()] == ["ik wil een mens spreken\nMijn dochter eet niet meer."]
    assert (await street.log(case))[0] == "opened"
    memory = await talk.remembered()
    assert memory.draft is None
    assert talk.dialogue.asking(memory.snapshot) == ""


async def test_the_card_reaches_the_teams_workers_within_the_same_turn(street: Street, talk: Talk) -> None:
    case = await talk.sends("Mijn dochter eet niet meer.")
    card = await street.last("samira")
    assert case.number in card.text
    assert "Mijn dochter eet niet meer." in card.text
    assert case.id == card.case
    assert street.chats["samira"] in street.signals.nudged
    assert not await street.told("noor"), "the other team hears nothing"


async def test_a_number_is_kept_with_the_case_and_shown_to_nobody_unasked(street: Street, talk: Talk) -> None:
    await talk.asks()
    await talk.says("8911")
    await talk.taps("Iets veranderen")
    await talk.taps("Bel mij")
    await talk.says("0612345678")
    await talk.taps("Ja, stuur dit")
    case = await talk.case()
    async with street.store.unit() as unit:
        assert await unit.phone(case.id) == "+31 6 12345678"
    assert "12345678" not in (await street.last("samira")).text
    assert all("12345678" not in said.text for said in await talk.said())


async def test_files_go_into_the_case(street: Street, talk: Talk) -> None:
    await talk.asks()
    photo = File("telegram", "photo1", Kind.PHOTO, 1000)
    await talk.says("", Kind.PHOTO, file=photo)
    await talk.says("8911")
    await talk.taps("Ja, stuur dit")
    assert photo in [said.file for said in await talk.said()]
    assert "ik wil een mens spreken" in (await street.last("samira")).text, "words are not hidden behind a file"


async def test_a_second_send_makes_no_second_case(street: Street, talk: Talk) -> None:
    await talk.asks()
    await talk.says("8911")
    card = talk.last
    await talk.taps("Ja, stuur dit")
    first = await talk.case()
    (said,) = await talk.taps("Ja, stuur dit", on=card)
    assert said.text.startswith("Er ligt al een bericht van u bij Team Centrum.")
    assert await street.store.cases() == [first]


async def test_the_same_send_delivered_twice_makes_one_case(street: Street, talk: Talk) -> None:
    await talk.asks()
    await talk.says("8911")
    send = Incoming(Chat("telegram", "1001"), "twice", Kind.BUTTON, street.clock(), "c:send")
    async with street.store.unit() as unit:
        received = await unit.receive(send)
    async with street.store.unit() as unit:
        assert await unit.receive(send) is None
    assert received is not None
    await talk.take(received.id)
    await talk.take(received.id)
    assert keys(await talk.new()) == ["utter_case_sent"]
    assert len(await street.store.cases()) == 1


async def test_who_has_a_case_gets_no_second_talk(talk: Talk) -> None:
    await talk.sends()
    (said,) = await talk.commands("person")
    assert said.key == "utter_case_already"
    (said,) = await talk.asks()
    assert said.key == "utter_case_file_passed"
    assert (await talk.remembered()).draft is None


async def test_open_hours_promise_no_more_than_the_teams_time(street: Street, talk: Talk) -> None:
    await street.team(CENTRE, hours=SATURDAY)
    await talk.sends()
    assert talk.last is not None
    assert "leest dit vandaag" in talk.last.text
    assert "binnen 60 minuten" in talk.last.text
    assert "Met /stop neemt u uw bericht terug" in talk.last.text


async def test_a_team_that_closes_sooner_than_it_answers_promises_no_today(street: Street, talk: Talk) -> None:
    hours = Hours((Span(5, time(9), time(13, 30)), Span(0, time(9), time(17))))
    await street.team(CENTRE, hours=hours)
    await talk.sends()
    assert talk.last is not None
    assert "Het kan ook een latere dag worden" in talk.last.text
    assert "058 123 45 67" in talk.last.text


async def test_closed_hours_say_when_somebody_reads_it_and_whom_to_call(street: Street, talk: Talk) -> None:
    await street.team(CENTRE, hours=MONDAY)
    await talk.sends()
    assert talk.last is not None
    assert "23-11, 09:00" in talk.last.text
    assert "058 123 45 67" in talk.last.text
    assert "112" in talk.last.text


async def test_a_team_without_hours_promises_nothing(talk: Talk) -> None:
    await talk.sends()
    assert talk.last is not None
    assert "Ik weet nog niet wanneer het team dit leest" in talk.last.text
    assert "058 123 45 67" in talk.last.text


async def test_may_i_ask_later_is_kept_either_way(street: Street, talk: Talk) -> None:
    await talk.sends()
    assert talk.last is not None
    assert "Mag ik over een paar dagen vragen" in talk.last.text
    sent = talk.last
    (said,) = await talk.taps("Ja, vraag het later")
    assert said.text == "Goed, dat onthoud ik."
    assert (await talk.case()).follow_up
    await talk.taps("Nee, niet vragen", on=sent)
    assert not (await talk.case()).follow_up


async def test_a_red_flag_makes_an_urgent_case_that_jumps_the_queue(street: Street, talk: Talk) -> None:
    await street.case("Iemand wachtte al.")
    await talk.says("ik wil niet meer leven")
    await talk.taps("Een mens spreken")
    await talk.says("8911")
    await talk.taps("Ja, stuur dit")
    case = await talk.case()
    assert case.flag is Flag.SUICIDE
    assert (await street.store.cases())[0].id == case.id
    assert "SPOED" in (await street.last("samira")).text


async def test_a_case_of_violence_is_neutral_and_asks_nothing(street: Street, talk: Talk) -> None:
    await talk.says("mijn man slaat mij")
    await talk.taps("Een mens spreken")
    await talk.taps("Ja, dat kan")
    await talk.says("8911")
    (sent,) = await talk.taps("Ja, stuur dit")
    assert sent.protect
    assert not sent.pictogram
    assert not sent.buttons
    assert not (await talk.case()).follow_up
    assert [said.text for said in await talk.said()] == ["mijn man slaat mij"]
    (added,) = await talk.says("hij komt zo thuis")
    assert added.protect
    assert not added.pictogram


async def test_who_speaks_a_language_that_nobody_in_the_team_speaks_is_asked_about_translating(
    street: Street, content: Content, triage: Triage
) -> None:
    turkish = FakeDialogue(dict(SCRIPT), {"tr": 1.0})
    talk = await Talk(street, content, triage, turkish, language="tr", translating=True).start()
    await talk.commands("person")
    await talk.says("kızım bir şey yemiyor ve çok korkuyorum")
    await talk.says("c:skip", Kind.BUTTON)
    sent, asked = await talk.says("c:send", Kind.BUTTON)
    assert sent.key == "utter_case_sent"
    assert "LibreTranslate" in asked.text
    assert (await talk.case()).translator == "", "not before they agreed"
    await talk.taps("Evet, çevir")
    assert (await talk.case()).translator == "LibreTranslate"
    (first,) = await talk.said()
    assert first.translation == "KIZIM BIR ŞEY YEMIYOR VE ÇOK KORKUYORUM"
    assert first.text == "kızım bir şey yemiyor ve çok korkuyorum"
    assert first.translator == "LibreTranslate"


async def test_no_translating_without_a_yes(street: Street, content: Content, triage: Triage) -> None:
    talk = await Talk(street, content, triage, language="tr", translating=True).start()
    await talk.commands("person")
    await talk.says("8911")
    await talk.says("c:send", Kind.BUTTON)
    await talk.taps("Hayır, çevirme")
    await talk.says("kızım bir şey yemiyor")
    assert all(not said.translation for said in await talk.said())


async def test_whose_language_the_whole_team_speaks_is_asked_nothing(
    street: Street, content: Content, triage: Triage
) -> None:
    talk = await Talk(street, content, triage, language="nl", translating=True).start()
    await talk.commands("person")
    await talk.says("8911")
    assert keys(await talk.says("c:send", Kind.BUTTON)) == ["utter_case_sent"]


async def test_a_case_of_an_area_without_a_team_goes_to_the_region(talk: Talk) -> None:
    await talk.asks()
    await talk.says("1011")
    await talk.taps("Ja, stuur dit")
    case = await talk.case()
    assert (case.team, case.area) == ("centre", "1011")


async def test_without_any_team_at_send_nothing_is_lost_in_silence(
    street: Street, content: Content, triage: Triage
) -> None:
    if not isinstance(street.store, FakeStore):
        pytest.skip("teams cannot be removed from the real store")
    talk = await Talk(street, content, triage).start()
    await talk.asks()
    await talk.says("8911")
    street.store.rows.teams.clear()
    (said,) = await talk.taps("Ja, stuur dit")
    assert any("088-000 00 00" in label for label in buttons(said))
    assert not await talk.has_case()


async def test_in_a_group_there_is_no_talk_and_no_case(street: Street, talk: Talk) -> None:
    for text, kind in [("ik wil een mens spreken", Kind.TEXT), ("person", Kind.COMMAND), ("c:send", Kind.BUTTON)]:
        chat = Chat("telegram", "-5005")
        incoming = Incoming(chat, f"group {text}{kind}", kind, street.clock(), text, in_group=True)
        async with street.store.unit() as unit:
            received = await unit.receive(incoming)
        assert received is not None
        await talk.take(received.id)
        read = await street.store.due_deliveries(received.resident.id, street.clock())
        assert "utter_ask_case_area" not in [delivery.outgoing.key for delivery in read]
        assert not await street.store.case_of(received.resident.id)


async def test_a_draft_without_a_yes_is_refused(street: Street, talk: Talk) -> None:
    async with street.store.unit() as unit:
        with pytest.raises(CaseError):
            await talk.cases.open_case(unit, talk.resident, replace(Draft("asked"), area="8911"), "nl")
    assert not await talk.has_case()
