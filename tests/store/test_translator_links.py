"""A translator's link works for its language until it ends or is taken back; its secret is not kept."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import StoreBusy
from bot.core.revision import TranslatorLink
from bot.store.store import SqlStore
from tests.store.residents import DAY, NOON

TOKEN = "the-secret-of-the-link"
LINK = TranslatorLink("l1", "tr", "Ayşe", "fatma", NOON + 14 * DAY)


@pytest.fixture
async def given(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.give_translator_link(LINK, TOKEN)


@pytest.mark.usefixtures("given")
async def test_a_link_works_again_and_again_until_it_ends(store: SqlStore) -> None:
    assert await store.translator_link(TOKEN, NOON) == LINK
    assert await store.translator_link(TOKEN, NOON + 13 * DAY) == LINK
    assert await store.translator_link(TOKEN, NOON + 14 * DAY) is None
    for other in ("", "guessed", LINK.id):
        assert await store.translator_link(other, NOON) is None


@pytest.mark.usefixtures("given")
async def test_a_link_that_is_taken_back_works_no_more(store: SqlStore) -> None:
    async with store.unit() as unit:
        await unit.end_translator_link("l1")
        await unit.end_translator_link("unknown")
    assert await store.translator_link(TOKEN, NOON) is None
    assert await store.translator_links(NOON) == []


@pytest.mark.usefixtures("given")
async def test_links_that_work_come_newest_first(store: SqlStore) -> None:
    later = TranslatorLink("l2", "ar", "Omar", "fatma", NOON + 15 * DAY)
    async with store.unit() as unit:
        await unit.give_translator_link(later, "another")
    assert await store.translator_links(NOON) == [later, LINK]
    assert await store.translator_links(NOON + 14 * DAY) == [later]


@pytest.mark.usefixtures("given")
async def test_a_secret_opens_one_link(store: SqlStore) -> None:
    async def again() -> None:
        async with store.unit() as unit:
            await unit.give_translator_link(TranslatorLink("l2", "ar", "Omar", "fatma", LINK.ends_at), TOKEN)

    with pytest.raises(StoreBusy):
        await again()


@pytest.mark.usefixtures("given")
async def test_only_a_hash_of_the_secret_is_kept(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        [row] = await connection.execute(text("SELECT * FROM translator_links"))
    assert "Ayşe" in row
    assert not [value for value in row if TOKEN in str(value)]


@pytest.mark.usefixtures("given")
async def test_an_ended_link_goes_a_day_later(store: SqlStore, rows) -> None:
    await store.clean_up(LINK.ends_at + DAY, 30 * DAY)
    assert await rows("translator_links") == 1
    await store.clean_up(LINK.ends_at + DAY + DAY / 24, 30 * DAY)
    assert await rows("translator_links") == 0
