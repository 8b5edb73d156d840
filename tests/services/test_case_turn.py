"""A resident who has a case: who reads what they write, who answers, and how it ends."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

import pytest

from bot.core.case import Case, Result, State
from bot.core.content import Content
from bot.core.errors import CaseChanged
from bot.core.message import File, Kind, Outgoing
from bot.core.team import Hours, Span
from bot.core.triage import Flag, Triage
from tests.fake_cases import FakeStore
from tests.services.street import CENTRE, Street
from tests.services.talk import Talk, buttons, keys

# NOON is a Saturday, 13:00 in Amsterdam.
OPEN = Hours((Span(5, time(9), time(17)),))
CLOSED = Hours((Span(0, time(9), time(17)),))
PHOTO = File("telegram", "photo1", Kind.PHOTO, 1000)
BIG = File("telegram", "film1", Kind.VIDEO, 60 * 1024 * 1024)


@pytest.fixture
async def claimed(street: Street, talk: Talk) -> Case:
    """Samira has the resident's case, within her team's hours."""
    await street.team(CENTRE, hours=OPEN)
    case = await talk.sends("Mijn dochter eet niet meer.")
    case = await street.work.claim(await street.worker("samira"), case.id)
    await talk.new()
    return case


async def closed(street: Street, talk: Talk, case: Case) -> Outgoing:
    await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    (said,) = await talk.new()
    return said


def pause(street: Street) -> None:
    street.clock.move(minutes=31)


async def test_while_it_waits_the_assistant_answers_and_the_team_reads_along(street: Street, talk: Talk) -> None:
    await talk.sends()
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab"]
    assert (await talk.said())[-1].text == "wat kost de griepprik"


async def test_after_a_pause_it_is_said_who_reads_it_and_when(street: Street, talk: Talk) -> None:
    await talk.sends()
    pause(street)
    added, answer = await talk.says("wat kost de griepprik")
    assert "Dit bericht is ook naar Team Centrum gegaan" in added.text
    assert "058 123 45 67" in added.text
    assert answer.key == "utter_flu_jab"
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab"]


async def test_what_is_not_understood_is_for_the_team_and_asks_nothing_back(talk: Talk) -> None:
    await talk.sends()
    (said,) = await talk.says("ze zegt dat het door mij komt")
    assert said.text == "Dit is doorgestuurd naar het team."


@pytest.mark.parametrize("key", ["out_of_scope", "mpox"])
async def test_what_has_no_answer_here_is_for_the_team_and_sends_nobody_elsewhere(talk: Talk, key: str) -> None:
    talk.dialogue.script["hoe lang duurt het"] = key
    await talk.sends()
    assert keys(await talk.says("hoe lang duurt het")) == ["utter_case_file_passed"]


async def test_once_claimed_the_resident_knows_who_reads_and_hears_it_from_a_person(street: Street, talk: Talk) -> None:
    await street.team(CENTRE, hours=OPEN)
    case = await talk.sends()
    await street.work.claim(await street.worker("samira"), case.id)
    (said,) = await talk.new()
    assert "Vanaf nu leest een mens met u mee: Samira, sociaal werker, de Vlietzone" in said.text


async def test_while_claimed_within_hours_the_assistant_is_silent(street: Street, talk: Talk, claimed: Case) -> None:
    assert await talk.says("wat kost de griepprik") == []
    assert "wat kost de griepprik" in (await street.last("samira")).text


async def test_once_per_pause_it_is_said_that_the_assistant_can_be_asked_instead(
    street: Street, talk: Talk, claimed: Case
) -> None:
    pause(street)
    (said,) = await talk.says("bent u er nog?")
    assert "Samira leest wat u schrijft" in said.text
    assert "058 123 45 67" in said.text
    assert buttons(said) == ["Vraag het de hulp"]
    assert await talk.says("hallo?") == []


async def test_the_assistant_asked_instead_gives_one_answer_that_the_worker_does_not_get(
    street: Street, talk: Talk, claimed: Case
) -> None:
    pause(street)
    await talk.says("bent u er nog?")
    before = len(await street.told("samira"))
    (menu,) = await talk.taps("Vraag het de hulp")
    assert menu.key == "utter_menu"
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab"]
    assert len(await street.told("samira")) == before
    assert await talk.says("en nu weer voor u") == []
    assert len(await street.told("samira")) == before + 1


async def test_a_look_into_the_menu_is_not_yet_the_answer(street: Street, talk: Talk, claimed: Case) -> None:
    pause(street)
    await talk.says("bent u er nog?")
    await talk.taps("Vraag het de hulp")
    await talk.taps("Prikken")
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab"]
    assert await talk.says("dank u") == []


async def test_danger_is_answered_and_told_even_when_the_assistant_was_asked(
    street: Street, talk: Talk, claimed: Case
) -> None:
    pause(street)
    await talk.says("bent u er nog?")
    await talk.taps("Vraag het de hulp")
    danger, passed_on = await talk.says("ik wil niet meer leven")
    assert "113" in danger.text
    assert "ook naar Team Centrum" in passed_on.text, "though the words for danger say that nobody reads along unasked"
    assert "ik wil niet meer leven" in (await street.last("samira")).text
    assert (await talk.case()).flag is Flag.SUICIDE


async def test_where_somebody_may_look_over_the_shoulder_no_team_is_named_after_danger(
    street: Street, talk: Talk, claimed: Case
) -> None:
    assert [key.removesuffix("_question") for key in keys(await talk.says("mijn man slaat mij"))] == ["flag_violence"]


async def test_outside_hours_the_assistant_answers_though_somebody_has_the_case(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await street.team(CENTRE, hours=CLOSED)
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab"]
    pause(street)
    added, _ = await talk.says("wat kost de griepprik")
    assert "Het team is nu gesloten" in added.text


async def test_a_red_flag_while_it_waits_makes_the_case_urgent_and_goes_out_again(street: Street, talk: Talk) -> None:
    case = await talk.sends()
    danger, _ = await talk.says("ik wil niet meer leven")
    assert danger.urgent
    assert (await street.now(case)).flag is Flag.SUICIDE
    assert "flag" in await street.log(case)
    assert "SPOED" in (await street.last("samira")).text
    (said,) = await talk.taps("Een mens spreken", danger)
    assert said.key == "utter_case_already"


@pytest.mark.parametrize("kind", [Kind.PHOTO, Kind.VOICE, Kind.DOCUMENT])
async def test_photos_voice_and_papers_pass_to_the_worker(
    street: Street, talk: Talk, claimed: Case, kind: Kind
) -> None:
    file = File("telegram", "something", kind, 1000)
    assert await talk.says("", kind, file=file) == []
    assert (await talk.said())[-1].file == file
    assert (await street.last("samira")).file == file


async def test_a_photo_while_it_waits_is_not_answered_with_i_cannot_look_at_photos(talk: Talk) -> None:
    await talk.sends()
    assert keys(await talk.says("", Kind.PHOTO, file=PHOTO)) == ["utter_case_file_passed"]


async def test_a_shared_place_comes_through(street: Street, talk: Talk, claimed: Case) -> None:
    await talk.says("", Kind.LOCATION, place=(53.2012, 5.7999))
    assert "53.20120, 5.79990" in (await street.last("samira")).text


async def test_a_file_of_60_mb_is_refused_but_its_words_and_danger_are_not(
    street: Street, talk: Talk, claimed: Case
) -> None:
    (said,) = await talk.says("", Kind.VIDEO, file=BIG)
    assert "groter dan 20 MB" in said.text
    await talk.says("dit is de gang", Kind.VIDEO, file=BIG)
    last = (await talk.said())[-1]
    assert (last.text, last.file) == ("dit is de gang", None)
    assert "flag_suicide" in keys(await talk.says("ik wil niet meer leven", Kind.VIDEO, file=BIG))


async def test_stop_takes_the_case_back_wipes_it_and_tells_the_worker(
    street: Street, talk: Talk, claimed: Case
) -> None:
    (said,) = await talk.commands("stop")
    assert "U heeft uw bericht teruggenomen" in said.text
    assert "30 dagen" in said.text
    case = await street.now(claimed)
    assert (case.state, case.worker) == (State.WITHDRAWN, "")
    assert await talk.said() == []
    told = await street.last("samira")
    assert claimed.number in told.text
    assert "teruggenomen" in told.text
    assert "withdrawn" in await street.log(case)


async def test_stop_with_nothing_to_take_back_says_so(talk: Talk) -> None:
    (said,) = await talk.commands("stop")
    assert "Er staat nu geen bericht van u open" in said.text


async def test_stop_twice_says_the_second_time_that_there_is_nothing(talk: Talk) -> None:
    await talk.sends()
    await talk.commands("stop")
    (said,) = await talk.commands("stop")
    assert said.key == "utter_case_none"


async def test_after_stop_a_new_case_can_be_asked_for(talk: Talk) -> None:
    first = await talk.sends()
    await talk.commands("stop")
    second = await talk.sends()
    assert first.id != second.id
    assert second.state is State.WAITING


async def test_a_closed_case_asks_whether_it_helped(street: Street, talk: Talk, claimed: Case) -> None:
    said = await closed(street, talk, claimed)
    assert "Samira heeft dit gesprek afgesloten" in said.text
    assert buttons(said) == ["Ja, dat hielp", "Nee, dat hielp niet"]
    (thanks,) = await talk.taps("Ja, dat hielp")
    assert thanks.key == "utter_case_helped_thanks"
    assert (await talk.case()).helped is True


async def test_no_it_did_not_help_reaches_the_coordinator_once(street: Street, talk: Talk, claimed: Case) -> None:
    said = await closed(street, talk, claimed)
    (sorry,) = await talk.taps("Nee, dat hielp niet", on=said)
    assert "coördinator" in sorry.text
    assert "058 123 45 67" in sorry.text
    await talk.taps("Nee, dat hielp niet", on=said)
    told = [message.text for message in await street.told("petra") if "niet hielp" in message.text]
    assert len(told) == 1
    assert claimed.number in told[0]


async def test_writing_again_within_a_week_reopens_the_case_with_its_worker(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await closed(street, talk, claimed)
    street.clock.move(days=6)
    (said,) = await talk.says("het gaat weer slecht")
    assert said.key == "utter_case_reopened"
    case = await talk.case()
    assert (case.id, case.state, case.worker) == (claimed.id, State.CLAIMED, "samira")
    assert "het gaat weer slecht" in (await street.last("samira")).text


async def test_after_a_week_it_stays_closed_and_the_assistant_answers(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await closed(street, talk, claimed)
    street.clock.move(days=7, minutes=1)
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab"]
    assert (await street.now(claimed)).state is State.CLOSED
    (asked,) = await talk.asks()
    assert asked.key == "utter_ask_case_area"


async def test_asking_for_a_person_by_words_within_a_week_reopens_it(street: Street, talk: Talk, claimed: Case) -> None:
    await closed(street, talk, claimed)
    assert keys(await talk.asks()) == ["utter_case_reopened"]
    assert (await talk.remembered()).draft is None


async def test_a_new_talk_begun_by_a_button_does_not_leak_into_the_closed_case(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await closed(street, talk, claimed)
    (asked,) = await talk.commands("person")
    assert asked.key == "utter_ask_case_area"
    await talk.says("8911")
    assert (await street.now(claimed)).state is State.CLOSED
    await talk.says("nee laat maar")
    assert (await street.now(claimed)).state is State.CLOSED
    await talk.commands("person")
    await talk.says("8911")
    await talk.taps("Ja, stuur dit")
    assert (await talk.case()).id != claimed.id


async def test_the_worker_left_so_the_reopened_case_goes_to_the_queue(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await closed(street, talk, claimed)
    await street.change("samira", active=False)
    await talk.says("het gaat weer slecht")
    case = await talk.case()
    assert (case.state, case.worker) == (State.WAITING, "")
    assert case.number in (await street.last("joost")).text


async def test_violence_is_reopened_without_a_word_about_it(street: Street, talk: Talk) -> None:
    await talk.says("mijn man slaat mij")
    await talk.taps("Een mens spreken")
    await talk.taps("Ja, dat kan")
    await talk.says("8911")
    await talk.taps("Ja, stuur dit")
    case = await street.work.claim(await street.worker("samira"), (await talk.case()).id)
    await talk.new()
    await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    assert await talk.new() == [], "nothing comes unasked"
    read = await talk.says("hij is terug")
    assert all(message.protect and not message.pictogram for message in read)


async def test_a_blocked_assistant_is_told_to_the_worker_and_the_case_stays(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await talk.says("", Kind.BLOCKED)
    told = await street.last("samira")
    assert "geblokkeerd" in told.text
    assert (await street.now(claimed)).state is State.CLAIMED
    assert "blocked" in await street.log(claimed)
    await talk.says("", Kind.UNBLOCKED)
    assert await talk.says("daar ben ik weer") == []
    assert "daar ben ik weer" in (await street.last("samira")).text


async def test_forget_withdraws_the_case_and_its_receipt_says_what_could_not_be_reached(
    street: Street, talk: Talk, claimed: Case
) -> None:
    await talk.commands("forget")
    (receipt,) = await talk.taps("Ja, wis alles")
    assert "Uw bericht aan het team is ook teruggenomen" in receipt.text
    assert "Telegram" in receipt.text
    assert "reservekopie" in receipt.text
    assert "binnen 2 dagen" in receipt.text
    case = await street.now(claimed)
    assert (case.state, case.resident) == (State.WITHDRAWN, "")
    found = await street.store.case_file(claimed.id)
    assert found is not None
    assert found.said == ()
    assert "laten wissen" in (await street.last("samira")).text


async def test_forget_without_a_case_does_not_speak_of_one(talk: Talk) -> None:
    await talk.commands("forget")
    (receipt,) = await talk.taps("Ja, wis alles")
    assert "aan het team" not in receipt.text


async def test_mydata_tells_of_the_case_its_team_its_state_and_what_is_shared(talk: Talk, claimed: Case) -> None:
    (said,) = await talk.commands("mydata")
    assert f"Bericht aan een team {claimed.number}: Team Centrum, een mens leest mee, sinds 21-11-2026" in said.text
    assert f"Gedeeld {claimed.number}: uw woorden (1), uw buurt" in said.text
    await talk.commands("stop")
    (said,) = await talk.commands("mydata")
    assert "teruggenomen, uw woorden zijn gewist" in said.text
    assert "uw woorden (1)" not in said.text


async def test_mydata_tells_of_words_that_were_not_sent_yet(talk: Talk) -> None:
    await talk.asks()
    await talk.says("wij wonen in 8911 en het gaat slecht met ons")
    said, card = await talk.says("wat bewaren jullie")
    assert "Nog niet verstuurd: 2 berichten" in said.text
    assert card.key == "utter_ask_case_consent"


@pytest.mark.parametrize("language", ["nl", "fy", "en", "ar", "tr"])
async def test_mydata_of_a_case_can_be_read_in_every_language(
    street: Street, content: Content, triage: Triage, language: str
) -> None:
    talk = await Talk(street, content, triage, language=language, address=language).start()
    await talk.commands("person")
    await talk.says("c:skip", Kind.BUTTON)
    await talk.says("c:send", Kind.BUTTON)
    (said,) = await talk.commands("mydata")
    assert (await talk.case()).number in said.text
    assert "{" not in said.text


@pytest.mark.parametrize("data", ["c:helped", "c:later:yes", "c:translate:yes", "c:ask", "c:nonsense", "c:send"])
async def test_buttons_of_a_case_that_was_taken_back_change_nothing(
    street: Street, talk: Talk, claimed: Case, data: str
) -> None:
    await talk.commands("stop")
    before = await street.now(claimed)
    (said,) = await talk.says(data, Kind.BUTTON)
    assert said.key in {"utter_old_button", "utter_menu"}
    assert await street.now(claimed) == before


async def test_a_worker_who_acts_in_the_same_moment_makes_no_message_lost(
    street: Street, talk: Talk, claimed: Case
) -> None:
    if not isinstance(street.store, FakeStore):
        pytest.skip("one writer at a time")
    keep, refusals = street.store.keep_case, [CaseChanged("a moment ago")]

    async def changed_meanwhile(case: Case) -> None:
        if refusals:
            raise refusals.pop()
        await keep(case)

    street.store.keep_case = changed_meanwhile  # type: ignore[method-assign]
    await talk.says("bent u er nog?")
    assert [said.text for said in await talk.said()].count("bent u er nog?") == 1


async def test_messages_and_a_workers_close_at_once_lose_nothing(street: Street, talk: Talk, claimed: Case) -> None:
    worker = await street.worker("samira")
    await asyncio.gather(talk.says("nog iets"), street.work.close(worker, claimed.id, Result.HELPED))
    assert "nog iets" in [said.text for said in await talk.said()]


async def test_a_broken_dialogue_still_brings_the_message_to_the_worker(
    street: Street, talk: Talk, claimed: Case
) -> None:
    talk.dialogue.broken = True  # type: ignore[attr-defined]
    await talk.says("bent u er nog?")
    assert "bent u er nog?" in (await street.last("samira")).text


async def test_the_clock_of_pauses_counts_from_the_residents_last_message(
    street: Street, talk: Talk, claimed: Case
) -> None:
    for _ in range(4):
        street.clock.move(minutes=20)
        assert await talk.says("nog iets") == []
    street.clock.move(minutes=30)
    assert len(await talk.says("nog iets")) == 1
    assert street.clock() - claimed.opened_at == timedelta(minutes=110)
