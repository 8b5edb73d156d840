"""Teams, areas, workers and templates come back as they were kept; a worker's chat is theirs alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import StoreBusy
from bot.core.revision import Field
from bot.core.team import Area, Role, Template, Worker
from bot.store.store import SqlStore
from bot.store.tables import residents, workers
from tests.store.neighbourhood import BILGAARD, NORTH, PIET, SAMIRA, SOUTH, opened, settle, somebody
from tests.store.residents import DAY, NOON, deliver_all, message, received


@pytest.fixture(autouse=True)
async def staff(store: SqlStore) -> None:
    await settle(store)


async def test_teams_come_back_by_name_with_their_hours_and_holidays(store: SqlStore) -> None:
    assert await store.teams() == [NORTH, SOUTH]


async def test_a_changed_team_takes_the_place_of_the_old_one(store: SqlStore) -> None:
    group = await somebody(store, in_group=True)
    changed = replace(SOUTH, name="Aan de Zuidkant", answer_minutes=5, group=group.resident.id)
    async with store.unit() as unit:
        await unit.keep_team(changed)
    assert await store.teams() == [changed, NORTH]


async def test_areas_come_back_by_postcode_and_can_go(store: SqlStore) -> None:
    other = Area("8911", "Binnenstad", "south")
    async with store.unit() as unit:
        await unit.keep_area(other)
        await unit.keep_area(replace(BILGAARD, team="south"))
    assert await store.areas() == [other, replace(BILGAARD, team="south")]
    async with store.unit() as unit:
        await unit.remove_area("8911")
        await unit.remove_area("0000")
    assert await store.areas() == [replace(BILGAARD, team="south")]


async def test_workers_come_back_by_name_with_their_teams_in_order(store: SqlStore) -> None:
    assert await store.workers() == [PIET, SAMIRA]
    assert await store.worker("samira") == SAMIRA
    assert await store.worker("nobody") is None


async def test_a_changed_worker_keeps_password_and_second_factor(store: SqlStore) -> None:
    changed = replace(
        SAMIRA,
        name="Ömer",
        teams=(),
        roles=frozenset({Role.EDITOR}),
        languages=(),
        on_duty=False,
        active=False,
        fields=(Field.MEDICAL, Field.LANGUAGE),
    )
    async with store.unit() as unit:
        await unit.keep_credentials("samira", password_hash="$argon2id$…", totp="JBSWY3DP", totp_last=7)
        await unit.keep_worker(changed)
    assert await store.worker("samira") == changed
    found = await store.credentials("samira@wijkteam.example") or pytest.fail("no log-in")
    assert (found.password_hash, found.totp, found.totp_last) == ("$argon2id$…", "JBSWY3DP", 7)
    assert found.worker == changed


async def test_an_address_belongs_to_one_worker_and_is_found_in_any_letters(store: SqlStore, rows) -> None:
    async with store.unit() as unit:
        await unit.keep_worker(replace(PIET, email=" Piet@Wijkteam.Example"))
    found = await store.credentials("PIET@wijkteam.example ") or pytest.fail("no log-in")
    assert found.worker == PIET

    async def again() -> None:
        async with store.unit() as unit:
            await unit.keep_worker(Worker("other", "PIET@wijkteam.example", "Piet 2"))

    with pytest.raises(StoreBusy):
        await again()
    assert await rows("workers") == 2


async def test_a_chat_has_one_worker_and_a_worker_one_chat(store: SqlStore) -> None:
    one, two = (await somebody(store)).resident.id, (await somebody(store)).resident.id
    async with store.unit() as unit:
        await unit.link_chat("samira", one)
        await unit.link_chat("samira", two)
    assert await store.worker_at(one) is None
    assert await store.worker_at(two) == replace(SAMIRA, chat=two)
    async with store.unit() as unit:
        await unit.link_chat("piet", two)
    assert await store.worker_at(two) == replace(PIET, chat=two)
    assert await store.worker("samira") == SAMIRA
    async with store.unit() as unit:
        await unit.keep_worker(replace(SAMIRA, chat=two))
        await unit.link_chat("piet", "")
    assert await store.worker_at(two) == replace(SAMIRA, chat=two)
    assert await store.worker_at("") is None


async def test_a_workers_chat_and_a_teams_group_are_never_cleaned_up(store: SqlStore, rows) -> None:
    chat, group = (await somebody(store)).resident.id, (await somebody(store, in_group=True)).resident.id
    await somebody(store)
    async with store.unit() as unit:
        await unit.link_chat("samira", chat)
        await unit.keep_team(replace(NORTH, group=group))
    await store.clean_up(NOON + 900 * DAY, keep=30 * DAY)
    assert await rows("residents") == await rows("residents", residents.c.id.in_([chat, group])) == 2
    assert await store.worker_at(chat) is not None


async def test_a_teams_group_stays_when_its_answer_is_delivered(store: SqlStore, rows) -> None:
    group = await received(store, message(who="-100", in_group=True))
    async with store.unit() as unit:
        await unit.keep_team(replace(NORTH, group=group.resident.id))
        await unit.finish(group.id)
    await deliver_all(store, group.resident.id)
    async with store.unit() as unit:
        await unit.stop(group.resident.id)
    assert await rows("residents") == 1


@pytest.mark.parametrize("keep_address", [True, False])
async def test_a_worker_who_asks_to_be_forgotten_is_unlinked(store: SqlStore, rows, keep_address: bool) -> None:
    chat = (await somebody(store)).resident.id
    async with store.unit() as unit:
        await unit.link_chat("samira", chat)
        await unit.forget(chat, keep_address=keep_address)
    assert await store.worker_at(chat) is None
    assert await rows("residents") == await rows("workers", workers.c.chat_id.is_not(None)) == 0


async def test_templates_come_back_by_name_in_every_language(store: SqlStore) -> None:
    ours = Template("t1", "north", "Welkom", {"nl": "Dag! Ik ben er.", "ar": "مرحبا"})
    all_teams = Template("t2", "", "afscheid", {"nl": "Tot ziens"})
    async with store.unit() as unit:
        await unit.keep_template(ours)
        await unit.keep_template(all_teams)
    assert await store.templates() == [all_teams, ours]
    async with store.unit() as unit:
        await unit.keep_template(replace(ours, texts={}))
        await unit.remove_template("t2")
    assert await store.templates() == [replace(ours, texts={})]


async def test_a_case_of_who_left_stays_with_their_name(store: SqlStore) -> None:
    case = await opened(store)
    async with store.unit() as unit:
        await unit.keep_case(case.claimed("piet", NOON))
        await unit.keep_worker(replace(PIET, active=False, teams=()))
    assert [one.id for one in await store.cases(worker="piet")] == [case.id]
