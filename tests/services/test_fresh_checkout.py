"""After an export into the files, a fresh checkout on an empty database serves what the old database served."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.core.answer import Voice
from bot.core.content import Answer, Content, Fact, Source, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.normalise import normalise
from bot.core.phrases import menu_group
from bot.core.revision import Change, Reading, Revision
from bot.gateways.content_files import load_content
from bot.gateways.content_out import from_yaml, to_yaml, write_back
from bot.gateways.example_files import NluExamples
from bot.services.editing.export_content import exported, source_history
from bot.services.editing.import_content import ImportContent
from bot.services.editing.put_live import print_of
from bot.services.editing.settle_ready import settle_ready
from bot.store.engine import open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.ready_database import ready_sqlite
from tests.services.editors_room import AGE, EN, EVA, NL, RUTH, TR, EditorsRoom

ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 11, 21)
DUTCH = "De griepprik maakt de kans op griep kleiner. Vraag uw huisarts om raad."
Opening = Callable[[Content], Coroutine[Any, Any, EditorsRoom]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout of the project's content."""
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "responses", root / "responses")
    for folder in (ROOT / "nlu").iterdir():
        if folder.is_dir() and folder.name not in {"components", "__pycache__"}:
            shutil.copytree(folder, root / "nlu" / folder.name)
    shutil.copy(ROOT / "domain.yml", root)
    return root


@pytest.fixture
async def opening(tmp_path: Path) -> AsyncIterator[Opening]:
    """Opens the assistant on an empty database."""
    stores: list[SqlStore] = []

    async def opened(content: Content) -> EditorsRoom:
        engine = open_engine(ready_sqlite(tmp_path / f"{len(stores)}.db"))
        stores.append(SqlStore(engine, Vault((Fernet.generate_key().decode(),))))
        room = await EditorsRoom(stores[-1], content).settle()
        await settle_ready(room.newsroom, "demo-")
        return room

    yield opened
    for store in stores:
        await store.close()


def new_topic(key: str, group: str) -> dict[Ref, Body]:
    """A topic as the desk makes one."""
    source = Source("RIVM", "https://www.rivm.nl", DAY)
    return {
        Ref(Kind.TOPIC, key): Topic(key, group),
        Ref(Kind.LABEL, f"topics.{key}", "nl"): Words(key.capitalize()),
        Ref(Kind.ANSWER, f"utter_{key}", "nl"): Answer(
            f"utter_{key}", "nl", "Drink water.", "Drink.", pictogram="info", sources=(source,)
        ),
        Ref(Kind.EXAMPLES, key, "nl"): Examples((f"vraag over {key}", f"nog een {key}?")),
    }


async def change_one_of_each(room: EditorsRoom) -> None:
    """Every kind of entry, changed, added and taken away where it can be."""
    flag = next(texts for (each, code), texts in room.content.flags.items() if (each, code) == ("suicide", "tr"))
    phrases = next(one for one in room.content.patterns if (one.flag, one.language) == ("suicide", "tr"))
    pressure = room.content.pressure["nl"]
    bodies: dict[Ref, Body | None] = {
        **new_topic("heat", "living"),
        **new_topic("bike", "living"),
        **new_topic("quiet", "diseases"),
        Ref(Kind.ANSWER, "utter_heat", "ar"): Answer("utter_heat", "ar", "اشرب الماء."),
        Ref(Kind.ANSWER, "utter_hpv", "fy"): None,
        Ref(Kind.LABEL, "buttons.menu", "tr"): Words("Baş menü"),
        Ref(Kind.FACT, "heat_degrees"): Fact("heat_degrees", {"nl": "35", "tr": "35°"}, "hitte", "https://x.nl", DAY),
        Ref(Kind.TERM, "huisarts", "nl"): None,
        Ref(Kind.TERM, "tocht", "nl"): Words("Wind die door kieren in huis komt."),
        Ref(Kind.PRESSURE, "words", "nl"): replace(pressure, words=(*pressure.words[1:], "zomaar")),
        Ref(Kind.CARD, "so"): Words("Wac {emergency_number}."),
        Ref(Kind.FLAG, "suicide", "tr"): RedFlag(
            replace(flag, question=f"{flag.question} Evet?"),
            replace(phrases, check_in=(*phrases.check_in, "yeni .. söz")),
        ),
        Ref(Kind.EXAMPLES, "greet", "tr"): Examples(("merhabalar dostum",)),
        Ref(Kind.TEMPLATE, "welcome"): ReadyText("Welkom", {"tr": "Merhaba", "nl": "Dag,\n\ntot morgen."}),
        Ref(Kind.TEMPLATE, "bye"): ReadyText("Tot ziens", {"nl": "Tot ziens."}),
    }  # fmt: skip
    at = room.clock()
    async with room.store.unit() as unit:
        for ref, body in bodies.items():
            change = Change.WORDING if ref.kind is Kind.ANSWER and ref.language == "nl" else None
            await unit.publish(Revision(0, ref, body, 0, "eva", "eva", at, change=change, print=print_of(body)))
        reading = Reading(NL.key, "nl", "Turkse vrouwen, 60+", understood=True, word="griep", worker="will", at=at)
        await unit.keep_reading(reading)
    await room.editing.refresh()
    await room.publish(EVA, AGE, room.fact(value="77"))


async def change_dutch_texts(room: EditorsRoom) -> None:
    """One for safety, one in meaning, one in wording; and a translation that was made since."""
    await room.publish(RUTH, NL, room.answer(text="De griepprik helpt tegen griep."), Change.SAFETY, reviewed=True)
    room.clock.move(days=1)
    await room.publish(EVA, EN, room.answer(EN, simple="The flu jab helps."))
    room.clock.move(days=1)
    await room.publish(RUTH, NL, room.answer(text=DUTCH), Change.WORDING, reviewed=True)
    for key, change in (("utter_hpv", Change.MEANING), ("utter_covid_jab", Change.WORDING)):
        ref = replace(NL, key=key)
        await room.publish(EVA, ref, room.answer(ref, text="Vraag het uw huisarts. Die weet het."), change)


async def export(room: EditorsRoom, root: Path) -> list[Path]:
    return write_back(root, await exported(room.newsroom), await source_history(room.newsroom))


def menu_pages(room: EditorsRoom) -> list[object]:
    """What a resident sees behind every choice of the menu, in every language."""
    voice = Voice(room.newsroom.served)
    return [menu_group(voice, group.key, code) for group in room.content.menu for code in ("nl", "tr", "ar")]


async def examples_of(room: EditorsRoom, root: Path) -> dict[tuple[str, str], set[str]]:
    """All questions that teach a topic, of the files and of the desk."""
    found: dict[tuple[str, str], set[str]] = {}
    files = NluExamples(root / "nlu")
    published = [one for one in await room.store.published() if isinstance(one.body, Examples)]
    for key in {*room.content.topics, *room.content.meta}:
        for code in room.content.labels:
            own = [one.body.texts for one in published if (one.ref.key, one.ref.language) == (key, code)]  # type: ignore[union-attr]
            texts = [*await files.of(key, code), *(text for each in own for text in each)]
            found[key, code] = {normalise(text) for text in texts}
    return found


async def test_a_fresh_checkout_says_what_the_database_said(project: Path, opening: Opening) -> None:
    room = await opening(load_content(project / "responses"))
    await change_one_of_each(room)
    await change_dutch_texts(room)
    examples = await examples_of(room, project)
    await settle_ready(room.newsroom, "demo-")
    assert await export(room, project)
    fresh = await opening(load_content(project / "responses"))
    fresh.clock.now = room.clock.now
    await fresh.editing.refresh()
    said, says = room.content, fresh.content
    for part in ("answers", "labels", "facts", "topics", "flags", "glossary", "pressure", "cards", "ready", "meta"):
        assert getattr(says, part) == getattr(said, part), part
    assert set(says.patterns) == set(said.patterns)
    assert menu_pages(fresh) == menu_pages(room)
    assert await examples_of(fresh, project) == examples
    assert await fresh.store.templates() == await room.store.templates()
    assert {one.name for one in await fresh.store.templates()} == {"Welkom", "Tot ziens"}


async def test_a_fresh_checkout_withdraws_the_same_translations(project: Path, opening: Opening) -> None:
    room = await opening(load_content(project / "responses"))
    await change_dutch_texts(room)
    assert (NL.key, "tr") in room.content.withdrawn
    assert {(NL.key, "en"), ("utter_covid_jab", "tr")}.isdisjoint(room.content.withdrawn | room.content.updating)
    await export(room, project)
    fresh = await opening(load_content(project / "responses"))
    for days in (0, 10, 20):
        room.clock.move(days=days)
        fresh.clock.now = room.clock.now
        for each in (room, fresh):
            await each.editing.refresh()
        assert (fresh.content.updating, fresh.content.withdrawn) == (room.content.updating, room.content.withdrawn)
    assert ("utter_hpv", "tr") in fresh.content.withdrawn


async def test_the_old_database_serves_the_same_on_the_exported_files(project: Path, opening: Opening) -> None:
    room = await opening(load_content(project / "responses"))
    await change_one_of_each(room)
    await change_dutch_texts(room)
    before = menu_pages(room)
    await export(room, project)
    again = EditorsRoom(room.store, load_content(project / "responses"))
    again.clock.now = room.clock.now
    await again.editing.refresh()
    assert again.content.answers == room.content.answers
    assert (again.content.updating, again.content.withdrawn) == (room.content.updating, room.content.withdrawn)
    assert menu_pages(again) == before
    assert await export(again, project) == []
    await again.publish(RUTH, NL, again.answer(text=f"{DUTCH} Het kan nu."), Change.MEANING, reviewed=True)
    assert (NL.key, "en") in again.content.updating
    assert (NL.key, "tr") in again.content.withdrawn


async def test_who_changes_a_file_by_hand_makes_its_translations_be_renewed(project: Path, opening: Opening) -> None:
    room = await opening(load_content(project / "responses"))
    await room.publish(EVA, NL, room.answer(text=DUTCH), Change.WORDING)
    await export(room, project)
    base = load_content(project / "responses")
    answers = {**base.answers, (NL.key, "nl"): replace(base.answers[NL.key, "nl"], text="Heel anders.")}
    fresh = await opening(replace(base, answers=answers))
    assert (NL.key, "tr") in fresh.content.updating


async def test_a_message_that_left_the_files_leaves_social_workers_too(project: Path, opening: Opening) -> None:
    room = await opening(load_content(project / "responses"))
    base = replace(room.base, ready={"welcome": ("Welkom", {"nl": "Dag."})})
    first = EditorsRoom(room.store, base)
    await first.editing.refresh()
    assert await settle_ready(first.newsroom, "demo-") == 1
    assert await settle_ready(first.newsroom, "demo-") == 0
    assert [one.texts for one in await room.store.templates()] == [{"nl": "Dag."}]
    assert await settle_ready(room.newsroom, "demo-") == 1
    assert await room.store.templates() == []


async def test_a_document_on_the_exported_files_changes_nothing(project: Path, opening: Opening) -> None:
    room = await opening(load_content(project / "responses"))
    await change_one_of_each(room)
    written = to_yaml(
        {ref: body for ref, body in (await exported(room.newsroom)).items() if ref.kind is not Kind.EXAMPLES}
    )
    await export(room, project)
    fresh = await opening(load_content(project / "responses"))
    preview = await ImportContent(fresh.newsroom, fresh.editing.refresh).preview(from_yaml(written))
    assert [one.ref for one in preview.changes if one.after is not None] == []
    assert TR in await exported(fresh.newsroom)
