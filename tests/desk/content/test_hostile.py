"""What people type is only ever text: on no page a tag, in no sentence a command, in no file a way around the rules."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from bot.channels.webchat.words import words_with
from bot.core.content import Answer, Fact, Pressure, Review, Source
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.entry_in import entry_in
from bot.core.revision import Override, Reading, Revision
from bot.core.triage import MOST_PHRASES
from bot.desk.content.differences import Told, word_pieces
from tests.desk.content.entries_room import ERIK, EVA, EntriesRoom, EntryDesk, open_room
from tests.desk.content.test_files import APPLY, IMPORT, exported
from tests.desk.content.test_guests import linked
from tests.desk.hall import Hall

EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> {0.__class__} {{1237*1009}}"
TAGS = re.compile(r"<script>alert|<img src=x|\sonerror=alert\(1\)(?![^<>]*&gt;)|<class 'str'>|1248133")
FLU = Ref(Kind.ANSWER, "utter_flu_jab", "nl")
SUICIDE = Ref(Kind.FLAG, "suicide", "nl")
TURKISH_FLAG = Ref(Kind.FLAG, "suicide", "tr")


@pytest.fixture
async def room(hall: Hall) -> EntriesRoom:
    return await open_room(hall)


def bodies(room: EntriesRoom) -> dict[Ref, Body]:
    """Every kind of entry, each text of it hostile."""
    day, flag = date(2026, 11, 21), entry_in(room.content, SUICIDE)
    answer = room.content.answers[FLU.key, "nl"]
    assert isinstance(flag, RedFlag)
    evil = Answer(
        FLU.key, "nl", EVIL, EVIL, {"benefits": EVIL}, answer.pictogram, (Source(EVIL, "javascript:alert(1)", day),)
    )
    return {
        FLU: evil,
        Ref(Kind.LABEL, "topics.flu_jab", "nl"): Words(EVIL),
        Ref(Kind.FACT, "evil"): Fact("evil", {"": EVIL, "tr": EVIL}, EVIL, "javascript:alert(1)", day),
        Ref(Kind.TERM, "evil", "nl"): Words(EVIL),
        Ref(Kind.PRESSURE, "words", "nl"): Pressure((EVIL,), {EVIL: ("flu_jab",)}, (EVIL,)),
        Ref(Kind.CARD, "pl"): Words(EVIL),
        Ref(Kind.EXAMPLES, "flu_jab", "nl"): Examples((EVIL,)),
        Ref(Kind.TEMPLATE, "evil"): ReadyText(EVIL, {"nl": EVIL}),
        SUICIDE: RedFlag(flag.texts, flag.patterns),
    }


async def publish(room: EntriesRoom, *given: tuple[Ref, Body | None]) -> None:
    async with room.hall.store.unit() as unit:
        for ref, body in given:
            override = Override("long_sentence", EVIL)
            at = room.hall.clock()
            await unit.publish(Revision(0, ref, body, 0, "eva", "rosa", at, EVIL, overrides=(override,)))
    await room.hall.desk.editing.refresh()


def harmless(desk: EntryDesk, where: str) -> None:
    assert desk.status < 500, where
    assert not TAGS.search(desk.text), (where, TAGS.search(desk.text))
    assert 'href="javascript:' not in desk.text, where


async def test_no_text_of_any_entry_becomes_markup_on_any_page(room: EntriesRoom) -> None:
    async with room.hall.store.unit() as unit:
        await unit.keep_worker(replace(ERIK, name=EVIL))
    given = bodies(room)
    await publish(room, *given.items())
    editing = room.hall.desk.editing
    for ref, body in given.items():
        base = (await editing.sheet(ERIK, ref)).base
        await editing.save(ERIK, ref, body, base=base, seen=0, note=EVIL, overrides=(Override(EVIL, EVIL),))
        await editing.submit(ERIK, ref)
    at = room.hall.clock()
    async with room.hall.store.unit() as unit:
        await unit.keep_reading(Reading(FLU.key, "nl", EVIL, understood=False, word=EVIL, worker="erik", at=at))
        await unit.keep_asked(EVIL, "nl", ("flu_jab",), at)
    eva = await room.desk_of("eva")
    for ref in given:
        tail = f"{ref.kind}/{ref.key}/{ref.language or '-'}"
        for page in (f"/entries/{tail}", f"/entries/{tail}?author=erik", f"/history/{tail}"):
            harmless(await eva.open(page), page)
    pages = (
        "",
        "/asked",
        "/drafts",
        "/questions",
        "/facts",
        "/words",
        "/danger",
        "/templates",
        "/topics/flu_jab",
        "/topics/flu_jab/remove",
        "/topics/new?id=1",
        "/teach",
        "/files",
        "/read",
        "/read/recorded",
        "/read/utter_flu_jab/nl",
    )
    for page in pages:
        harmless(await eva.open(page), page)
    names = ("q", "author", "did", "try", "section", "picture", "term", "name", "code", "language", "group", "kept")
    for page in ("", "/answers/utter_flu_jab/nl", "/words/new", "/facts/new", "/danger/card", "/read/utter_flu_jab/nl"):
        harmless(await eva.open(page, **dict.fromkeys(names, EVIL)), f"{page} and its address")
    harmless(await eva.open("/entries/flag/suicide/nl", **{"try": EVIL}), "tried")


async def test_a_hostile_file_and_a_hostile_translator_are_shown_as_text(room: EntriesRoom) -> None:
    eva, guest, address = await linked(room)
    text = f"{address}/texts/utter_flu_jab"
    await (await guest.open(text)).send(text, text=EVIL, send="yes")
    harmless(await guest.open(text), "guest")
    harmless(await guest.open(address), "list")
    author = (await room.hall.store.drafts())[0].author
    harmless(await eva.open("/answers/utter_flu_jab/tr", author=author), "review")
    data = (await exported(eva, "all.yml")).replace(b"format:", f"{EVIL[:30]}: 1\nformat:".encode(), 1)
    harmless(await (await eva.open("/files")).send(IMPORT, (f"{EVIL}.yml", data)), "refused")
    card = f"format: buurtvraag-content/1\nentries:\n- {{entry: term, key: evil, language: nl, text: {EVIL!r}}}\n"
    harmless(await (await eva.open("/files")).send(IMPORT, (f"{EVIL}.yml", card.encode())), "preview")


def test_residents_read_every_sign_as_a_sign() -> None:
    html = str(words_with(frozenset()).html(f"{EVIL}\n\n• {EVIL}"))
    assert "<script" not in html
    assert "<img" not in html
    assert "{0.__class__}" in html


@pytest.mark.parametrize("text", ["Bel {number.__class__}", "Bel {number:>999999999}", "Bel {number!r}", "Bel {0}"])
async def test_braces_of_a_label_ask_for_nothing_but_what_the_program_fills_in(room: EntriesRoom, text: str) -> None:
    ref = Ref(Kind.LABEL, "buttons.call", "nl")
    found = {one.rule for one in room.hall.desk.editing.findings(ref, Words(text))}
    assert "label_placeholders" in found
    document = (
        f"format: buurtvraag-content/1\nentries:\n- {{entry: label, key: buttons.call, language: nl, text: '{text}'}}\n"
    )
    eva = await (await room.desk_of("eva")).open("/files")
    await eva.send(IMPORT, ("x.yml", document.encode()))
    assert eva.status == 422
    assert "{number}" in room.content.labels["nl"].buttons["call"]


@pytest.mark.parametrize(
    "entry",
    [
        "{entry: label, key: buttons.call, language: nl, removed: true}",
        "{entry: answer, key: utter_error, language: nl, removed: true}",
        "{entry: fact, key: team_phone, removed: true}",
        "{entry: pressure, key: words, language: nl, removed: true}",
        "{entry: flag, key: suicide, language: nl, removed: true}",
        "{entry: topic, key: heat, group: ../../../tmp/x, kind: ''}",
        '{entry: term, key: "e\\0vil", language: nl, text: "Dit is een woord met uitleg."}',
        f"{{entry: term, key: evil, language: nl, text: '{'woord ' * 6000}'}}",
    ],
)
async def test_a_file_cannot_do_what_no_page_can(room: EntriesRoom, entry: str) -> None:
    eva = await (await room.desk_of("eva")).open("/files")
    await eva.send(IMPORT, ("x.yml", f"format: buurtvraag-content/1\nentries:\n- {entry}\n".encode()))
    assert eva.status == 422
    assert APPLY not in eva.text
    assert "Er is niets veranderd." in eva.words


async def test_a_workbook_that_hides_references_in_another_coding_is_refused(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    data, out = await exported(eva, "all.xlsx"), BytesIO()
    bomb = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    )
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                text = (bomb + "<worksheet>&b;</worksheet>").encode("utf-16")
            new.writestr(name, text)
    await (await eva.open("/files")).send(IMPORT, ("x.xlsx", out.getvalue()))
    assert eva.status == 422
    assert "root:" not in eva.text


async def test_the_sign_that_no_text_has_is_left_out_and_leads_nowhere(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/term/huisarts/nl")
    await eva.press(text="De dok\0ter bij u in de wijk.")
    draft = await room.draft(Ref(Kind.TERM, "huisarts", "nl"))
    assert draft is not None
    assert draft.body == Words("De dokter bij u in de wijk.")
    for page in ("/history/term/a%00b/nl", "/entries/fact/a%00b/-", "?q=%00", "/answers/utter_flu_jab/nl?author=%00"):
        assert (await eva.open(page)).status == 404, page


async def test_nobody_publishes_what_its_author_changed_after_they_looked(room: EntriesRoom) -> None:
    editing, ref = room.hall.desk.editing, Ref(Kind.TERM, "huisarts", "nl")
    await editing.save(ERIK, ref, Words("De dokter bij u in de buurt."), base=0, seen=0)
    await editing.submit(ERIK, ref)
    eva = await (await room.desk_of("eva")).open("/entries/term/huisarts/nl", author="erik")
    await editing.save(ERIK, ref, Words("Iets heel anders dan wat er stond."), base=0, seen=2)
    await eva.press("publish")
    assert "De schrijver heeft dit concept veranderd sinds u keek." in eva.words
    assert room.content.glossary["nl"]["huisarts"] != "Iets heel anders dan wat er stond."
    await (await eva.open("/entries/term/huisarts/nl", author="erik")).press("publish")
    assert room.content.glossary["nl"]["huisarts"] == "Iets heel anders dan wat er stond."


async def test_who_gives_a_link_is_not_the_second_person_for_what_comes_by_it(room: EntriesRoom) -> None:
    reza = await (await room.desk_of("reza")).open("/files")
    await reza.send("/desk/content/files/links", name="Ik zelf", language="tr")
    link = (await room.hall.store.translator_links(room.hall.clock()))[0]
    flag = entry_in(room.content, TURKISH_FLAG)
    assert isinstance(flag, RedFlag)
    at = room.hall.clock()
    guest = EVA.__class__(f"link:{link.id}", "", link.name, EVA.roles, languages=("tr",))
    draft = await room.hall.desk.editing.save(guest, TURKISH_FLAG, flag, base=0, seen=0)
    people = {one.id: one for one in await room.hall.store.workers()}
    assert not room.hall.desk.editing.may_publish(people["reza"], draft)
    room.hall.clock.move(days=30)
    async with room.hall.store.unit() as unit:
        await unit.clean_up(at + timedelta(days=30), timedelta(days=30))
    assert not room.hall.desk.editing.may_publish(people["reza"], draft)
    other = EVA.__class__("other", "", "Other", people["reza"].roles, languages=("tr",), fields=("language",))
    assert room.hall.desk.editing.may_publish(other, draft)


async def test_who_knows_the_language_calls_no_medical_text_reviewed(room: EntriesRoom) -> None:
    reza = await (await room.desk_of("reza")).open("/entries/term/huisarts/nl")
    editing, people = room.hall.desk.editing, {one.id: one for one in await room.hall.store.workers()}
    assert not editing.may_review(people["reza"], FLU)
    answer = room.content.answers[FLU.key, "nl"]
    await editing.save(
        people["reza"], FLU, Answer(FLU.key, "nl", answer.text, review=Review("reviewed")), base=0, seen=0
    )
    await reza.open("/answers/utter_flu_jab/nl")
    await reza.press("publish", reviewed="yes")
    assert reza.status == 422
    assert room.content.answers[FLU.key, "nl"].review.role != "medical"


async def test_a_draft_is_no_larger_than_a_page_can_show(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/term/huisarts/nl")
    await eva.press(text="woord " * 60_000)
    assert "Dit is te lang om te bewaren." in eva.words
    await eva.open("/entries/flag/suicide/nl")
    await eva.press(patterns="\n".join(f"woord{number}" for number in range(2 * MOST_PHRASES + 1)))
    assert "Dit is te lang om te bewaren." in eva.words
    assert await room.hall.store.drafts() == []


def test_texts_that_repeat_one_word_are_compared_as_a_whole() -> None:
    before, after = "a b " * 350, "b a a " * 240
    assert [piece.told for piece in word_pieces(before, after)] == [Told.GONE, Told.NEW]
    lines = "x\n" * 100_000
    assert [piece.told for piece in word_pieces(lines, f"y\n{lines}")] == [Told.GONE, Told.NEW]
    assert len(word_pieces("een twee drie", "een vier drie")) == 4
