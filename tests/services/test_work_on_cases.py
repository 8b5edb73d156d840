"""What workers do with cases: who may, what the resident and the colleagues hear, and what the log says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core.case import Author, Case, How, Result, Said, State
from bot.core.errors import CaseChanged, CaseError, CaseUnknown, IllegalMove
from bot.core.message import ButtonStyle, File, Kind
from bot.core.triage import Flag
from bot.services.cases.case_access import find_case, holder, visible
from bot.services.cases.case_change import Change
from bot.services.cases.link_worker import LinkWorker
from bot.services.cases.reply_to_resident import OUT_OF_REACH
from tests.builders import NOON
from tests.services.street import CENTRE, NORTH, Street, button_of, labels


async def test_a_case_of_another_team_is_unknown_like_one_that_does_not_exist(street: Street) -> None:
    case, noor = await street.case(), await street.worker("noor")
    deeds: list[Callable[[str], Awaitable[object]]] = [
        lambda case_id: street.work.claim(noor, case_id),
        lambda case_id: street.work.pass_on(noor, case_id),
        lambda case_id: street.work.reply(noor, case_id, "hoi"),
        lambda case_id: street.work.note(noor, case_id, "hoi"),
        lambda case_id: street.work.close(noor, case_id, Result.HELPED),
        lambda case_id: street.work.reopen(noor, case_id),
        lambda case_id: street.work.hand_over(noor, case_id, "north", ""),
        lambda case_id: street.work.release(noor, case_id),
        lambda case_id: street.work.phone(noor, case_id),
        lambda case_id: find_case(street.store, noor, case_id),
    ]
    for deed in deeds:
        words = set()
        for case_id in (case.id, "none"):
            with pytest.raises(CaseUnknown) as refused:
                await deed(case_id)
            words.add(str(refused.value))
        assert len(words) == 1
    assert await street.log(case) == ["opened"]
    assert not await street.told(case)


async def test_an_editor_and_somebody_who_left_see_no_case(street: Street) -> None:
    case = await street.case()
    assert visible(await street.worker("samira"), case)
    assert not visible(await street.change("samira", active=False), case)
    assert not visible(await street.change("joost", roles=frozenset()), case)


async def test_of_workers_who_tap_at_once_exactly_one_has_the_case(street: Street) -> None:
    case = await street.case()
    workers = [await street.worker(name) for name in ("samira", "joost", "petra")]
    tries = await asyncio.gather(*(street.work.claim(worker, case.id) for worker in workers), return_exceptions=True)
    refused = [one for one in tries if isinstance(one, IllegalMove | CaseChanged)]
    assert len(refused) == 2
    now = await street.now(case)
    assert await holder(street.store, now) in {"Samira", "Joost", "Petra"}
    assert (await street.log(case)).count("claimed") == 1
    assert len(await street.told(case)) == 1


async def test_the_resident_hears_who_reads_along_and_the_others_that_it_is_taken(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    await street.work.claim(await street.worker("samira"), case.id)
    told = await street.last(case)
    assert "Samira" in told.text
    assert "sociaal werker" in told.text
    assert "de Vlietzone" in told.text
    assert (await street.last("joost")).text == f"{case.number} was taken by Samira."
    assert (await street.last("samira")).key == "staff_card"
    assert case.resident in street.signals.nudged
    assert street.signals.cases[-1].worker == "samira"


async def test_a_reply_carries_the_name_first_and_is_kept(street: Street) -> None:
    case = await street.claimed()
    said = await street.work.reply(await street.worker("samira"), case.id, "Kom morgen langs.")
    told = await street.last(case)
    assert told.text == "Samira:\nKom morgen langs."
    assert (told.key, told.protect) == ("case_reply", False)
    kept = (await street.file(case)).said[-1]
    assert (kept.author, kept.text, kept.worker, kept.id) == (Author.WORKER, "Kom morgen langs.", "samira", said.id)
    assert (await street.now(case)).answered_at == street.clock()
    assert "replied" in await street.log(case)


async def test_a_translated_reply_shows_the_translation_then_the_original_with_its_label(street: Street) -> None:
    case = await street.claimed(language="tr", translator="LibreTranslate")
    await street.work.reply(await street.worker("samira"), case.id, "Kom langs.")
    first, label, original = (await street.last(case)).text.replace("\n\n", "\n").split("\n")[1:]
    assert (first, original) == ("KOM LANGS.", "Kom langs.")
    assert "LibreTranslate" in label
    kept = (await street.file(case)).said[-1]
    assert (kept.translation, kept.translator) == ("KOM LANGS.", "LibreTranslate")


async def test_without_consent_nothing_is_translated(street: Street) -> None:
    case = await street.claimed(language="tr")
    await street.work.reply(await street.worker("samira"), case.id, "Kom langs.")
    assert (await street.last(case)).text == "Samira:\nKom langs."


async def test_a_failed_translation_delivers_the_original_marked(street: Street) -> None:
    case = await street.claimed(translator="LibreTranslate", language="en")
    street.translator.broken = True
    said = await street.work.reply(await street.worker("samira"), case.id, "Kom langs.")
    lines = (await street.last(case)).text.split("\n\n")
    assert lines[0] == "Samira:\nKom langs."
    assert len(lines) == 2
    assert said.translator == "failed"


async def test_a_text_of_our_own_in_the_residents_language_goes_alone(street: Street) -> None:
    case = await street.claimed(language="tr", translator="LibreTranslate")
    await street.work.reply(await street.worker("samira"), case.id, "Dag.", translation="Merhaba.")
    assert (await street.last(case)).text == "Samira:\nMerhaba."


async def test_who_answers_a_waiting_case_has_it(street: Street) -> None:
    case = await street.case()
    await street.work.reply(await street.worker("samira"), case.id, "Dag.")
    assert (await street.now(case)).worker == "samira"
    assert [told.key for told in await street.told(case)] == ["utter_case_claimed", "case_reply"]
    assert (await street.told(case))[0].buttons[0][0].label == "Vraag het de hulp"


async def test_a_reply_to_a_case_that_was_just_handed_over_names_who_has_it(street: Street) -> None:
    case, samira = await street.claimed(), await street.worker("samira")
    await street.work.hand_over(samira, case.id, "centre", "joost")
    with pytest.raises(CaseChanged, match="Joost"):
        await street.work.reply(samira, case.id, "Dag.")
    assert [said.author for said in (await street.file(case)).said] == [Author.RESIDENT]


async def test_a_reply_to_a_closed_or_withdrawn_case_is_refused_and_not_kept(street: Street) -> None:
    samira = await street.worker("samira")
    closed = await street.claimed()
    await street.work.close(samira, closed.id, Result.HELPED)
    withdrawn = await street.case()
    async with street.store.unit() as unit:
        await unit.keep_case(withdrawn.withdrawn(street.clock()))
    for case in (closed, withdrawn):
        with pytest.raises(IllegalMove):
            await street.work.reply(samira, case.id, "Dag.")
        assert len((await street.file(case)).said) == 1


async def test_a_reply_to_a_resident_who_was_forgotten_is_refused(street: Street) -> None:
    case = await street.claimed()
    async with street.store.unit() as unit:
        await unit.forget(case.resident, keep_address=False)
    with pytest.raises(CaseError):
        await street.work.reply(await street.worker("samira"), case.id, "Dag.")


async def test_a_reply_to_a_resident_who_blocked_us_is_kept_and_told_honestly(street: Street) -> None:
    case = await street.claimed()
    async with street.store.unit() as unit:
        await unit.stop(case.resident)
    with pytest.raises(IllegalMove) as refused:
        await street.work.reply(await street.worker("samira"), case.id, "Dag.")
    assert refused.value.state == OUT_OF_REACH
    assert (await street.file(case)).said[-1].text == "Dag."
    assert not await street.told(case)


async def test_what_is_said_meanwhile_does_not_undo_a_reply(street: Street) -> None:
    case, samira = await street.claimed(), await street.worker("samira")

    async def resident_writes() -> None:
        async with street.store.unit() as unit:
            now = await unit.case(case.id)
            assert now is not None
            await unit.keep_case(now.but(street.clock(), resident_at=street.clock()))

    await asyncio.gather(
        street.work.reply(samira, case.id, "Een."), resident_writes(), street.work.reply(samira, case.id, "Twee.")
    )
    texts = {said.text for said in (await street.file(case)).said}
    assert {"Een.", "Twee."} <= texts


async def test_a_quiet_case_is_protected_has_no_pictures_and_ends_without_a_word(street: Street) -> None:
    case, samira = await street.case(flag=Flag.VIOLENCE), await street.worker("samira")
    await street.work.reply(samira, case.id, "Dag.")
    await street.work.release(samira, case.id)
    await street.work.claim(samira, case.id)
    await street.work.close(samira, case.id, Result.REFERRED)
    told = await street.told(case)
    assert [one.key for one in told] == ["case_reply"]
    assert all(one.protect and not one.pictogram for one in told)


async def test_a_note_is_never_sent_to_the_resident(street: Street) -> None:
    case = await street.case()
    await street.work.note(await street.worker("joost"), case.id, "belt liever niet")
    assert not await street.told(case)
    assert (await street.file(case)).said[-1].author is Author.NOTE
    assert await street.log(case) == ["opened", "noted"]
    with pytest.raises(IllegalMove):
        await street.work.note(await street.worker("joost"), case.id, "  ")


async def test_at_closing_the_resident_is_asked_whether_it_helped(street: Street) -> None:
    case = await street.claimed()
    closed = await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    assert (closed.state, closed.result) == (State.CLOSED, Result.HELPED)
    told = await street.last(case)
    assert [button.data for row in told.buttons for button in row] == ["c:helped", "c:not_helped"]
    assert "Samira" in told.text


async def test_a_colleague_cannot_close_somebody_elses_case_but_the_coordinator_can(street: Street) -> None:
    case = await street.claimed()
    with pytest.raises(CaseChanged, match="Samira"):
        await street.work.close(await street.worker("joost"), case.id, Result.HELPED)
    await street.work.close(await street.worker("petra"), case.id, Result.OTHER)
    assert (await street.now(case)).state is State.CLOSED


async def test_a_closed_case_can_be_taken_up_again(street: Street) -> None:
    case, samira = await street.claimed(), await street.worker("samira")
    await street.work.close(samira, case.id, Result.HELPED)
    again = await street.work.reopen(await street.worker("joost"), case.id)
    assert (again.state, again.worker) == (State.CLAIMED, "joost")
    assert (await street.last(case)).key == "utter_case_reopened"


async def test_a_colleague_who_gets_a_case_has_its_card_and_the_resident_knows(street: Street) -> None:
    case, samira = await street.claimed(), await street.worker("samira")
    await street.work.hand_over(samira, case.id, "", "joost")
    assert (await street.now(case)).worker == "joost"
    assert (await street.last("joost")).text.startswith(f"{case.number} was handed over to you.")
    assert "Joost" in (await street.last(case)).text
    events = (await street.file(case)).events
    assert ("handed_over", "samira", "centre joost") in {(one.what, one.worker, one.detail) for one in events}


async def test_a_case_for_another_team_waits_there_and_is_told_there(street: Street) -> None:
    case, samira = await street.claimed(), await street.worker("samira")
    await street.work.hand_over(samira, case.id, "north", "")
    now = await street.now(case)
    assert (now.state, now.team, now.worker) == (State.WAITING, "north", "")
    assert now.due_at is not None
    assert (await street.last("noor")).case == case.id
    assert "Team Noord" in (await street.last(case)).text
    with pytest.raises(CaseUnknown):
        await street.work.note(samira, case.id, "nog iets")


async def test_nobody_gets_a_case_who_is_away_or_of_another_team(street: Street) -> None:
    case, samira = await street.claimed(), await street.worker("samira")
    await street.change("joost", active=False)
    for team, to in (("centre", "joost"), ("centre", "noor"), ("centre", "none"), ("none", "")):
        with pytest.raises(IllegalMove):
            await street.work.hand_over(samira, case.id, team, to)
    assert (await street.now(case)).worker == "samira"


async def test_a_case_that_is_given_back_is_told_to_others_first(street: Street) -> None:
    case = await street.claimed()
    await street.work.release(await street.worker("samira"), case.id)
    assert (await street.now(case)).state is State.WAITING
    assert (await street.last("joost")).case == case.id
    assert not await street.told("samira")
    assert "Team Centrum" in (await street.last(case)).text
    assert "058 123 45 67" in (await street.last(case)).text


async def test_the_number_is_shown_and_that_is_logged(street: Street) -> None:
    case = await street.claimed(how=How.CALL)
    async with street.store.unit() as unit:
        await unit.keep_phone(case.id, "+31612345678")
    assert await street.work.phone(await street.worker("joost"), case.id) == "+31612345678"
    last = (await street.file(case)).events[-1]
    assert (last.what, last.worker) == ("phone", "joost")
    assert "316" not in last.detail


async def test_a_card_holds_area_language_topic_and_waiting_time(street: Street) -> None:
    await street.team(CENTRE, text_in_telegram=False)
    case = await street.case("mijn geheim", language="ar")
    street.clock.move(minutes=12)
    await street.work.tell(case.id)
    card = await street.last("samira")
    for words in (case.number, "de Vlietzone", "العربية", "12 min"):
        assert words in card.text
    assert "geheim" not in card.text
    assert labels(card) == ["Ik pak deze op", "Niet ik", "Werkplek openen"]
    assert card.case == case.id


async def test_without_text_in_telegram_the_card_logs_in_once_to_this_case_alone(street: Street) -> None:
    await street.team(CENTRE, text_in_telegram=False)
    case = await street.case()
    await street.work.tell(case.id)
    link = button_of(await street.last("samira"), "Werkplek")
    assert link.style is ButtonStyle.LINK
    token = link.data.removeprefix("https://buurt.example/desk/in/")
    async with street.store.unit() as unit:
        assert await unit.use_token(token, "login", street.clock()) == ("samira", case.id)
        assert await unit.use_token(token, "login", street.clock()) is None


async def test_the_link_on_a_card_works_for_fifteen_minutes(street: Street) -> None:
    await street.team(CENTRE, text_in_telegram=False)
    await street.work.tell((await street.case()).id)
    token = button_of(await street.last("samira"), "Werkplek").data.rpartition("/")[2]
    street.clock.move(minutes=15)
    async with street.store.unit() as unit:
        assert await unit.use_token(token, "login", street.clock()) is None


async def test_where_the_team_allows_it_the_card_shows_the_words_protected(street: Street) -> None:
    case = await street.case("Ik kan de huur niet betalen.")
    await street.work.tell(case.id)
    card = await street.last("samira")
    assert "Ik kan de huur niet betalen." in card.text
    assert card.protect
    assert button_of(card, "Werkplek").data == f"https://buurt.example/desk/cases/{case.id}"


async def test_a_red_flag_is_marked_and_told_to_everybody_on_duty(street: Street) -> None:
    case = await street.case(flag=Flag.SUICIDE)
    await street.work.tell(case.id)
    assert (await street.last("samira")).text.startswith("🔴 SPOED")
    assert (await street.last("joost")).text.startswith("🔴 URGENT")
    assert not await street.told("petra")
    assert not await street.told("noor")


async def test_telling_sets_when_the_next_step_comes_and_logs_who_was_told(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    now = await street.now(case)
    assert now.due_at is not None
    assert now.due_at > street.clock()
    told = {event.worker for event in (await street.file(case)).events if event.what == "told"}
    assert told == {"samira", "joost"}


async def test_a_case_that_no_longer_waits_is_told_to_nobody(street: Street) -> None:
    case = await street.claimed()
    assert (await street.work.tell(case.id)).tell == ()
    assert not await street.told("joost")


async def test_a_coordinator_elsewhere_hears_that_nobody_answers_but_not_what(street: Street) -> None:
    await street.change("petra", teams=("north",))
    case = await street.case("mijn geheim", step=2)
    await street.work.tell(case.id)
    card = await street.last("petra")
    assert "Team Centrum" in card.text
    assert "geheim" not in card.text
    assert not card.buttons
    assert not card.case


async def test_when_everybody_told_says_not_me_the_next_step_comes_at_once(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    await street.work.pass_on(await street.worker("samira"), case.id)
    assert (await street.now(case)).due_at != street.clock()
    await street.work.pass_on(await street.worker("joost"), case.id)
    assert (await street.now(case)).due_at == street.clock()


async def test_who_leaves_has_their_cases_moved_to_the_queue(street: Street) -> None:
    cases = [await street.claimed(), await street.claimed()]
    await street.change("samira", active=False)
    assert await street.work.move_cases("samira") == 2
    assert await street.work.move_cases("samira") == 0
    for case in cases:
        assert (await street.now(case)).state is State.WAITING
        assert "returned" in await street.log(case)
    assert {told.case for told in await street.told("joost")} == {case.id for case in cases}


async def test_a_file_goes_along(street: Street) -> None:
    case = await street.claimed()
    photo = File("telegram", "photo1", Kind.PHOTO, 1000)
    await street.work.reply(await street.worker("samira"), case.id, "", photo)
    told = await street.last(case)
    assert (told.text, told.file) == ("Samira:", photo)
    with pytest.raises(IllegalMove):
        await street.work.reply(await street.worker("samira"), case.id, "  ")


async def test_a_code_from_the_desk_links_a_chat_once(street: Street) -> None:
    async with street.store.unit() as unit:
        await unit.link_chat("joost", "")
        await unit.give_token("abc", "link", "joost", street.clock.now.replace(hour=13))
    link, chat = LinkWorker(street.office), await street.somebody("new phone")
    assert (await link("abc", chat)).text.startswith("Hello Joost")
    found = await street.store.worker_at(chat)
    assert found is not None
    assert found.id == "joost"
    assert (await link("abc", chat)).key == "staff_link_wrong"
    assert (await link("never", chat, "en")).text.startswith("This code does not work")


async def test_a_code_in_a_group_links_nobody_and_works_no_more(street: Street) -> None:
    async with street.store.unit() as unit:
        await unit.give_token("abc", "link", "joost", street.clock.now.replace(hour=13))
    link, group, before = LinkWorker(street.office), await street.somebody("a group"), street.chats["joost"]
    assert (await link("abc", group, in_group=True)).key == "staff_link_wrong"
    assert await street.store.worker_at(group) is None
    assert (await street.worker("joost")).chat == before
    assert (await link("abc", await street.somebody("who read it there"))).key == "staff_link_wrong"


async def test_the_desk_gets_the_same_use_cases(street: Street) -> None:
    case, desk = await street.case(), street.work.for_desk
    samira = await street.worker("samira")
    await desk.claim(samira, case.id)
    await desk.reply(samira, case.id, "Dag.")
    await desk.hand_over(samira, case.id, NORTH.id, "")
    assert (await street.now(case)).team == "north"


async def test_what_the_resident_writes_reaches_their_worker_in_both_languages(street: Street) -> None:
    case = await street.claimed(language="tr", translator="LibreTranslate")
    said = Said(Author.RESIDENT, "kira", "tr", NOON, translation="huur", translator="LibreTranslate")
    await bring(street, case, said)
    told = await street.last("samira")
    assert told.case == case.id
    assert told.protect
    assert told.text.index("huur") < told.text.index("kira")
    assert "LibreTranslate" in told.text


async def test_where_words_stay_on_the_desk_the_worker_gets_only_a_link(street: Street) -> None:
    await street.team(CENTRE, text_in_telegram=False)
    case = await street.claimed()
    await bring(street, case, Said(Author.RESIDENT, "mijn geheim", "nl", NOON))
    told = await street.last("samira")
    assert "geheim" not in told.text
    assert "/desk/in/" in button_of(told, "Werkplek").data


@pytest.mark.parametrize("changes", [{"teams": ("north",)}, {"active": False}], ids=["another team", "left"])
async def test_words_do_not_go_to_who_may_no_longer_see_the_case(street: Street, changes: dict[str, object]) -> None:
    case = await street.claimed()
    await street.change("samira", **changes)
    before = len(await street.told("samira"))
    await bring(street, case, Said(Author.RESIDENT, "mijn geheim", "nl", NOON))
    assert len(await street.told("samira")) == before


async def test_a_translation_that_failed_is_marked_for_the_worker(street: Street) -> None:
    case = await street.claimed()
    await bring(street, case, Said(Author.RESIDENT, "kira", "tr", NOON, translator="failed"))
    assert "Vertalen lukte niet." in (await street.last("samira")).text


async def test_a_photo_of_the_resident_goes_along_and_a_long_text_is_cut(street: Street) -> None:
    case, photo = await street.claimed(), File("telegram", "p", Kind.PHOTO)
    await bring(street, case, Said(Author.RESIDENT, "", "nl", NOON, file=photo))
    assert (await street.last("samira")).file == photo
    await bring(street, case, Said(Author.RESIDENT, "lang " * 2000, "nl", NOON))
    assert len((await street.last("samira")).text) < 2000


async def bring(street: Street, case: Case, said: Said) -> None:
    """As the resident's side does: the message kept and brought in one transaction."""
    async with street.store.unit() as unit:
        change = Change(street.office, unit, await street.now(case), "", street.clock())
        await unit.add_said(case.id, said)
        await street.work.tell.said(change, said)
