"""All texts out and in on the desk, and translators without an account."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from openpyxl import Workbook, load_workbook

from bot.core.entry import Kind, Ref
from bot.core.revision import Change
from bot.desk.content.entries.entry_page import DID
from bot.desk.content.entries.entry_rules import OWN
from bot.desk.content.exchange.file_words import SENTENCES, file_teller
from bot.desk.security import LARGEST
from bot.desk.words import words
from bot.gateways.content_out import from_file
from tests.desk.content.entries_room import EntriesRoom, EntryDesk, open_room
from tests.desk.hall import Hall

EDITING: Final = Path(__file__).parents[3] / "bot/services/editing"
IMPORT, APPLY, LINKS = "/desk/content/files/import", "/desk/content/files/apply", "/desk/content/files/links"
FACT_OF_NOWHEN = b"""format: buurtvraag-content/1
entries:
- {entry: fact, key: flu_jab_age, value: '61', about: leeftijd, source: 'https://www.rivm.nl', checked: 2099-01-01}
"""
TURKISH = Ref(Kind.ANSWER, "utter_flu_jab", "tr")
NEW = "Grip aşısı sonbaharda yapılır. Karar sizin. {flu_jab_age} yaşından itibaren ücretsizdir."


@pytest.fixture
async def room(hall: Hall) -> EntriesRoom:
    return await open_room(hall)


def workbook(data: bytes, sheet: str, key: str, column: str, text: str, part: str = "text") -> bytes:
    """A workbook with one cell changed, as a person would."""
    book = load_workbook(BytesIO(data))
    rows = book[sheet]
    headings = [cell.value for cell in rows[1]]
    for row in rows.iter_rows(min_row=2):
        if row[0].value == key and ("part" not in headings or row[1].value == part):
            row[headings.index(column)].value = text
    out = BytesIO()
    book.save(out)
    return out.getvalue()


async def exported(desk: EntryDesk, name: str) -> bytes:
    return (await desk.open(f"/files/export/{name}")).response.content


async def test_everything_goes_out_as_yaml_and_comes_back_without_a_change(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    data = await exported(eva, "all.yml")
    assert eva.response.headers["content-disposition"] == 'attachment; filename="buurtvraag-all-2026-11-21.yml"'
    await (await eva.open("/files")).send(IMPORT, ("texts.yml", data))
    assert "het bestand zegt wat er al gezegd wordt" in eva.words


async def test_the_yaml_tells_how_dutch_answers_changed(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    data = workbook(await exported(eva, "all.xlsx"), "answers", "utter_flu_jab", "nl", "De prik is gratis.")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", data))
    await eva.send(APPLY, why="Nieuwe regel.", change="safety", overrides="afgesproken met de GGD")
    told = from_file(await exported(eva, "all.yml"), {}).history
    assert [(one.change, one.at) for one in told["utter_flu_jab"]] == [(Change.SAFETY, room.hall.clock())]


async def test_a_changed_workbook_is_shown_first_and_then_taken_in(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    data = workbook(await exported(eva, "all.xlsx"), "facts", "flu_jab_age", "value", "65")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", data))
    assert "1 tekst verandert." in eva.words
    assert "60" in room.says()
    await eva.send(APPLY, why="Nieuwe regel.")
    assert "1 tekst is gepubliceerd." in eva.words
    assert "Imported(" not in eva.text
    assert "65" in room.says(language="tr")
    assert "imported" in await room.audit()


async def test_a_spoiled_file_changes_nothing_and_says_where(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    data = workbook(await exported(eva, "all.xlsx"), "facts", "flu_jab_age", "value", "=1+64")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", data))
    assert eva.status == 422
    assert "Er is niets veranderd." in eva.words
    row = eva.text.partition("<tbody>")[2].partition("</tr>")[0]
    assert "facts" in row
    assert "Er staat een formule in deze cel" in row
    assert "B (value)" in row
    book, out = Workbook(), BytesIO()
    book.save(out)
    for name, wrong in (("x.xlsx", out.getvalue()), ("x.yml", b"- nothing"), ("x.xlsx", b"PK nothing")):
        await (await eva.open("/files")).send(IMPORT, (name, wrong))
        assert eva.status == 422, name
    await (await eva.open("/files")).send(IMPORT)
    assert "Kies eerst een bestand." in eva.words


async def test_where_a_file_is_wrong_is_told_in_the_language_of_the_screen(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    for data, place, what in (
        (b"\xd0\xcf\x11\xe0" + bytes(600), "het bestand", "Dit is geen XLSX-bestand."),
        (b"format: buurtvraag-content/1\nentries:\n- what\n", "regel 3", "Dit is geen onderdeel."),
        (FACT_OF_NOWHEN, "fact flu_jab_age", "Op die dag kan niemand gekeken hebben."),
    ):
        await (await eva.open("/files")).send(IMPORT, ("texts.xls", data))
        row = eva.text.partition("<tbody>")[2].partition("</tr>")[0]
        assert place in row
        assert what in row


async def test_what_waits_is_for_its_worker_and_a_quarter_of_an_hour(room: EntriesRoom) -> None:
    eva, erik = await room.desk_of("eva"), await room.desk_of("erik")
    data = workbook(await exported(eva, "all.xlsx"), "facts", "flu_jab_age", "value", "65")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", data))
    token = eva._browser.forms[APPLY]["file"][0]
    await erik.open("/files")
    stolen = await erik._browser.client.post(
        APPLY,
        data={"csrf": erik._browser.forms[IMPORT]["csrf"][0], "file": token},
    )
    assert stolen.status_code == 409
    room.hall.clock.move(minutes=16)
    await eva.send(APPLY, why="Te laat.")
    assert eva.status == 409
    assert "wachtte langer dan 15 minuten" in eva.words
    assert "60" in room.says()


async def test_what_a_workbook_lacks_is_told_by_sheet_and_stays(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    book = load_workbook(BytesIO(await exported(eva, "all.xlsx")))
    book["glossary"].delete_rows(2, 3)
    headings = [cell.value for cell in book["facts"][1]]
    row = next(row for row in book["facts"].iter_rows(min_row=2) if row[0].value == "flu_jab_age")
    row[headings.index("about")].value = None
    book["labels"].delete_cols(6)
    out = BytesIO()
    book.save(out)
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", out.getvalue()))
    assert "Een bestand haalt niets weg." in eva.words
    assert "Blad glossary: 3 rijen ontbreken" in eva.words
    assert "Blad facts: 1 cel is leeggemaakt" in eva.words
    assert "Blad labels: de kolom tr ontbreekt" in eva.words
    assert "het bestand zegt wat er al gezegd wordt" in eva.words
    whole = await exported(eva, "all.xlsx")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", whole))
    assert "Een bestand haalt niets weg." not in eva.words


async def test_who_must_see_what_was_taken_in_is_told_with_the_list_where_it_waits(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    data = await exported(eva, "all.xlsx")
    for language in ("nl", "tr"):
        data = workbook(data, "red_flags", "suicide", language, "heart", "pictogram")
    data = workbook(data, "cards", "pl", "text", "Zadzwoń {emergency_number}.")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", data))
    await eva.send(APPLY, why="Vriendelijker.")
    assert "3 teksten wachten op een tweede persoon" in eva.words
    assert "voor een meelezer met medische kennis" in eva.words
    assert "voor een meelezer die de taal kent: Turks" in eva.words
    assert "/desk/content/drafts#in-review" in eva.text
    rosa = await (await room.desk_of("rosa")).open("/drafts")
    waiting = rosa.text.partition('id="in-review"')[2].partition("</section>")[0]
    assert waiting.count("<li>") == 3


async def test_danger_comes_in_as_a_draft_for_a_second_person(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    shown = room.content.flags["suicide", "nl"].pictogram  # type: ignore[index]
    data = workbook(await exported(eva, "all.xlsx"), "red_flags", "suicide", "nl", "heart", "pictogram")
    await (await eva.open("/files")).send(IMPORT, ("texts.xlsx", data))
    assert "een tweede persoon" in eva.words
    await eva.send(APPLY, why="Vriendelijker.")
    assert room.content.flags["suicide", "nl"].pictogram == shown  # type: ignore[index]
    assert await room.draft(Ref(Kind.FLAG, "suicide", "nl")) is not None


async def test_only_this_address_takes_more_than_a_form_holds(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    await (await eva.open("/files")).send(IMPORT, ("big.yml", b"x" * (LARGEST + 1)))
    assert eva.status == 422
    await (await eva.open("/files")).send(LINKS, ("big.yml", b"x" * (LARGEST + 1)))
    assert eva.status == 413
    await (await eva.open("/files")).send(IMPORT, ("big.yml", b"x" * 25_000_001))
    assert eva.status == 413


async def test_a_link_needs_a_name_and_another_language_than_dutch(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/files")
    await eva.send(LINKS, name="", language="nl")
    assert eva.status == 422
    assert "Kies een taal." in eva.words
    assert await room.hall.store.translator_links(room.hall.clock()) == []


def test_every_sentence_on_these_pages_and_of_wrong_files_has_its_dutch() -> None:
    known = words("nl")
    own = [each for rule in OWN.values() for each in (rule.name, rule.says, rule.advice)]
    assert not [each for each in (*SENTENCES, *own, *DID.values()) if known(each) == each]
    assert "20.000 rijen" in file_teller("nl")("It has more than 20,000 rows. Take out what is no text of ours.")
    told = file_teller("nl")("{niemand} is not known. Add the fact, or use another placeholder.")
    assert told == "{niemand} is niet bekend. Voeg het gegeven toe, of gebruik een ander."
    assert file_teller("nl")("Something new.") == ""


def test_whatever_a_use_case_finds_wrong_in_a_file_is_told_in_dutch() -> None:
    """As it stands in the code: what is yielded as a sentence, and what is found in small bodies."""
    told, found = file_teller("nl"), list(_found_in_files())
    assert len(found) > 25
    assert not [sentence for sentence in found if not told(sentence)]


def _found_in_files() -> Iterator[str]:
    for name in ("check_import", "obstacles", "small_bodies", "check_examples"):
        tree = ast.parse((EDITING / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            said = _filled(node.value) if isinstance(node, ast.Yield) else ""
            if said.endswith(".") and "may be published" not in said:  # that a reason is due is a row of its own
                yield said
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "found":
                rule, text, advice = map(_filled, node.args[1:])
                if text and advice and rule not in {"no_about", "poor_source"}:  # which only the desk asks for
                    yield f"{text[:1].upper()}{text[1:]}. {advice}"


def _filled(node: ast.expr | None) -> str:
    """A text in the code, with 7 for what is filled in; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
