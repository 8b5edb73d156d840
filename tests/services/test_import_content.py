"""Content from a file is published as a whole or not at all, and an empty database gets its own export back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.content import Answer, Content, Review, Source, Topic
from bot.core.drift import source_hash
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.errors import EditError, EntryChanged, ImportRefused
from bot.core.revision import Change, Reading, Revision
from bot.gateways.content_out import from_xlsx, from_yaml, to_xlsx, to_yaml
from bot.services.editing.content_changes import changes
from bot.services.editing.export_content import exported
from bot.services.editing.import_content import ImportContent
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.services.editors_room import AGE, ERIK, EVA, NL, RUTH, TR, WILL, EditorsRoom

GOOD = "De griepprik maakt de kans op griep kleiner. Vraag uw huisarts om raad."
LONG = "Dit is een hele lange zin die maar niet ophoudt omdat er steeds nog een woord bij komt en nog een en nog een."
SUICIDE = Ref(Kind.FLAG, "suicide", "nl")
NEW = Ref(Kind.ANSWER, "utter_heat", "nl")
Entries = dict[Ref, Body | None]


def importing(room: EditorsRoom) -> ImportContent:
    return ImportContent(room.newsroom, room.editing.refresh)


@pytest.fixture
async def bare(tmp_path: Path, content: Content) -> AsyncIterator[EditorsRoom]:
    """A fresh database with the same files."""
    engine = open_engine(f"sqlite:///{tmp_path / 'fresh.db'}")
    await migrate(engine)
    store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
    yield await EditorsRoom(store, content).settle()
    await store.close()


async def published_by_editors(room: EditorsRoom) -> None:
    """A changed answer and its translation, a new topic, a changed fact, examples, a template, a reading."""
    await room.publish(RUTH, NL, room.answer(text=GOOD), Change.WORDING, reviewed=True)
    await room.publish(EVA, TR, room.answer(TR, simple="Aşı griple ilgilidir."))
    await room.publish(EVA, AGE, room.fact(value="77"))
    source = Source("RIVM", "https://www.rivm.nl", date(2026, 11, 21))
    new = Answer(NEW.key, "nl", "Drink veel water.", "Drink water.", pictogram="info", sources=(source,))
    at = room.clock()
    bodies: Entries = {
        Ref(Kind.TOPIC, "heat"): Topic("heat", "living"),
        Ref(Kind.LABEL, "topics.heat", "nl"): Words("Hitte"),
        NEW: new,
        Ref(Kind.EXAMPLES, "heat", "nl"): Examples(("het is zo warm", "=te warm")),
        Ref(Kind.TEMPLATE, "welcome"): ReadyText("Welkom", {"tr": "Merhaba", "nl": "Dag"}),
        Ref(Kind.TERM, "huisarts", "nl"): None,
    }
    women = Reading(NL.key, "nl", "Turkse vrouwen, 60+", understood=True, word="griep", worker="will", at=at)
    men = Reading(NL.key, "nl", "mannen", understood=False, word="", worker="will", at=at)
    async with room.store.unit() as unit:
        for ref, body in bodies.items():
            await unit.publish(Revision(0, ref, body, 0, "eva", "eva", at))
        await unit.keep_reading(women)
        await unit.keep_reading(men)
    room.clock.move(seconds=1)
    await room.publish(EVA, Ref(Kind.FACT, "hpv_age"), room.fact("hpv_age", "11"))


async def test_export_wipe_and_import_give_the_same_bytes(room: EditorsRoom, bare: EditorsRoom) -> None:
    await published_by_editors(room)
    written = to_yaml(await exported(room.newsroom))
    assert b"77" in written
    await importing(bare).apply(EVA, from_yaml(written), "terug", restore=True)
    assert to_yaml(await exported(bare.newsroom)) == written
    assert bare.content.answers == room.content.answers
    assert {template.name for template in await bare.store.templates()} == {"Welkom"}
    assert (await importing(bare).preview(from_yaml(written))).changes == ()


async def test_a_workbook_of_everything_changes_nothing_where_it_came_from(room: EditorsRoom) -> None:
    await published_by_editors(room)
    entries = await exported(room.newsroom)
    preview = await importing(room).preview(from_xlsx(to_xlsx(entries), entries))
    assert (preview.changes, preview.readings) == ((), 0)


async def test_what_is_imported_is_said_at_once_and_every_entry_has_a_row(room: EditorsRoom) -> None:
    done = await importing(room).apply(EVA, {AGE: room.fact(value="77"), NL: room.answer(text=GOOD)}, "nieuw jaar")
    assert room.says() == GOOD
    assert {change.ref for change in done.published} == {AGE, NL}
    revisions = {revision.ref: revision for revision in await room.store.published()}
    assert (revisions[NL].why, revisions[NL].author, revisions[NL].change) == ("nieuw jaar", "eva", Change.MEANING)
    assert revisions[NL].print == source_hash(room.content.answers[NL.key, "nl"])


async def test_a_text_that_changes_is_unreviewed_and_one_that_does_not_keeps_its_review(room: EditorsRoom) -> None:
    await room.publish(RUTH, NL, room.answer(text=GOOD), reviewed=True)
    claimed = Review("reviewed", "medical", date(2026, 1, 1))
    await importing(room).apply(EVA, {NL: room.answer(effects=("open_case",), review=Review())}, "")
    assert room.answer().review.status == "reviewed"
    await importing(room).apply(EVA, {NL: room.answer(text=f"{GOOD} Het kan nu.", review=claimed)}, "")
    assert room.answer().review.status == "unreviewed"


async def test_a_translation_that_comes_with_its_dutch_text_was_made_from_it(room: EditorsRoom) -> None:
    turkish = room.answer(TR, simple="Aşı griple ilgilidir.", translates="")
    await importing(room).apply(EVA, {TR: turkish, NL: room.answer(text=GOOD)}, "")
    assert room.answer(TR).translates == source_hash(room.answer())
    assert (NL.key, "tr") not in room.content.updating
    assert (NL.key, "en") in room.content.updating


async def test_dangers_become_drafts_for_a_second_person(room: EditorsRoom) -> None:
    texts = room.content.flags[next(flag for flag, code in room.content.flags if flag == "suicide"), "nl"]
    phrases = next(one for one in room.content.patterns if (one.flag, one.language) == ("suicide", "nl"))
    body = RedFlag(texts, replace(phrases, patterns=(*phrases.patterns, "ik .. op")))
    preview = await importing(room).preview({SUICIDE: body})
    assert [change.needs_second for change in preview.changes] == [True]
    done = await importing(room).apply(EVA, {SUICIDE: body}, "")
    assert (len(done.published), len(done.drafts)) == (0, 1)
    draft = await room.store.draft(SUICIDE, "eva")
    assert draft is not None
    assert draft.body == body
    assert phrases in room.content.patterns


async def test_what_a_translator_sends_becomes_drafts_over_earlier_ones(room: EditorsRoom) -> None:
    await room.draft(EVA, TR, room.answer(TR, text="Eski."))
    done = await importing(room).apply(EVA, {TR: room.answer(TR, text="Yeni.")}, "", drafts_only=True)
    assert (len(done.published), len(done.drafts)) == (0, 1)
    draft = await room.store.draft(TR, "eva")
    assert draft is not None
    assert isinstance(draft.body, Answer)
    assert (draft.body.text, draft.version) == ("Yeni.", 2)


async def test_findings_that_are_new_refuse_all_of_it_unless_a_reason_is_given(room: EditorsRoom) -> None:
    given: Entries = {AGE: room.fact(value="77"), NL: room.answer(text=LONG)}
    assert (await importing(room).preview(given)).blocking
    with pytest.raises(ImportRefused) as refused:
        await importing(room).apply(EVA, given, "")
    assert any(place == "utter_flu_jab nl" for place, _ in refused.value.problems)
    assert await room.store.published() == []
    await importing(room).apply(EVA, given, "", overrides="afgesproken met de GGD")
    rules = {one.rule for revision in await room.store.published() for one in revision.overrides}
    assert "long_sentence" in rules


async def test_what_could_not_be_said_is_refused_with_every_place(room: EditorsRoom) -> None:
    given: Entries = {
        NL: room.answer(text="Bel {nobody}."),
        TR: room.answer(TR, next=("nowhere",), pictogram="nothing"),
        AGE: None,
        SUICIDE: None,
        Ref(Kind.ANSWER, "utter_heat", "tr"): Answer("utter_heat", "tr", "Su için."),
    }
    with pytest.raises(ImportRefused) as refused:
        await importing(room).apply(EVA, given, "", overrides="een lange reden")
    told = {sentence for _, sentence in refused.value.problems}
    for words in ("{nobody}", "“nowhere”", "“nothing”", "Keep that fact", "cannot be taken away", "no Dutch text"):
        assert any(words in sentence for sentence in told), words
    assert await room.store.published() == []


async def test_what_was_published_since_the_preview_is_not_overwritten(room: EditorsRoom) -> None:
    given: Entries = {NL: room.answer(text=GOOD)}
    seen = (await importing(room).preview(given)).seen
    await room.publish(ERIK, NL, room.answer(text="Vraag het uw huisarts."))
    with pytest.raises(EntryChanged):
        await importing(room).apply(EVA, given, "", seen=seen)
    assert room.says() == "Vraag het uw huisarts."


async def test_only_editors_import(room: EditorsRoom) -> None:
    with pytest.raises(EditError):
        await importing(room).apply(WILL, {AGE: room.fact(value="77")}, "")


def test_where_a_text_stands_and_whom_it_was_read_with_is_no_change() -> None:
    body = Answer("utter_a", "nl", "A.", sections={"how": "Zo.", "who": "U."}, where="nl/a.yml:3")
    ref = Ref(Kind.ANSWER, "utter_a", "nl")
    assert changes({ref: body}, {ref: replace(body, where="desk", tested_with=({"group": "x"},))}) == []
    turned = replace(body, sections={"who": "U.", "how": "Zo."})
    assert [change.after for change in changes({ref: body}, {ref: turned})] == [turned]
