"""Content from a file is published as a whole or not at all, and an empty database gets its own export back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.content import Answer, Content, Fact, Pressure, Review, Source, Topic
from bot.core.drift import source_hash
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.entry_in import entry_in
from bot.core.errors import EditError, EntryChanged, ImportRefused
from bot.core.revision import Change, Reading, Revision
from bot.gateways.content_out import from_xlsx, from_yaml, to_xlsx, to_yaml
from bot.services.editing.content_changes import changes
from bot.services.editing.export_content import exported
from bot.services.editing.import_content import BEGUN, ImportContent
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.services.editors_room import AGE, ERIK, EVA, NL, RUTH, TR, WILL, EditorsRoom

GOOD = "De griepprik maakt de kans op griep kleiner. Vraag uw huisarts om raad."
LONG = "Dit is een hele lange zin die maar niet ophoudt omdat er steeds nog een woord bij komt en nog een en nog een."
SUICIDE = Ref(Kind.FLAG, "suicide", "nl")
DAY = date(2026, 11, 21)
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
    await room.editing.submit(EVA, TR)
    done = await importing(room).apply(EVA, {TR: room.answer(TR, text="Yeni.")}, "", drafts_only=True)
    assert (len(done.published), len(done.drafts)) == (0, 1)
    draft = await room.store.draft(TR, "eva")
    assert draft is not None
    assert isinstance(draft.body, Answer)
    assert (draft.body.text, draft.version) == ("Yeni.", 3)


async def test_a_file_does_not_cover_what_its_sender_is_still_writing(room: EditorsRoom) -> None:
    await room.draft(EVA, TR, room.answer(TR, text="Yarım."))
    given: Entries = {TR: room.answer(TR, text="Yeni."), AGE: room.fact(value="77")}
    with pytest.raises(ImportRefused) as refused:
        await importing(room).apply(EVA, given, "", drafts_only=True)
    assert refused.value.problems == (("answer utter_flu_jab tr", BEGUN),)
    draft = await room.store.draft(TR, "eva")
    assert draft is not None
    assert isinstance(draft.body, Answer)
    assert draft.body.text == "Yarım."
    assert await room.store.draft(AGE, "eva") is None, "all of it or nothing"


async def test_questions_of_another_topic_and_cries_for_help_are_not_taught_by_a_file(room: EditorsRoom) -> None:
    flu, hpv = Ref(Kind.EXAMPLES, "flu_jab", "nl"), Ref(Kind.EXAMPLES, "hpv", "nl")
    await importing(room).apply(EVA, {flu: Examples(("wanneer kan ik die spuit halen",))}, "")
    given: Entries = {hpv: Examples(("Wanneer kan ik die spuit halen?", "ik wil dood", "hpv op school"))}
    with pytest.raises(ImportRefused) as refused:
        await importing(room).apply(EVA, given, "")
    assert [sentence for _, sentence in refused.value.problems] == [
        "“Wanneer kan ik die spuit halen?” is an example of flu_jab. Keep it in one place.",
        "“ik wil dood” tells of danger. Phrases see danger, not examples.",
    ]
    both: Entries = {flu: Examples(("iets anders",)), hpv: Examples(("wanneer kan ik die spuit halen",))}
    assert (await importing(room).apply(EVA, both, "")).published, "a question may go over to another topic"


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


@pytest.mark.parametrize(
    ("ref", "body", "told"),
    [
        (AGE, Fact(AGE.key, {"": " "}, "leeftijd", "https://www.rivm.nl", DAY), "A value is empty."),
        (AGE, Fact(AGE.key, {"tr": "60"}, "leeftijd", "https://www.rivm.nl", DAY), "no value for Dutch"),
        (
            AGE,
            Fact(AGE.key, {"": "9 " * 4000}, "leeftijd", "https://www.rivm.nl", DAY),
            "cannot stand within a sentence",
        ),
        (AGE, Fact(AGE.key, {"": "60"}, "leeftijd", "https://www.rivm.nl", date(2099, 1, 1)), "on that day"),
        (NL, Answer(NL.key, "nl", " "), "There is no text here."),
        (Ref(Kind.LABEL, "topics.flu_jab", "nl"), Words(" "), "There is no text here."),
        (Ref(Kind.PRESSURE, "words", "nl"), Pressure((), {}), "There is no text here."),
        (Ref(Kind.TERM, "k" * 81, "nl"), Words("De dokter bij u in de buurt."), "is no name"),
        (Ref(Kind.TEMPLATE, "t"), ReadyText("Groet", {"nl": ""}), "Write it in at least one language."),
        (Ref(Kind.EXAMPLES, "flu_jab", "nl"), Examples(("x" * 201,)), "Shorten it to 200 characters."),
    ],
)
async def test_what_no_page_lets_through_does_not_come_by_a_file(
    room: EditorsRoom, ref: Ref, body: Body, told: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        await importing(room).apply(EVA, {ref: body}, "", overrides="een lange reden")
    assert [told in sentence for _, sentence in refused.value.problems] == [True]
    assert await room.store.published() == []


async def test_a_number_in_danger_waits_also_when_the_file_takes_it_out_of_the_words_for_danger(
    room: EditorsRoom,
) -> None:
    """What the file says of danger waits itself, so the number would be said in the words of today."""
    number = "violence_line"
    flags = {ref: entry_in(room.content, ref) for ref in room.editing.uses(Ref(Kind.FACT, number))}
    given: Entries = {Ref(Kind.FACT, number): room.fact(number, "0900 666")}
    for ref, body in flags.items():
        if isinstance(body, RedFlag):
            words = body.texts.text.replace(f"{{{number}}}", "112"), body.texts.question.replace(f"{{{number}}}", "112")
            numbers = tuple(name for name in body.texts.numbers if name != number)
            texts = replace(body.texts, text=words[0], question=words[1], numbers=numbers)
            given[ref] = replace(body, texts=texts)
        elif isinstance(body, Answer):
            sections = {name: text.replace(f"{{{number}}}", "112") for name, text in body.sections.items()}
            words = body.text.replace(f"{{{number}}}", "112"), body.simple.replace(f"{{{number}}}", "112")
            given[ref] = replace(body, text=words[0], simple=words[1], sections=sections)
        elif isinstance(body, Words):
            given[ref] = Words(body.text.replace(f"{{{number}}}", "112"))
    before = room.content.facts[number]
    await importing(room).apply(EVA, given, "", overrides="een lange reden")
    assert room.content.facts[number] == before
    assert await room.store.draft(Ref(Kind.FACT, number), "eva") is not None


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
