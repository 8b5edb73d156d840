"""Cases: each has one owner and one version; what was said comes back, and goes when it is withdrawn."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import pytest

from bot.core.case import Author, Case, Event, Result, State
from bot.core.errors import CaseChanged, StoreBusy
from bot.core.triage import Flag
from bot.services.case_ports import CaseFile
from bot.store.store import SqlStore
from bot.store.tables import case_messages, cases
from tests.store.neighbourhood import FULL, PHOTO, a_case, keep, opened, said, settle, somebody
from tests.store.residents import DAY, NOON, answer, message, received, waiting

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def staff(store: SqlStore) -> None:
    await settle(store)


async def test_a_case_comes_back_as_it_was_kept_in_every_state(store: SqlStore) -> None:
    case = await opened(store, flag=Flag.SUICIDE, due_at=NOON + HOUR, **FULL)
    assert await store.case(case.id) == case
    for move in (
        lambda now: now.claimed("samira", NOON + HOUR),
        lambda now: now.but(NOON + HOUR, answered_at=NOON + HOUR, resident_at=NOON, step=2),
        lambda now: now.closed(Result.REFERRED, NOON + DAY),
        lambda now: now.but(NOON + DAY, helped=False),
        lambda now: now.reopened(NOON + 2 * DAY, worker_free=False),
        lambda now: now.withdrawn(NOON + 3 * DAY),
    ):
        case = await keep(store, move(case))
        assert await store.case(case.id) == case


async def test_an_unknown_case_is_none(store: SqlStore) -> None:
    assert await store.case("nothing") is None
    assert await store.case_file("nothing") is None
    assert await store.case_of("nobody") is None


async def test_whoever_keeps_an_outdated_case_is_refused(store: SqlStore) -> None:
    case = await opened(store)
    await keep(store, case.claimed("samira", NOON))
    with pytest.raises(CaseChanged, match="a moment ago"):
        await keep(store, case.claimed("piet", NOON))
    found = await store.case(case.id) or pytest.fail("the case is lost")
    assert (found.worker, found.version) == ("samira", 2)


async def test_the_unit_stays_usable_after_a_refusal(store: SqlStore) -> None:
    first = await opened(store)
    old = await keep(store, (await keep(store, first.claimed("piet", NOON))).closed(Result.HELPED, NOON))
    other = await opened(store, first.resident)
    async with store.unit() as unit:
        with pytest.raises(CaseChanged):
            await unit.keep_case(a_case(first.resident))
        with pytest.raises(CaseChanged):
            await unit.keep_case(old.reopened(NOON, worker_free=True))
        await unit.log_event(other.id, Event("opened", NOON))
    found = await store.case_file(other.id) or pytest.fail("the case is lost")
    assert found.events == (Event("opened", NOON),)
    assert await store.case(old.id) == old


async def test_a_resident_has_one_open_case_also_when_four_doors_open_at_once(store: SqlStore, rows) -> None:
    who = (await somebody(store)).resident.id
    ends = await asyncio.gather(*(opened(store, who) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(end, Case) for end in ends) == 1
    assert sum(isinstance(end, CaseChanged) for end in ends) == 3
    assert await rows("cases") == 1


async def test_the_same_case_kept_anew_is_refused(store: SqlStore, rows) -> None:
    case = await opened(store)
    with pytest.raises(CaseChanged):
        await keep(store, case)
    assert await rows("cases") == 1


async def test_a_case_for_a_team_that_does_not_exist_is_not_kept(store: SqlStore, rows) -> None:
    with pytest.raises(StoreBusy):
        await opened(store, team="nowhere")
    assert await rows("cases") == 0


async def test_the_open_case_of_a_resident_comes_before_closed_ones_and_the_last_closed_before_older(
    store: SqlStore,
) -> None:
    who = (await somebody(store)).resident.id
    for day in (2, 1):
        case = await keep(store, (await opened(store, who)).claimed("piet", NOON))
        await keep(store, case.closed(Result.OTHER, NOON + day * DAY))
    last = await store.case_of(who) or pytest.fail("no case")
    assert last.closed_at == NOON + 2 * DAY
    new = await opened(store, who)
    assert await store.case_of(who) == new


async def test_a_turn_begins_with_the_case_and_the_worker_of_its_chat(store: SqlStore) -> None:
    found = await somebody(store)
    taken, _ = await store.take(found.id) or pytest.fail("nothing waits")
    assert (taken.case, taken.worker) == (None, "")
    case = await opened(store, found.resident.id, **FULL)
    chat = await somebody(store)
    async with store.unit() as unit:
        await unit.link_chat("samira", chat.resident.id)
    taken, _ = await store.take(found.id) or pytest.fail("nothing waits")
    assert (taken.case, taken.worker) == (case, "")
    taken, _ = await store.take(chat.id) or pytest.fail("nothing waits")
    assert (taken.case, taken.worker) == (None, "samira")


async def test_a_hundred_cases_opened_at_once_and_taken_by_ten_workers_have_one_owner_each(
    store: SqlStore, rows
) -> None:
    who = [(await somebody(store)).resident.id for _ in range(100)]
    async with store.unit() as unit:
        for n in range(10):
            await unit.keep_worker(replace((await unit.workers())[0], id=f"w{n}", email=f"w{n}@x.example", chat=""))
    everything = await asyncio.gather(*(opened(store, one) for one in who))

    async def worker(name: str) -> list[str]:
        taken = []
        for case in everything:
            found = await store.case(case.id) or pytest.fail("the case is lost")
            if found.state is not State.WAITING:
                continue
            try:
                await keep(store, found.claimed(name, NOON))
            except CaseChanged:
                continue
            taken.append(case.id)
        return taken

    taken = await asyncio.gather(*(worker(f"w{n}") for n in range(10)))
    assert sorted(chain.from_iterable(taken)) == sorted(case.id for case in everything)
    assert await rows("cases", cases.c.state == "claimed", cases.c.version == 2) == 100
    assert await store.load() == {f"w{n}": len(mine) for n, mine in enumerate(taken) if mine}


async def test_two_who_tap_in_the_same_moment_are_told_apart(store: SqlStore) -> None:
    for _ in range(10):
        case = await opened(store)
        ends = await asyncio.gather(
            *(keep(store, case.claimed(worker, NOON)) for worker in ("samira", "piet")), return_exceptions=True
        )
        assert Counter(type(end) for end in ends) == {Case: 1, CaseChanged: 1}


async def test_red_flags_come_first_then_the_longest_waiting_and_what_is_over_last(store: SqlStore) -> None:
    late = await opened(store, opened_at=NOON + HOUR)
    early = await opened(store, opened_at=NOON)
    flagged = await opened(store, opened_at=NOON + DAY, flag=Flag.VIOLENCE)
    over = [await keep(store, (await opened(store)).withdrawn(NOON + day * DAY)) for day in (1, 2)]
    assert await store.cases() == [flagged, early, late]
    assert await store.cases(limit=1) == [flagged]
    assert await store.cases(states=list(State)) == [flagged, early, late, *reversed(over)]


async def test_the_list_is_of_these_teams_and_of_this_worker(store: SqlStore) -> None:
    north, south = await opened(store), await opened(store, team="south")
    mine = await keep(store, (await opened(store, team="south", opened_at=NOON + HOUR)).claimed("piet", NOON))
    assert await store.cases(teams={"north"}) == [north]
    assert await store.cases(teams=["north", "south"], worker="") == await store.cases(states=[State.WAITING])
    assert await store.cases(worker="piet") == [mine]
    assert await store.cases(teams={"south"}) == [south, mine]
    assert await store.cases(teams=()) == await store.cases(states=()) == []
    assert await store.load() == {"piet": 1}


async def test_a_case_is_due_when_its_time_has_come_and_not_when_it_is_over(store: SqlStore) -> None:
    due = await opened(store, due_at=NOON + HOUR)
    await opened(store, due_at=NOON + 2 * HOUR)
    await opened(store)
    gone = await opened(store, due_at=NOON)
    await keep(store, replace(gone.withdrawn(NOON), due_at=NOON))
    assert await store.due_cases(NOON) == []
    assert await store.due_cases(NOON + HOUR) == [due]


async def test_what_was_said_comes_back_in_order_with_its_translation(store: SqlStore) -> None:
    case = await opened(store)
    words = [
        said("ابنتي خائفة \ud83d", file=PHOTO),
        said("Wat naar voor u.", Author.WORKER, worker="samira", translation="يؤسفني", translator="LibreTranslate"),
        said("belt niet graag", Author.NOTE, worker="samira"),
    ]
    async with store.unit() as unit:
        ids = [await unit.add_said(case.id, one) for one in words]
        await unit.keep_translation(ids[0], "Mijn dochter is bang", "DeepL")
        await unit.log_event(case.id, Event("opened", NOON, detail="asked"))
        await unit.log_event(case.id, Event("claimed", NOON + HOUR, "samira"))
        await unit.keep_phone(case.id, "+31612345678")
    words[0] = replace(words[0], translation="Mijn dochter is bang", translator="DeepL")
    assert await store.case_file(case.id) == CaseFile(
        case,
        tuple(replace(one, id=number) for one, number in zip(words, ids, strict=True)),
        (Event("opened", NOON, detail="asked"), Event("claimed", NOON + HOUR, "samira")),
        has_phone=True,
    )
    assert ids == sorted(set(ids))


async def test_the_number_is_read_by_who_asks_and_can_be_wiped(store: SqlStore) -> None:
    case = await opened(store)
    async with store.unit() as unit:
        assert await unit.phone(case.id) == await unit.phone("nothing") == ""
        await unit.keep_phone(case.id, "+31612345678")
        assert await unit.phone(case.id) == "+31612345678"
    await keep(store, case.claimed("piet", NOON))
    async with store.unit() as unit:
        assert await unit.phone(case.id) == "+31612345678", "a change of the case leaves the number"
        await unit.keep_phone(case.id, "")
    found = await store.case_file(case.id) or pytest.fail("the case is lost")
    assert not found.has_phone


async def test_withdrawing_wipes_what_was_said_and_leaves_the_log_and_other_cases(store: SqlStore) -> None:
    mine, other = await opened(store, **FULL), await opened(store)
    async with store.unit() as unit:
        for case in (mine, other):
            await unit.add_said(case.id, said(file=PHOTO))
            await unit.log_event(case.id, Event("opened", NOON))
        await unit.keep_phone(mine.id, "+31612345678")
        await unit.wipe_said(mine.id)
        await unit.keep_case(mine.withdrawn(NOON))
    found = await store.case_file(mine.id) or pytest.fail("the case is lost")
    assert (found.said, found.has_phone, found.case.when) == ((), False, "")
    assert found.events == (Event("opened", NOON),)
    left = await store.case_file(other.id) or pytest.fail("the case is lost")
    assert len(left.said) == 1


async def test_a_reply_finds_its_case_and_a_deleted_message_none(store: SqlStore) -> None:
    one, two, chat = await opened(store), await opened(store), (await somebody(store)).resident.id
    async with store.unit() as unit:
        await unit.remember_sent(chat, one.id, ["11", "12"], NOON)
        await unit.remember_sent(chat, two.id, ["13"], NOON + HOUR)
        await unit.remember_sent(chat, two.id, [], NOON)
        await unit.remember_sent(chat, two.id, ["11"], NOON)
    assert await store.case_of_message(chat, "12") == one.id
    assert await store.case_of_message(chat, "13") == two.id
    assert await store.case_of_message(chat, "14") is await store.case_of_message(two.resident, "13") is None
    assert sorted(await store.sent_before(NOON + HOUR)) == [(chat, "11"), (chat, "12")]
    async with store.unit() as unit:
        await unit.forget_sent(chat, "12")
    assert await store.case_of_message(chat, "12") is None


async def test_a_delivery_about_a_case_or_to_a_chat_that_went_meanwhile_is_no_error(store: SqlStore, rows) -> None:
    case = await opened(store)
    async with store.unit() as unit:
        await unit.remember_sent("gone", case.id, ["1"], NOON)
        await unit.remember_sent(case.resident, "gone", ["1"], NOON)
    assert await rows("sent_messages") == 0


async def test_forgetting_a_resident_wipes_their_cases_and_keeps_the_logs(store: SqlStore, rows) -> None:
    found = await somebody(store)
    closed = await keep(store, (await opened(store, found.resident.id, **FULL)).claimed("piet", NOON))
    closed = await keep(store, closed.closed(Result.HELPED, NOON))
    case = await keep(store, (await opened(store, found.resident.id, due_at=NOON, **FULL)).claimed("samira", NOON))
    async with store.unit() as unit:
        for one in (closed, case):
            await unit.add_said(one.id, said(file=PHOTO))
            await unit.keep_phone(one.id, "+31612345678")
            await unit.log_event(one.id, Event("opened", NOON))
    asked = NOON + HOUR
    await received(store, replace(message("/forget", at=asked), chat=found.resident.chat))
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=False)
    assert await rows("case_messages") == 0
    assert (
        await rows("cases", cases.c.resident_id.is_(None), cases.c.when_sealed == "", cases.c.phone_sealed == "") == 2
    )
    file = await store.case_file(case.id) or pytest.fail("the case is lost")
    assert (file.case.state, file.case.worker, file.case.resident) == (State.WITHDRAWN, "", "")
    assert (file.case.closed_at, file.case.changed_at, file.case.due_at) == (asked, asked, None)
    assert file.events == (Event("opened", NOON),)
    again = await store.case(closed.id) or pytest.fail("the case is lost")
    assert (again.state, again.closed_at, again.worker) == (State.CLOSED, NOON, "piet")
    assert await store.load() == {}


@pytest.mark.parametrize("how", ["withdrawn", "forgotten"])
async def test_a_card_that_still_waits_for_a_worker_goes_with_the_words(store: SqlStore, how: str) -> None:
    resident, chat = await somebody(store), await somebody(store)
    case, other = await opened(store, resident.resident.id, **FULL), await opened(store)
    card, another = replace(answer("mijn dochter is bang"), case=case.id), replace(answer("iets anders"), case=other.id)
    async with store.unit() as unit:
        await unit.link_chat("samira", chat.resident.id)
        await unit.post(chat.resident.id, [card, another, answer("teruggenomen")], NOON)
        if how == "withdrawn":
            await unit.wipe_said(case.id)
        else:
            await unit.forget(resident.resident.id, keep_address=True)
    assert await waiting(store, chat.resident.id) == ["iets anders", "teruggenomen"]


async def test_nobody_brings_words_back_that_were_forgotten(store: SqlStore) -> None:
    found = await somebody(store)
    case = await opened(store, found.resident.id, **FULL)
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=True)
    with pytest.raises(CaseChanged):
        await keep(store, case.claimed("piet", NOON))
    assert await store.case_of(found.resident.id) is None


async def test_forgetting_leaves_the_case_of_another(store: SqlStore, rows) -> None:
    case, gone = await opened(store, **FULL), (await somebody(store)).resident.id
    async with store.unit() as unit:
        await unit.add_said(case.id, said())
        await unit.forget(gone, keep_address=False)
    assert await store.case(case.id) == case
    assert await rows("case_messages", case_messages.c.case_id == case.id) == 1


async def test_a_resident_stays_while_somebody_waits_for_them_and_a_week_after(store: SqlStore, rows) -> None:
    case = await opened(store)
    await store.clean_up(NOON + 200 * DAY, keep=30 * DAY)
    assert await store.case_of(case.resident) == case
    case = await keep(store, case.claimed("piet", NOON))
    await keep(store, case.closed(Result.HELPED, NOON + 200 * DAY))
    await store.clean_up(NOON + 206 * DAY, keep=30 * DAY)
    assert await rows("residents") == 1, "writing again within seven days opens it again"
    await store.clean_up(NOON + 208 * DAY, keep=30 * DAY)
    assert await rows("residents") == 0
    found = await store.case(case.id) or pytest.fail("the case is lost")
    assert found.resident == ""


async def test_a_case_goes_twelve_months_after_its_end_and_its_log_after_twenty_four(store: SqlStore, rows) -> None:
    await opened(store)
    over = await opened(store)
    async with store.unit() as unit:
        await unit.add_said(over.id, said())
        await unit.keep_phone(over.id, "+31612345678")
        await unit.log_event(over.id, Event("withdrawn", NOON))
        await unit.keep_case(over.withdrawn(NOON))
    await store.clean_up(NOON + 365 * DAY, keep=30 * DAY)
    assert await rows("cases") == 2
    assert await rows("case_messages") == 1
    assert await rows("cases", cases.c.phone_sealed != "") == 0, "nobody calls any more"
    await store.clean_up(NOON + 366 * DAY, keep=30 * DAY)
    assert await rows("cases") == 1, "the open one is never lost"
    assert await rows("case_messages") == 0
    assert await rows("case_events") == 1
    await store.clean_up(NOON + 731 * DAY, keep=30 * DAY)
    assert await rows("case_events") == 0


async def test_where_workers_were_told_goes_after_three_days(store: SqlStore) -> None:
    case, chat = await opened(store), (await somebody(store)).resident.id
    async with store.unit() as unit:
        await unit.remember_sent(chat, case.id, ["1"], NOON)
    await store.clean_up(NOON + 3 * DAY, keep=30 * DAY)
    assert await store.case_of_message(chat, "1") == case.id
    await store.clean_up(NOON + 3.01 * DAY, keep=30 * DAY)
    assert await store.case_of_message(chat, "1") is None
