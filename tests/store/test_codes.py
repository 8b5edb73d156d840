"""A code of the second factor is used once, also by two servers at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pyotp
import pytest

from bot.desk.desk import Desk
from bot.desk.door.check import check
from bot.desk.door.password import Passwords
from bot.store.store import SqlStore
from tests.builders import Clock
from tests.store.neighbourhood import SAMIRA, settle
from tests.store.residents import NOON

SECRET, PASSWORD = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "vier woorden op een rij"
Again = Callable[[], SqlStore]


@pytest.fixture(autouse=True)
async def staff(store: SqlStore) -> None:
    await settle(store)


async def last_step(store: SqlStore) -> int:
    found = await store.credentials(SAMIRA.email)
    assert found is not None
    return found.totp_last


async def test_a_step_is_used_up_once_and_no_earlier_one_after_it(store: SqlStore) -> None:
    async with store.unit() as unit:
        assert [await unit.use_code("samira", step) for step in (7, 7, 6, 8, 7)] == [True, False, False, True, False]
        assert not await unit.use_code("nobody", 9)
    assert await last_step(store) == 8


async def test_of_servers_that_all_saw_the_code_unused_one_uses_it(store: SqlStore, again: Again) -> None:
    many = 6
    ready = asyncio.Barrier(many)

    async def log_in(server: SqlStore) -> bool:
        async with server.unit() as unit:
            known = await unit.credentials(SAMIRA.email)
            await ready.wait()
            assert known is not None
            assert known.totp_last == 0
            return await unit.use_code(known.worker.id, 7)

    used = await asyncio.gather(*(log_in(again()) for _ in range(many)))
    assert sorted(used) == [False] * (many - 1) + [True]
    assert await last_step(store) == 7


async def test_a_code_that_was_not_used_after_all_can_still_be_used(store: SqlStore) -> None:
    async def fail() -> None:
        async with store.unit() as unit:
            await unit.use_code("samira", 7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.unit() as unit:
        assert await unit.use_code("samira", 7)


async def test_two_log_ins_with_one_code_on_two_servers_let_one_in(store: SqlStore, again: Again) -> None:
    clock, passwords = Clock(NOON), Passwords()
    async with store.unit() as unit:
        kept = await passwords.hash(PASSWORD)
        await unit.keep_credentials("samira", password_hash=kept, totp=SECRET)
    desks = [Desk(again(), clock, *[None] * 5) for _ in range(4)]  # type: ignore[arg-type] - the door needs no more
    for _ in range(3):
        clock.move(seconds=30)
        code = pyotp.TOTP(SECRET).at(clock.now)
        verdicts = await asyncio.gather(*(check(desk, passwords, SAMIRA.email, PASSWORD, code) for desk in desks))
        assert len([one for one in verdicts if one.worker]) == 1
