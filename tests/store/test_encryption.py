"""Nothing readable in the database; keys can be changed; a wrong key is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.case import Author
from bot.core.errors import StoreUnusable
from bot.core.team import Worker
from bot.services.case_ports import Session
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.tables import inbox, metadata, outbox
from bot.store.vault import Vault
from tests.store.neighbourhood import FULL, PHOTO, SAMIRA, opened, said, settle
from tests.store.residents import DAY, KEY, NOON, TALK, answer, answered, deliver_all, message, received, waiting

ADDRESS, SECRET, REPLY, STATE = (
    "31612345678",
    "mijn dochter is zwanger",
    "Wat fijn dat u het vraagt",
    "pregnant-slot",
)
PHONE, EMAIL, TOTP, LOG_IN = "+31687654321", "geheim@wijkteam.example", "JBSWY3DPEHPK3PXP", "one-tap-secret"
CASE_SECRETS = (PHONE, EMAIL, TOTP, LOG_IN, "dochter", "troost", "Trost", "na vijven", "AgACAgQ", "uitslag.jpg")
NEW = Fernet.generate_key().decode()


async def plant(store: SqlStore) -> None:
    """Every kind of text, waiting and dealt with."""
    for who, done in ((ADDRESS, False), (ADDRESS + "9", True)):
        found = await received(store, message(SECRET, who, update_id=f"update-{who}"))
        async with store.unit() as unit:
            await unit.keep_conversation(found.resident.id, TALK.but(snapshot=STATE), NOON)
            await unit.post(found.resident.id, [answer(REPLY)], NOON)
            if done:
                await unit.finish(found.id)
        if done:
            await deliver_all(store, found.resident.id)


async def plant_cases(store: SqlStore) -> None:
    """A case with words of both sides, a file, a number; a worker who can log in in every way."""
    await settle(store)
    case = await opened(store, **FULL)
    worker = Worker("w", EMAIL, "Wil")
    async with store.unit() as unit:
        await unit.keep_worker(worker)
        await unit.keep_credentials("w", password_hash="$argon2id$", totp=TOTP)
        await unit.open_session(LOG_IN, "w", NOON + DAY)
        await unit.give_token(LOG_IN, "login", "w", NOON + DAY)
        said_id = await unit.add_said(case.id, said(SECRET, file=PHOTO))
        await unit.keep_translation(said_id, "Trost", "DeepL")
        await unit.add_said(case.id, said("veel troost", Author.WORKER, translation="Trost", translator="DeepL"))
        await unit.keep_phone(case.id, PHONE)


async def test_no_column_holds_a_readable_text_or_address(store: SqlStore, engine: AsyncEngine) -> None:
    await plant(store)
    await plant_cases(store)
    async with engine.connect() as connection:
        values = [
            str(value)
            for table in metadata.sorted_tables
            for row in await connection.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608
            for value in row
        ]
    assert len(values) > 150
    for secret in (ADDRESS, SECRET, REPLY, STATE, "griep", "update-", *CASE_SECRETS):
        assert not [value for value in values if secret in value]


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_no_byte_of_the_file_or_its_log_is_readable(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    await migrate(engine)
    await plant(SqlStore(engine, Vault((KEY,))))
    await plant_cases(SqlStore(engine, Vault((KEY,))))
    running = content_of(tmp_path)
    assert running["buurtvraag.db-wal"]
    await engine.dispose()
    closed = content_of(tmp_path)
    assert b"telegram" in closed["buurtvraag.db"], "what is not secret is found this way"
    for secret in (ADDRESS, SECRET, REPLY, STATE, "griep", "update-", *CASE_SECRETS):
        for files in (running, closed):
            assert not [name for name, content in files.items() if secret.encode() in content]


async def test_what_is_wiped_does_not_lie_about_in_the_file(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    await migrate(engine)
    store = SqlStore(engine, Vault((KEY,)))
    found = await answered(store, message(), "een")
    async with engine.connect() as connection:
        [sealed] = (await connection.execute(select(outbox.c.body_sealed))).scalars()
    async with store.unit() as unit:
        await unit.forget(found.resident.id, keep_address=False)
    await store.close()
    assert sealed[:60].encode() not in (tmp_path / "buurtvraag.db").read_bytes()


async def test_texts_of_the_old_key_are_read_and_new_ones_carry_the_new_keys_id(
    store: SqlStore, engine: AsyncEngine
) -> None:
    old = await answered(store, message("met de oude sleutel"), "oud")
    left = await received(store, message("met de oude sleutel"))
    rotated = SqlStore(engine, Vault((NEW, KEY)))
    await rotated.check_keys()
    taken, conversation = await rotated.take(left.id) or pytest.fail("nothing waits")
    assert (taken.incoming.text, conversation) == ("met de oude sleutel", TALK)
    new = await answered(rotated, message("met de nieuwe"), "nieuw")
    assert new.resident == old.resident, "the address is found under the same hash"
    assert await waiting(rotated, old.resident.id) == ["oud", "nieuw"]
    new_id = Vault((NEW,)).seal("x").partition(":")[0]
    async with engine.connect() as connection:
        sealed = list((await connection.execute(select(outbox.c.body_sealed).order_by(outbox.c.id))).scalars())
        address = (await connection.execute(text("SELECT address_sealed FROM residents"))).scalar_one()
    assert [token.startswith(new_id) for token in sealed] == [False, True]
    assert address.startswith(new_id), "the address is sealed anew at each message"


async def test_a_foreign_key_is_told_at_the_start_and_at_every_reading(store: SqlStore, engine: AsyncEngine) -> None:
    left = await received(store, message())
    foreign = SqlStore(engine, Vault((NEW,)))
    for use in (foreign.check_keys(), foreign.take(left.id)):
        with pytest.raises(StoreUnusable, match="Add the key it was made with"):
            await use
    assert await store.take(left.id) is not None


async def test_dropping_the_oldest_key_is_told_before_residents_are_lost(store: SqlStore, engine: AsyncEngine) -> None:
    rotated = SqlStore(engine, Vault((NEW, KEY)))
    await received(rotated, message())
    with pytest.raises(StoreUnusable, match="oldest key is missing"):
        await SqlStore(engine, Vault((NEW,))).check_keys()


async def test_dropping_the_oldest_key_is_told_also_when_only_staff_is_known(
    store: SqlStore, engine: AsyncEngine
) -> None:
    rotated = SqlStore(engine, Vault((NEW, KEY)))
    await settle(rotated)
    await rotated.check_keys()
    with pytest.raises(StoreUnusable, match="oldest key is missing"):
        await SqlStore(engine, Vault((NEW,))).check_keys()


async def test_a_case_of_the_old_key_is_read_and_its_worker_found_with_a_new_one(
    store: SqlStore, engine: AsyncEngine
) -> None:
    await settle(store)
    case = await opened(store, **FULL)
    async with store.unit() as unit:
        await unit.add_said(case.id, said(SECRET))
        await unit.open_session(LOG_IN, "samira", NOON + DAY)
    rotated = SqlStore(engine, Vault((NEW, KEY)))
    found = await rotated.case_file(case.id) or pytest.fail("the case is lost")
    assert (found.case, found.said[0].text) == (case, SECRET)
    assert await rotated.credentials(SAMIRA.email) is not None
    assert await rotated.session(LOG_IN, NOON) == Session(SAMIRA)


async def test_an_empty_database_accepts_any_key(store: SqlStore) -> None:
    await store.check_keys()


@pytest.mark.parametrize("keys", [(), ("",), ("short",), (KEY, "x" * 44), ("geheim €",)])
def test_a_malformed_key_is_told_in_words(keys: tuple[str, ...]) -> None:
    with pytest.raises(StoreUnusable, match="key"):
        Vault(keys)


async def test_a_changed_text_is_not_read(store: SqlStore, engine: AsyncEngine) -> None:
    left = await received(store, message())
    async with engine.begin() as connection:
        [sealed] = (await connection.execute(select(inbox.c.body_sealed))).scalars()
        await connection.execute(inbox.update().values(body_sealed=sealed[:-9] + "AAAAAAAA="))
    with pytest.raises(StoreUnusable):
        await store.take(left.id)
