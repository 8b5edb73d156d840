"""A YAML taken into an empty database brings back how Dutch answers changed: every translation stands as it stood."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.content import Content
from bot.core.drift import is_own_text, source_hash
from bot.core.entry import Kind
from bot.core.errors import EditError
from bot.core.file_read import FileRead
from bot.core.revision import Change
from bot.gateways.content_out import from_file, to_yaml
from bot.services.editing.export_content import exported, whole_history
from bot.services.editing.import_content import ImportContent
from bot.store.engine import open_engine
from bot.store.store import SqlStore
from bot.store.tables import audit
from bot.store.vault import Vault
from tests.ready_database import ready_sqlite
from tests.services.editors_room import EN, EVA, NL, RUTH, EditorsRoom
from tests.store.residents import KEY

FIRST = "De griepprik helpt tegen griep."
SECOND = "De griepprik maakt de kans op griep kleiner. Vraag uw huisarts om raad."
HPV, COVID = (replace(NL, key=key) for key in ("utter_hpv", "utter_covid_jab"))
_numbers = count()
Opening = Callable[[Content], Awaitable[EditorsRoom]]


@pytest.fixture
def content(content: Content) -> Content:
    """The real texts of three topics alone: all of them take long."""
    keys = {NL.key, HPV.key, COVID.key}
    told = {which: body for which, body in content.answers.items() if which[0] in keys}
    return replace(content, answers=told)


@pytest.fixture
async def opening(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> AsyncIterator[Opening]:
    """Opens the assistant on an empty database, on files that say `content`."""
    stores: list[SqlStore] = []

    def address() -> str:
        if kind == "sqlite":
            return ready_sqlite(tmp_path / f"{len(stores)}.db")
        ready, server = request.getfixturevalue("ready_postgres"), request.getfixturevalue("postgres")
        name = f"restored_{next(_numbers)}"
        server.psql(f"CREATE DATABASE {name} TEMPLATE {ready}")
        return str(server.get_uri(database=name))

    async def opened(content: Content) -> EditorsRoom:
        stores.append(SqlStore(open_engine(address()), Vault((KEY,))))
        return await EditorsRoom(stores[-1], content).settle()

    yield opened
    for store in stores:
        await store.close()


async def change_dutch_texts(room: EditorsRoom) -> None:
    """For safety and then in wording; in meaning; in wording; and back to the text of the files."""
    await room.publish(RUTH, NL, room.answer(text=FIRST), Change.SAFETY, reviewed=True)
    room.clock.move(days=1)
    await room.publish(EVA, EN, room.answer(EN, simple="The flu jab helps."))
    room.clock.move(days=1, seconds=1.25)
    await room.publish(RUTH, NL, room.answer(text=SECOND), Change.WORDING, reviewed=True)
    await room.publish(EVA, HPV, room.answer(HPV, text="Vraag het uw huisarts. Die weet het."), Change.MEANING)
    before = room.answer(COVID)
    await room.publish(EVA, COVID, room.answer(COVID, text="Vraag het uw huisarts. Die weet het."), Change.SAFETY)
    await room.publish(EVA, replace(COVID, language="tr"), room.answer(replace(COVID, language="tr"), simple="Aşı."))
    await room.publish(EVA, COVID, before, Change.WORDING)


async def document(room: EditorsRoom) -> bytes:
    return to_yaml(await exported(room.newsroom), await whole_history(room.newsroom))


async def restored(fresh: EditorsRoom, read: FileRead, room: EditorsRoom) -> EditorsRoom:
    """The empty one after a restore, an hour later than the old one was looked at."""
    fresh.clock.now = room.clock.now
    fresh.clock.move(seconds=3600)
    take_in = ImportContent(fresh.newsroom, fresh.editing.refresh)
    await take_in.apply(EVA, read.entries, "alles.yml", restore=True, history=read.history)
    return fresh


def standing(room: EditorsRoom) -> tuple[object, object]:
    return room.content.updating, room.content.withdrawn


async def stand_alike(*rooms: EditorsRoom) -> None:
    """Now, and until every fortnight is over."""
    now = max(room.clock.now for room in rooms)
    for days in (0, 11, 1, 1, 10):
        now += timedelta(days=days)
        for room in rooms:
            room.clock.now = now
            await room.editing.refresh()
        assert standing(rooms[0]) == standing(rooms[1]), now


async def test_what_was_withdrawn_for_safety_stays_withdrawn_and_the_fortnight_goes_on(
    opening: Opening, content: Content
) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    fresh = await restored(await opening(content), from_file(await document(room), {}), room)
    assert (NL.key, "tr") in fresh.content.withdrawn
    assert (HPV.key, "tr") in fresh.content.updating
    assert {(NL.key, "en"), (COVID.key, "tr")}.isdisjoint(fresh.content.updating | fresh.content.withdrawn)
    await stand_alike(room, fresh)
    assert (HPV.key, "tr") in fresh.content.withdrawn


async def test_export_wipe_import_and_export_give_the_same_bytes_with_the_history(
    opening: Opening, content: Content
) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    written = await document(room)
    assert b"change: safety" in written
    fresh = await restored(await opening(content), from_file(written, {}), room)
    assert await document(fresh) == written


async def test_files_that_know_a_part_of_it_are_not_told_again(opening: Opening, content: Content) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    answers = {**content.answers, (HPV.key, "nl"): room.answer(HPV)}
    known = {HPV.key: tuple((await whole_history(room.newsroom))[HPV.key])}
    base = replace(content, answers=answers, changes=known)
    later = EditorsRoom(room.store, base)
    later.clock.now = room.clock.now
    await later.editing.refresh()
    written = await document(later)
    fresh = await restored(await opening(base), from_file(written, {}), later)
    assert await document(fresh) == written
    assert await fresh.store.revisions(HPV) == []
    await stand_alike(later, fresh)


async def test_on_files_with_another_dutch_text_translations_stand_as_they_stood(
    opening: Opening, content: Content
) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    await room.publish(EVA, HPV, room.answer(HPV, text="Vraag het de GGD."), Change.WORDING)
    newer = {ref: replace(room.base.answers[ref], text="Nieuw.") for ref in ((NL.key, "nl"), (COVID.key, "nl"))}
    base = replace(content, answers={**content.answers, **newer})
    fresh = await restored(await opening(base), from_file(await document(room), {}), room)
    await stand_alike(room, fresh)


async def test_a_change_by_hand_that_nobody_explained_is_not_forgotten(opening: Opening, content: Content) -> None:
    first = await opening(content)
    await first.publish(EVA, NL, first.answer(text=FIRST), Change.WORDING)
    told = {NL.key: tuple((await whole_history(first.newsroom))[NL.key])}
    by_hand = {**content.answers, (NL.key, "nl"): first.answer(text="Heel anders.")}
    room = await opening(replace(content, answers=by_hand, changes=told))
    await room.publish(EVA, NL, room.answer(text=SECOND), Change.WORDING)
    assert (NL.key, "tr") in room.content.updating
    written = await document(room)
    same = await restored(await opening(room.base), from_file(written, {}), room)
    assert (await document(same), standing(same)) == (written, standing(room))
    other = await restored(await opening(content), from_file(written, {}), room)
    assert (NL.key, "tr") in other.content.updating | other.content.withdrawn


async def test_a_text_mended_in_the_file_is_a_change_in_meaning_of_today(opening: Opening, content: Content) -> None:
    room = await opening(content)
    await room.publish(EVA, NL, room.answer(text=FIRST), Change.WORDING)
    read = from_file(await document(room), {})
    mended = replace(read, entries={**read.entries, NL: room.answer(text=SECOND)})
    fresh = await restored(await opening(content), mended, room)
    assert (await fresh.store.source_changes())[-1].at == fresh.clock.now
    assert (NL.key, "tr") in fresh.content.updating
    fresh.clock.move(days=14)
    await fresh.editing.refresh()
    assert (NL.key, "tr") in fresh.content.withdrawn


async def test_a_file_that_tells_no_history_is_taken_in_with_the_line(opening: Opening, content: Content) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    fresh = await restored(await opening(content), from_file(to_yaml(await exported(room.newsroom)), {}), room)
    assert {(NL.key, "tr"), (HPV.key, "tr")} <= fresh.content.updating
    fresh.clock.move(days=14)
    await fresh.editing.refresh()
    assert {(NL.key, "tr"), (HPV.key, "tr")} <= fresh.content.withdrawn


async def test_the_rows_tell_what_is_known_of_each_version_and_no_more(opening: Opening, content: Content) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    old = list(reversed(await room.store.revisions(NL)))
    fresh = await restored(await opening(content), from_file(await document(room), {}), room)
    rows = list(reversed(await fresh.store.revisions(NL)))
    assert [(row.change, row.at, row.print) for row in rows] == [(row.change, row.at, row.print) for row in old]
    assert [is_own_text(row) for row in rows] == [False, True]
    assert source_hash(room.answer()) == rows[-1].print
    with pytest.raises(EditError):
        await fresh.editing.roll_back(EVA, NL, rows[0].id, "terug")
    logged = select(audit.c.what, audit.c.at).where(audit.c.about == f"{Kind.ANSWER} {NL.key} nl")
    assert isinstance(fresh.store, SqlStore)
    async with fresh.store._engine.connect() as connection:
        assert list(await connection.execute(logged)) == [("imported", fresh.clock.now)]


async def test_a_file_that_is_taken_in_beside_published_texts_leaves_their_history_alone(
    opening: Opening, content: Content
) -> None:
    room = await opening(content)
    await change_dutch_texts(room)
    read = from_file(await document(room), {})
    fresh = await opening(content)
    take_in = ImportContent(fresh.newsroom, fresh.editing.refresh)
    await take_in.apply(EVA, read.entries, "alles.yml", overrides="afgesproken met de GGD")
    assert [row.at for row in await fresh.store.source_changes()] == [fresh.clock.now] * 2
