"""Nothing is forgotten: who hears what of a case when time goes by, and who never does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from structlog.testing import capture_logs

from bot.core.case import Author, Case, How, Result, Said, State
from bot.core.errors import CaseChanged
from bot.core.message import Chat
from bot.core.routing import Routing
from bot.core.team import Hours, Span
from bot.core.triage import Flag
from bot.services.cases.case_change import Change
from bot.services.cases.tell_staff import TellStaff
from bot.services.cases.watch_cases import WatchCases
from bot.services.ports import Resident
from tests.services.street import CENTRE, NORTH, Street, button_of, labels

WEEK = Hours(tuple(Span(day, time(9), time(17)) for day in range(5)))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Leeuwarden
SORRY = "utter_case_nobody_yet"


@pytest.fixture
async def watch(street: Street) -> WatchCases:
    await street.team(CENTRE, hours=WEEK)
    street.clock.now = MONDAY
    return WatchCases(street.office, street.work.tell)


async def opened(street: Street, at: datetime = MONDAY, **more: object) -> Case:
    """A case of which those who fit have just heard."""
    street.clock.now = at
    case = await street.case(**more)  # type: ignore[arg-type]
    await street.work.tell(case.id)
    return await street.now(case)


async def told(street: Street, *names: str) -> list[int]:
    """How many messages wait for each of these workers."""
    return [len(await street.told(name)) for name in names]


async def keys(street: Street, case: Case) -> list[str]:
    return [said.key for said in await street.told(case)]


async def steps(street: Street, case: Case) -> list[str]:
    return [event.detail for event in (await street.file(case)).events if event.what == "escalated"]


async def writes(street: Street, case: Case, text: str = "Bent u er nog?") -> None:
    """The resident writes in their case."""
    now = street.clock()
    async with street.store.unit() as unit:
        await unit.add_said(case.id, Said(Author.RESIDENT, text, "nl", now))
        await unit.keep_case((await street.now(case)).but(now, resident_at=now))


async def agree(street: Street, case: Case) -> None:
    """The resident may be asked later whether somebody helped."""
    async with street.store.unit() as unit:
        await unit.keep_case((await street.now(case)).but(street.clock(), follow_up=True))


# --- nobody took it -----------------------------------------------------------------------------


async def test_before_the_teams_time_is_up_nothing_happens(street: Street, watch: WatchCases) -> None:
    case = await opened(street)
    street.clock.move(minutes=59)
    assert await watch.watch() == 0
    assert await street.log(case) == ["opened", "told", "told"]


async def test_a_case_that_nobody_takes_goes_to_the_team_the_coordinator_and_the_resident(
    street: Street, watch: WatchCases
) -> None:
    case = await opened(street, topic="rent")
    assert await told(street, "samira", "joost", "petra") == [1, 1, 0]
    street.clock.move(minutes=60)
    await watch.watch()
    assert await told(street, "samira", "joost", "petra") == [2, 2, 1]
    street.clock.move(minutes=60)
    await watch.watch()
    assert await told(street, "samira", "joost", "petra") == [2, 2, 2]
    assert not await street.told(case)
    street.clock.move(minutes=60)
    await watch.watch()
    sorry = await street.last(case)
    assert (sorry.key, sorry.language) == (SORRY, "nl")
    assert CENTRE.phone in sorry.text
    assert "dinsdag en donderdag" in sorry.text
    assert await steps(street, case) == ["1", "2", "3"]
    assert (await street.now(case)).state is State.WAITING
    assert await told(street, "noor") == [0]


async def test_the_resident_hears_the_teams_own_walk_in_hours(street: Street, watch: WatchCases) -> None:
    await street.team(CENTRE, hours=WEEK, phone="", walk_in="elke vrijdag om 10.00 uur")
    case = await opened(street)
    for _ in range(3):
        street.clock.move(minutes=60)
        await watch.watch()
    text = (await street.last(case)).text
    assert "elke vrijdag om 10.00 uur" in text
    assert "088-000 00 00" in text


async def test_from_then_on_the_coordinators_hear_it_again_and_the_resident_no_more(
    street: Street, watch: WatchCases
) -> None:
    case = await opened(street)
    for _ in range(5):
        street.clock.move(minutes=60)
        await watch.watch()
    assert await keys(street, case) == [SORRY]
    assert await told(street, "samira", "petra") == [2, 4]
    assert await steps(street, case) == ["1", "2", "3"]
    assert (await street.now(case)).step == 3


async def test_without_a_coordinator_the_team_hears_it_again(street: Street, watch: WatchCases) -> None:
    await street.change("petra", active=False)
    case = await opened(street)
    for _ in range(3):
        street.clock.move(minutes=60)
        await watch.watch()
    assert await steps(street, case) == ["1", "3"]
    assert await keys(street, case) == [SORRY]
    assert await told(street, "samira", "joost") == [3, 3]


async def test_with_nobody_there_the_resident_is_told_and_who_comes_back_hears_of_it(
    street: Street, watch: WatchCases
) -> None:
    for name in ("samira", "joost", "petra"):
        await street.change(name, away_until=MONDAY + timedelta(hours=3))
    case = await opened(street)
    street.clock.move(minutes=60)
    await watch.watch()
    assert await keys(street, case) == [SORRY]
    street.clock.move(minutes=60)
    await watch.watch()
    assert await told(street, "samira", "joost", "petra") == [0, 0, 0]
    street.clock.move(minutes=60)
    await watch.watch()
    assert await told(street, "samira", "joost", "petra") == [1, 1, 0]
    assert await keys(street, case) == [SORRY]


async def test_when_everybody_said_not_me_the_next_step_leaves_them_alone(street: Street, watch: WatchCases) -> None:
    case = await opened(street)
    for name in ("samira", "joost"):
        await street.work.pass_on(await street.worker(name), case.id)
    await watch.watch()
    assert await told(street, "samira", "joost", "petra") == [1, 1, 1]
    assert await steps(street, case) == ["1"]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (datetime(2026, 11, 20, 15, 30, tzinfo=UTC), datetime(2026, 11, 23, 8, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        (datetime(2026, 12, 24, 15, 30, tzinfo=UTC), datetime(2026, 12, 28, 8, 30, tzinfo=UTC)),
        (datetime(2027, 3, 26, 15, 30, tzinfo=UTC), datetime(2027, 3, 29, 7, 30, tzinfo=UTC)),
        (datetime(2026, 10, 23, 14, 30, tzinfo=UTC), datetime(2026, 10, 26, 8, 30, tzinfo=UTC)),
    ],
    ids=["over a weekend", "at night", "over Christmas", "into summer time", "out of summer time"],
)
async def test_the_teams_time_counts_only_while_it_is_open(
    street: Street, watch: WatchCases, start: datetime, due: datetime
) -> None:
    hours = replace(WEEK, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
    await street.team(CENTRE, hours=hours)
    case = await opened(street, start)
    street.clock.now = due - timedelta(minutes=1)
    assert await watch.watch() == 0
    street.clock.now = due
    assert await watch.watch() == 1
    assert await steps(street, case) == ["1"]


async def test_a_red_flag_goes_by_the_clock_also_at_night(street: Street, watch: WatchCases) -> None:
    case = await opened(street, datetime(2026, 11, 21, 23, 0, tzinfo=UTC), flag=Flag.SUICIDE)
    for _ in range(3):
        street.clock.move(minutes=15)
        await watch.watch()
    assert await steps(street, case) == ["1", "2", "3"]
    assert await keys(street, case) == [SORRY]
    street.clock.move(minutes=15)
    await watch.watch()
    assert await told(street, "petra") == [3]


@pytest.mark.parametrize("quiet", [{"flag": Flag.VIOLENCE}, {"topic": "domestic_violence"}])
async def test_in_a_quiet_case_nothing_comes_unasked(
    street: Street, watch: WatchCases, quiet: dict[str, object]
) -> None:
    case = await opened(street, **quiet)  # type: ignore[arg-type]
    await agree(street, case)
    for _ in range(80):
        street.clock.move(minutes=60)
        await watch.watch()
    assert not await street.told(case)
    assert await steps(street, case) == ["1", "2", "3"]
    await street.work.claim(await street.worker("samira"), case.id)
    street.clock.move(days=8)
    await watch.watch()
    assert (await street.now(case)).state is State.WAITING
    assert await keys(street, case) == []


async def test_two_watchers_at_once_tell_nobody_twice(street: Street, watch: WatchCases) -> None:
    other = WatchCases(street.office, street.work.tell)
    case, taken = await opened(street), await street.claimed("joost")
    await agree(street, taken)
    before = await told(street, "samira", "petra")
    street.clock.move(minutes=60)
    assert sum(await asyncio.gather(watch.watch(), other.watch())) == 1
    assert await told(street, "samira", "petra") == [before[0] + 1, before[1] + 1]
    street.clock.move(days=4)
    await asyncio.gather(watch.watch(), other.watch())
    log = await street.log(taken)
    assert (log.count("returned"), log.count("follow_up")) == (1, 1)
    assert await steps(street, case) == ["1", "2"]


async def test_when_somebody_else_changed_the_case_just_now_it_waits_for_the_next_minute(
    street: Street, watch: WatchCases
) -> None:
    class Raced(TellStaff):
        async def within(self, change: Change, *, but: object = ()) -> Routing:
            raise CaseChanged("a moment ago")

    case = await opened(street)
    street.clock.move(minutes=60)
    with capture_logs() as lines:
        assert await WatchCases(street.office, Raced(street.office)).watch() == 0
    assert not lines
    assert not await steps(street, case)
    assert await watch.watch() == 1


async def test_one_broken_case_does_not_stop_the_others(street: Street, watch: WatchCases) -> None:
    broken, fine = await opened(street), await opened(street)

    class Broken(TellStaff):
        async def within(self, change: Change, *, but: object = ()) -> Routing:
            if change.case.id == broken.id:
                raise KeyError("what somebody wrote")
            return await super().within(change)

    street.clock.move(minutes=60)
    with capture_logs() as lines:
        assert await WatchCases(street.office, Broken(street.office)).watch() == 1
    assert await steps(street, fine) == ["1"]
    assert [(line["key"], line["error"]) for line in lines] == [(broken.id, "KeyError")]
    assert "wrote" not in str(lines)


# --- who has it is silent -----------------------------------------------------------------------


async def test_who_says_nothing_for_half_a_working_day_is_reminded_once(street: Street, watch: WatchCases) -> None:
    case = await street.claimed()
    street.clock.move(hours=3, minutes=59)
    await watch.watch()
    assert not await street.told("samira")
    for _ in range(3):
        street.clock.move(minutes=1)
        await watch.watch()
    (reminder,) = await street.told("samira")
    assert (reminder.key, reminder.case) == ("staff_reminder", case.id)
    assert case.number in reminder.text
    assert "Terug in de rij" in labels(reminder)
    assert (await street.log(case)).count("reminded") == 1
    assert (await street.now(case)).worker == "samira"


async def test_after_a_working_day_the_case_is_back_and_everybody_hears_it(street: Street, watch: WatchCases) -> None:
    case = await street.claimed()
    street.clock.now = datetime(2026, 11, 24, 8, 59, tzinfo=UTC)  # seven hours on Monday, not yet one on Tuesday
    await watch.watch()
    assert (await street.now(case)).worker == "samira"
    street.clock.move(minutes=1)
    await watch.watch()
    now = await street.now(case)
    assert (now.state, now.worker) == (State.WAITING, "")
    assert (await street.last("samira")).text == f"{case.number} staat weer in de rij: de bewoner wachtte een werkdag."
    assert (await street.last("joost")).case == case.id
    last = await street.last(case)
    assert last.key == "utter_case_back_in_queue"
    assert CENTRE.name in last.text
    assert CENTRE.phone in last.text
    back = next(event for event in (await street.file(case)).events if event.what == "returned")
    assert (back.worker, back.detail) == ("samira", "silent")


async def test_a_weekend_is_no_silence(street: Street, watch: WatchCases) -> None:
    street.clock.now = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # Friday, two hours before the end
    case = await street.claimed()
    street.clock.now = datetime(2026, 11, 23, 9, 59, tzinfo=UTC)
    assert await watch.watch() == 0
    street.clock.move(minutes=1)
    await watch.watch()
    assert "reminded" in await street.log(case)


async def test_an_answer_ends_the_silence_and_a_new_message_begins_another(street: Street, watch: WatchCases) -> None:
    case, samira = await street.claimed(), await street.worker("samira")
    street.clock.move(hours=4)
    await watch.watch()
    await street.work.reply(samira, case.id, "Dag.")
    street.clock.now = MONDAY + timedelta(days=3)
    assert await watch.watch() == 0
    await writes(street, case)
    street.clock.move(hours=4)
    await watch.watch()
    assert (await street.log(case)).count("reminded") == 2
    await writes(street, case, "Hallo?")  # writing again makes nobody wait longer
    street.clock.now = MONDAY + timedelta(days=4, hours=1)
    await watch.watch()
    assert (await street.now(case)).state is State.WAITING


async def test_a_note_is_a_word_only_of_who_does_not_chat(street: Street, watch: WatchCases) -> None:
    chat, call = await street.claimed(how=How.CHAT), await street.claimed(how=How.CALL)
    street.clock.move(hours=1)
    for case in (chat, call):
        await street.work.note(await street.worker("samira"), case.id, "Gebeld.")
    street.clock.now = MONDAY + timedelta(days=1)
    await watch.watch()
    assert [(await street.now(case)).worker for case in (chat, call)] == ["", "samira"]


async def test_a_colleague_who_gets_a_case_has_time_of_their_own(street: Street, watch: WatchCases) -> None:
    case = await street.claimed()
    street.clock.now = MONDAY + timedelta(hours=6)
    await street.work.hand_over(await street.worker("samira"), case.id, "centre", "joost")
    street.clock.now = MONDAY + timedelta(days=1)
    await watch.watch()
    assert (await street.now(case)).worker == "joost"


async def test_a_team_without_hours_is_counted_by_the_clock(street: Street, watch: WatchCases) -> None:
    await street.team(CENTRE)
    case = await street.claimed()
    street.clock.move(hours=8)
    await watch.watch()
    assert (await street.now(case)).state is State.WAITING


# --- who has it is gone -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gone",
    [{"away_until": MONDAY + timedelta(days=2)}, {"active": False}, {"teams": ("north",)}],
    ids=["ill", "left", "in another team now"],
)
async def test_the_cases_of_who_is_gone_move_within_a_minute(
    street: Street, watch: WatchCases, gone: dict[str, object]
) -> None:
    theirs, joosts = [await street.claimed(), await street.claimed()], await street.claimed("joost")
    await street.change("samira", **gone)
    street.clock.move(minutes=1)
    assert await watch.watch() == 2
    for case in theirs:
        assert (await street.now(case)).state is State.WAITING
        assert (await street.last(case)).key == "utter_case_back_in_queue"
        events = [(event.what, event.worker) for event in (await street.file(case)).events]
        assert events[-3:] == [("claimed", "samira"), ("returned", "samira"), ("told", "joost")]
    assert (await street.now(joosts)).worker == "joost"
    assert await watch.watch() == 0


async def test_who_blocked_the_assistant_loses_the_chat_but_not_what_they_take_on_the_desk(street: Street) -> None:
    stopped = street.chats["samira"]

    async def resident(chat_id: str) -> Resident | None:
        return Resident(chat_id, Chat("telegram", chat_id), stopped=chat_id == stopped)

    watch = WatchCases(street.office, street.work.tell, resident)
    case, joosts = await street.claimed(), await street.claimed("joost")
    assert await watch.watch() == 1
    assert (await street.now(case)).state is State.WAITING
    assert (await street.now(joosts)).worker == "joost"
    assert (await street.worker("samira")).chat == ""
    await street.work.claim(await street.worker("samira"), case.id)
    assert await watch.watch() == 0
    assert (await street.now(case)).worker == "samira"


# --- did it help? -------------------------------------------------------------------------------


async def test_after_three_days_without_contact_who_agreed_is_asked_once(street: Street, watch: WatchCases) -> None:
    case = await street.claimed()
    await street.work.reply(await street.worker("samira"), case.id, "Kom langs.")
    await agree(street, case)
    street.clock.move(days=3, minutes=-1)
    await watch.watch()
    assert "utter_case_follow_up" not in await keys(street, case)
    street.clock.move(minutes=1)
    await watch.watch()
    asked = await street.last(case)
    assert asked.key == "utter_case_follow_up"
    assert [button.data for row in asked.buttons for button in row] == ["c:helped", "c:not_helped"]
    assert not (await street.now(case)).follow_up
    street.clock.move(days=4)
    await watch.watch()
    assert (await keys(street, case)).count("utter_case_follow_up") == 1


async def test_a_message_of_the_resident_puts_the_question_off(street: Street, watch: WatchCases) -> None:
    case = await opened(street)
    await agree(street, case)
    street.clock.move(days=2)
    await writes(street, case)
    street.clock.move(days=2)
    await watch.watch()
    assert "utter_case_follow_up" not in await keys(street, case)


async def test_the_question_waits_until_somebody_is_there_to_read_the_answer(street: Street, watch: WatchCases) -> None:
    street.clock.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # Tuesday evening
    case = await street.claimed()
    await street.work.reply(await street.worker("samira"), case.id, "Kom langs.")
    await agree(street, case)
    street.clock.now = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)
    assert await watch.watch() == 0
    street.clock.now = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert await watch.watch() == 1


async def test_after_a_case_was_closed_only_who_did_not_say_whether_it_helped_is_asked(
    street: Street, watch: WatchCases
) -> None:
    quiet, said, old = [await street.claimed() for _ in range(3)]
    for case in (quiet, said, old):
        await agree(street, case)
        await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    async with street.store.unit() as unit:
        await unit.keep_case((await street.now(said)).but(street.clock(), helped=True))
        week_ago = street.clock() - timedelta(days=5)
        await unit.keep_case((await street.now(old)).but(street.clock(), closed_at=week_ago))
    street.clock.move(days=3)
    await watch.watch()
    asked = ["utter_case_follow_up" in await keys(street, case) for case in (quiet, said, old)]
    assert asked == [True, False, False]


async def test_many_closed_cases_hide_none_that_is_to_be_asked(
    street: Street, watch: WatchCases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.cases.watch_cases._LATEST", 1)
    old, fresh, later = [await street.claimed(flag=flag) for flag in (Flag.SUICIDE, None, None)]
    await agree(street, fresh)
    for case, days in ((old, 0), (fresh, 9), (later, 1)):
        street.clock.move(days=days)
        await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    street.clock.move(days=4)
    await watch.watch()
    assert "follow_up" in await street.log(fresh)


@pytest.mark.parametrize("agreed", [False, True])
async def test_who_did_not_agree_or_took_it_back_is_never_asked(
    street: Street, watch: WatchCases, agreed: bool
) -> None:
    case = await opened(street, team=NORTH.id)
    if agreed:
        await agree(street, case)
        async with street.store.unit() as unit:
            await unit.keep_case((await street.now(case)).withdrawn(street.clock()))
    street.clock.move(days=4)
    await watch.watch()
    assert "utter_case_follow_up" not in await keys(street, case)


async def test_the_buttons_of_the_question_have_words(street: Street, watch: WatchCases) -> None:
    case = await opened(street, language="en")
    await agree(street, case)
    street.clock.move(days=3)
    await watch.watch()
    assert button_of(await street.last(case), "Yes").data == "c:helped"
