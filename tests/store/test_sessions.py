"""What lets a worker in: log-ins, sessions and secrets that work once; and what they did."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.case_ports import Credentials, Session
from bot.store.store import SqlStore
from bot.store.tables import audit, sessions, tokens
from tests.store.neighbourhood import PIET, SAMIRA, settle
from tests.store.residents import DAY, NOON

HOUR = timedelta(hours=1)
EMAIL = "samira@wijkteam.example"


@pytest.fixture(autouse=True)
async def staff(store: SqlStore) -> None:
    await settle(store)


async def test_a_new_worker_has_no_password_and_no_second_factor(store: SqlStore) -> None:
    assert await store.credentials(EMAIL) == Credentials(SAMIRA, "", "", 0, 0, None)
    assert await store.credentials("stranger@wijkteam.example") is None


async def test_a_new_password_leaves_the_second_factor_and_the_other_way_round(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.keep_credentials("samira", password_hash="one", totp="JBSWY3DP")
        await unit.keep_credentials("samira", totp_last=56_000_000)
        await unit.keep_credentials("samira", password_hash="two")
        await unit.keep_credentials("samira")
    assert await store.credentials(EMAIL) == Credentials(SAMIRA, "two", "JBSWY3DP", 56_000_000, 0, None)
    async with store.unit() as unit:
        await unit.keep_credentials("samira", totp="")
    assert await store.credentials(EMAIL) == Credentials(SAMIRA, "two", "", 56_000_000, 0, None)


async def test_failures_are_counted_also_when_they_come_at_once_and_begin_anew_after_a_success(
    store: SqlStore,
) -> None:
    async def fail() -> None:
        async with store.unit() as unit:
            await unit.count_failure("samira", NOON + HOUR)

    await asyncio.gather(*(fail() for _ in range(5)))
    found = await store.credentials(EMAIL) or pytest.fail("no log-in")
    assert (found.failures, found.locked_until) == (5, NOON + HOUR)
    other = await store.credentials(PIET.email) or pytest.fail("no log-in")
    assert other.failures == 0
    async with store.unit() as unit:
        await unit.reset_failures("samira")
    found = await store.credentials(EMAIL) or pytest.fail("no log-in")
    assert (found.failures, found.locked_until) == (0, None)


async def test_a_session_lets_its_worker_in_until_it_ends(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.open_session("secret", "samira", NOON + HOUR)
        await unit.open_session("one case", "piet", NOON + HOUR, "c1")
    assert await store.session("secret", NOON) == Session(SAMIRA)
    assert await store.session("one case", NOON) == Session(PIET, "c1")
    assert await store.session("secret", NOON + HOUR) is None
    assert await store.session("guess", NOON) is None


async def test_a_session_ends_at_log_out_and_all_of_them_with_a_new_password(store: SqlStore) -> None:
    async with store.unit() as unit:
        for token, who in (("a", "samira"), ("b", "samira"), ("c", "samira"), ("d", "piet")):
            await unit.open_session(token, who, NOON + HOUR)
        await unit.end_session("a")
    assert await store.session("a", NOON) is None
    assert await store.session("b", NOON) is not None
    async with store.unit() as unit:
        await unit.end_sessions("samira")
    assert await store.session("b", NOON) is await store.session("c", NOON) is None
    assert await store.session("d", NOON) == Session(PIET)


async def test_a_session_of_who_left_lets_nobody_in(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.open_session("secret", "piet", NOON + HOUR)
        await unit.keep_worker(replace(PIET, active=False))
    assert await store.session("secret", NOON) is None


async def test_a_token_works_once_and_only_for_its_purpose(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.give_token("secret", "login", "samira", NOON + HOUR, "c1")
        assert await unit.use_token("secret", "link", NOON) is None
        assert await unit.use_token("secret", "login", NOON) == ("samira", "c1")
        assert await unit.use_token("secret", "login", NOON) is None
        assert await unit.use_token("guess", "login", NOON) is None


async def test_a_token_that_is_too_old_does_not_work(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.give_token("secret", "link", "samira", NOON + HOUR)
        assert await unit.use_token("secret", "link", NOON + HOUR) is None
        assert await unit.use_token("secret", "link", NOON) == ("samira", "")


async def test_a_token_that_many_use_at_once_works_for_one(store: SqlStore) -> None:
    async def use() -> tuple[str, str] | None:
        async with store.unit() as unit:
            return await unit.use_token("secret", "login", NOON)

    for _ in range(5):
        async with store.unit() as unit:
            await unit.give_token("secret", "login", "samira", NOON + HOUR)
        used = await asyncio.gather(*(use() for _ in range(8)))
        assert [one for one in used if one] == [("samira", "")]


async def test_a_token_taken_back_by_a_failure_still_works(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.give_token("secret", "login", "samira", NOON + HOUR)

    async def fail() -> None:
        async with store.unit() as unit:
            await unit.use_token("secret", "login", NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.unit() as unit:
        assert await unit.use_token("secret", "login", NOON) is not None


async def test_sessions_and_tokens_go_when_they_end_and_the_audit_after_twenty_four_months(
    store: SqlStore, rows
) -> None:
    async with store.unit() as unit:
        for end in (NOON, NOON + HOUR):
            await unit.open_session(f"s{end}", "samira", end)
            await unit.give_token(f"t{end}", "invite", "samira", end)
        await unit.audit("samira", "looked at a number", "case 1", NOON)
    await store.clean_up(NOON, keep=30 * DAY)
    assert await rows("sessions", sessions.c.ends_at == NOON + HOUR) == await rows("sessions") == 1
    assert await rows("tokens", tokens.c.ends_at == NOON + HOUR) == await rows("tokens") == 1
    await store.clean_up(NOON + 730 * DAY, keep=30 * DAY)
    assert await rows("audit", audit.c.worker_id == "samira", audit.c.about == "case 1") == 1
    await store.clean_up(NOON + 731 * DAY, keep=30 * DAY)
    assert await rows("audit") == 0


async def test_the_database_answers_a_ping(store: SqlStore) -> None:
    await store.ping()


async def test_a_session_tells_when_it_was_last_used(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.open_session("secret", "samira", NOON + HOUR)
        await unit.open_session("other", "samira", NOON + HOUR)
        await unit.use_session("secret", NOON)
        await unit.use_session("guess", NOON)
    assert await store.session("secret", NOON) == Session(SAMIRA, "", NOON)
    assert await store.session("other", NOON) == Session(SAMIRA)
