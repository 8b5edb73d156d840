"""Ten editors at once, each with a connection of their own: nothing is lost, and every conflict is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterable
from dataclasses import replace

import pytest

from bot.core.content import Answer
from bot.core.errors import DraftChanged, EntryChanged
from bot.core.revision import Draft, Revision
from bot.store.store import SqlStore
from tests.store.newsroom import FLU, Again, a_draft, a_revision, keep, published

MANY = 10
EDITORS = tuple(f"editor{number}" for number in range(MANY))


async def saves(store: SqlStore, draft: Draft, start: asyncio.Barrier) -> None:
    """What an open window does: it has looked, and all windows save at the same moment."""
    async with store.unit() as unit:
        await unit.draft(draft.ref, draft.author)
        await start.wait()
        await unit.keep_draft(draft, draft.version - 1)


async def publishes(store: SqlStore, author: str, base: int, start: asyncio.Barrier) -> Revision:
    async with store.unit() as unit:
        draft = await unit.draft(FLU, author)
        assert draft
        await start.wait()
        kept = await unit.publish(a_revision(base=base, body=draft.body, author=author))
        await unit.drop_draft(FLU, author)
        return kept


async def ends(*tasks: Coroutine[object, object, object]) -> list[object]:
    return list(await asyncio.gather(*tasks, return_exceptions=True))


def refused(found: Iterable[object]) -> Counter[type]:
    return Counter(type(one) for one in found if isinstance(one, BaseException))


@pytest.mark.parametrize("version", [1, 2])
async def test_ten_editors_who_save_the_same_entry_at_once_each_keep_their_own(again: Again, version: int) -> None:
    start = asyncio.Barrier(MANY)
    wanted = {editor: a_draft(editor, text=f"De tekst van {editor}.", version=version) for editor in EDITORS}
    if version > 1:
        for editor in EDITORS:
            await keep(again(), a_draft(editor, text="begin"))
    assert await ends(*(saves(again(), draft, start) for draft in wanted.values())) == [None] * MANY
    assert {draft.author: draft for draft in await again().drafts(FLU)} == wanted


async def test_one_editor_in_ten_windows_keeps_one_version_and_is_told_nine_times(again: Again) -> None:
    stores = [again() for _ in range(MANY)]
    for version in (1, 2, 3):
        start = asyncio.Barrier(MANY)
        windows = [a_draft(text=f"venster {number}, versie {version}", version=version) for number in range(MANY)]
        found = await ends(*(saves(store, draft, start) for store, draft in zip(stores, windows, strict=True)))
        assert refused(found) == {DraftChanged: MANY - 1}
        assert await stores[0].drafts() == [windows[found.index(None)]], "the one who was not told is kept"


async def test_ten_who_publish_on_the_same_version_make_one_revision_and_lose_no_draft(again: Again) -> None:
    stores = [again() for _ in range(MANY)]
    [before] = await published(stores[0], a_revision())
    for base in (before.id, None):
        start = asyncio.Barrier(MANY)
        newest = base or (await stores[0].marks())[0]
        kept = {draft.author for draft in await stores[0].drafts()}
        for editor in set(EDITORS) - kept:
            await keep(stores[0], a_draft(editor, text=f"De tekst van {editor}."))
        found = await ends(*(publishes(store, who, newest, start) for store, who in zip(stores, EDITORS, strict=True)))
        assert refused(found) == {EntryChanged: MANY - 1}
        [winner] = [one for one in found if isinstance(one, Revision)]
        assert (await stores[0].revisions(FLU))[0] == winner
        assert isinstance(winner.body, Answer)
        assert winner.body.text == f"De tekst van {winner.author}."
        left = {draft.author: draft for draft in await stores[0].drafts()}
        assert set(left) == set(EDITORS) - {winner.author}
        assert all(draft == a_draft(author, text=f"De tekst van {author}.") for author, draft in left.items())
    assert len(await stores[0].revisions(FLU)) == 3


async def test_ten_who_publish_different_entries_all_succeed(again: Again) -> None:
    start = asyncio.Barrier(MANY)

    async def publish(store: SqlStore, number: int) -> Revision:
        async with store.unit() as unit:
            await unit.marks()
            await start.wait()
            return await unit.publish(a_revision(replace(FLU, key=f"utter_{number}")))

    kept = await asyncio.gather(*(publish(again(), number) for number in range(MANY)))
    assert {one.id for one in kept} == {one.id for one in await again().published()}
    assert len({one.id for one in kept}) == MANY
