"""A workbook for people: everything survives out and in, and a spoiled one is refused with every place in it."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.core.content import Answer, Content
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import ImportRefused
from bot.core.file_read import Missing
from bot.core.overlay import entries_of
from bot.gateways.content_out import from_file, from_xlsx, to_xlsx
from bot.gateways.content_out.xlsx_in import read_xlsx
from tests.gateways.content_book import every_kind, problems, row_of, saved, spoiled

KNOWN = every_kind()
DUTCH, ARABIC = Ref(Kind.ANSWER, "utter_flu_jab", "nl"), Ref(Kind.ANSWER, "utter_flu_jab", "ar")


def test_all_real_content_comes_back_exactly(content: Content) -> None:
    entries = entries_of(content)
    assert from_xlsx(to_xlsx(entries), entries) == entries


def test_every_field_of_every_kind_is_in_the_file_itself() -> None:
    bare = {ref: body for ref, body in KNOWN.items() if ref.kind in {Kind.TOPIC, Kind.LABEL}}
    bare[Ref(Kind.FACT, "name")] = KNOWN[Ref(Kind.FACT, "emergency_number")]
    assert from_xlsx(to_xlsx(KNOWN), bare) == KNOWN


def test_dutch_stands_beside_every_other_language() -> None:
    sheet = load_workbook(BytesIO(to_xlsx(KNOWN)))["answers"]
    assert [cell.value for cell in sheet[1]] == ["key", "part", "nl", "fy", "en", "ar", "tr"]
    row = sheet[row_of(sheet, "utter_flu_jab", "text")]
    assert row[2].value.startswith("De prik is gratis.")
    assert row[5].value == "مجاني 💉."


def test_the_first_sheet_says_how_it_works() -> None:
    sheet = load_workbook(BytesIO(to_xlsx(KNOWN))).worksheets[0]
    words = " ".join(str(row[0].value) for row in sheet.iter_rows())
    assert sheet.title == "read me"
    assert "An empty cell means: not there. It never removes a text." in words


def test_no_spreadsheet_runs_what_looks_like_a_formula() -> None:
    sheet = load_workbook(BytesIO(to_xlsx(KNOWN)))["examples"]
    cells = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert cells[0].value == "=HYPERLINK(1)"


def test_an_empty_cell_removes_nothing() -> None:
    def emptied(book: Any) -> None:
        for row in book["answers"].iter_rows(min_row=2, min_col=3):
            for cell in row:
                cell.value = None

    read = from_xlsx(spoiled(KNOWN, emptied), KNOWN)
    assert DUTCH not in read
    assert from_xlsx(spoiled(KNOWN, lambda book: book["facts"].delete_rows(2)), KNOWN).get(DUTCH) == KNOWN[DUTCH]


def missing(change: Any, only: str = "") -> tuple[Missing, ...]:
    return read_xlsx(spoiled(KNOWN, change, only), KNOWN, only).missing


def test_what_was_taken_out_is_told_by_sheet() -> None:
    def change(book: Any) -> None:
        answers = book["answers"]
        answers.delete_rows(row_of(answers, "utter_flu_jab", "simple"))
        answers.cell(row_of(answers, "utter_flu_jab", "text"), 6).value = None
        book["facts"].cell(row_of(book["facts"], "emergency_number"), 2).value = None
        book["labels"].delete_cols(2)

    assert missing(lambda _: None) == ()
    assert missing(change) == (
        Missing("answers", 1, 1),
        Missing("labels", 0, 0, ("nl",)),
        Missing("facts", 0, 1),
    )


def test_a_row_whose_cells_are_all_empty_was_emptied_not_taken_out() -> None:
    def change(book: Any) -> None:
        row = row_of(book["labels"], "topics.flu_jab")
        book["labels"].cell(row, 2).value = None

    assert missing(change) == (Missing("labels", 0, 1),)


def test_of_a_translators_file_only_their_own_column_counts() -> None:
    def change(book: Any) -> None:
        book["labels"].delete_rows(2, 9)
        sheet = book["answers"]
        sheet.cell(row_of(sheet, "utter_flu_jab", "text"), 4).value = None

    assert missing(change, only="ar") == (Missing("answers", 0, 1),)


def test_a_new_translation_is_read_from_its_column() -> None:
    def translated(book: Any) -> None:
        sheet = book["answers"]
        sheet.cell(row_of(sheet, "utter_flu_jab", "text"), 7, "Aşı ücretsiz. {flu_jab_age}")

    read = from_xlsx(spoiled(KNOWN, translated), KNOWN)
    assert read[Ref(Kind.ANSWER, "utter_flu_jab", "tr")] == Answer("utter_flu_jab", "tr", "Aşı ücretsiz. {flu_jab_age}")


def at(sheet: str, row: int, column: int, value: object) -> Any:
    def change(book: Any) -> None:
        book[sheet].cell(row, column, value)

    return change


@pytest.mark.parametrize(
    ("change", "place", "sentence"),
    [
        (lambda book: book.create_sheet("extra"), "sheet extra", "no such sheet"),
        (lambda book: book.remove(book["facts"]), "sheet facts", "missing"),
        (lambda book: book["answers"].merge_cells("C2:D3"), "sheet answers, cells C2:D3", "merged"),
        (at("answers", 2, 3, "=1+1"), "sheet answers, row 2, column C (nl)", "formula"),
        (at("labels", 1, 3, "de"), "sheet labels, row 1, column C (de)", "“de” is no language of ours"),
        (at("labels", 1, 3, "nl"), "sheet labels, row 1, column C (nl)", "twice"),
        (at("answers", 1, 1, "sleutel"), "sheet answers, row 1", "first columns must be key, part"),
        (at("answers", 2, 1, "utter_nothing"), "sheet answers, row 2, column C (nl)", "no answer “utter_nothing”"),
        (at("answers", 2, 2, "poem"), "sheet answers, row 2, column C (nl)", "no part"),
        (at("answers", 2, 2, "sections.poem"), "sheet answers, row 2, column C (nl)", "no part"),
        (at("answers", 3, 2, "text"), "sheet answers, row 3", "stands in row 2"),
        (at("answers", 2, 2, " "), "sheet answers, row 2", "“part” is empty"),
        (at("answers", 2, 3, "   "), "sheet answers, row 2, column C (nl)", "only blanks"),
        (at("answers", 3, 7, "Basit."), "sheet answers, row 3, column G (tr)", "no “text”"),
        (at("answers", 2, 3, "Bel {nobody}."), "sheet answers, row 2, column C (nl)", "{nobody}"),
        (at("facts", 2, 1, "Not a key"), "sheet facts, row 2", "cannot be the key"),
        (at("answers", 2, 30, "what"), "sheet answers, row 2, column AD", "no heading"),
        (at("answers", 2, 3, "woord " * 6000), "sheet answers, row 2, column C (nl)", "This cell is full"),
        (at("topics", 2, 3, "Z"), "sheet topics, row 2, column C (kind)", "kind"),
    ],
)
def test_what_is_wrong_is_told_with_sheet_row_and_column(change: Any, place: str, sentence: str) -> None:
    found = problems(spoiled(KNOWN, change), KNOWN)
    assert any(where.startswith(place) and sentence in told for where, told in found), found


def test_all_problems_are_told_at_once() -> None:
    def change(book: Any) -> None:
        book["answers"].cell(2, 3, "=1")
        book["labels"].cell(1, 3, "de")

    assert len(problems(spoiled(KNOWN, change), KNOWN)) == 2


def test_fifty_thousand_rows_are_refused() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("answers")
    sheet.append(["key", "part", "nl"])
    for number in range(50_000):
        sheet.append([f"utter_{number}", "text", "Hallo."])
    assert "more than 20,000 rows" in problems(saved(book), KNOWN)[0][1]


def test_a_row_far_below_is_refused_without_counting_to_it() -> None:
    data = spoiled(KNOWN, at("answers", 1_000_000, 1, "x"))
    tracemalloc.start()
    assert "more than 20,000 rows" in problems(data, KNOWN)[0][1]
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"PK\x03\x04" + b"0" * 100])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert "no XLSX file" in problems(data, KNOWN)[0][1]


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(name: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, b" " * 70_000_000)
    data = out.getvalue()
    tracemalloc.start()
    assert "unpacks into far more" in problems(data, KNOWN)[0][1]
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


def test_entities_that_multiply_are_refused() -> None:
    out, given = BytesIO(), zipfile.ZipFile(BytesIO(to_xlsx(KNOWN)))
    with zipfile.ZipFile(out, "w") as archive:
        for name in given.namelist():
            bomb = b'<!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>' if name == "xl/worksheets/sheet2.xml" else None
            archive.writestr(name, bomb or given.read(name))
    assert "no XLSX file" in problems(out.getvalue(), KNOWN)[0][1]


def repacked(name: str, change: Callable[[bytes], bytes], moved: str = "") -> bytes:
    """The workbook with one of its parts changed, and its first sheet of texts under another name."""
    out, given = BytesIO(), zipfile.ZipFile(BytesIO(to_xlsx(KNOWN)))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in given.namelist():
            data = change(given.read(each)) if each == name else given.read(each)
            if moved:
                data = data.replace(b"worksheets/sheet2.xml", moved.encode())
            archive.writestr(f"xl/{moved}" if moved and each.endswith("sheet2.xml") else each, data)
    return out.getvalue()


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/worksheets/sheet2.xml"])
def test_a_small_file_of_very_many_parts_is_refused_before_they_are_built(name: str) -> None:
    flood = repacked(name, lambda data: data.replace(b"<", b"<a>" * 1_600_000 + b"<", 1))
    assert len(flood) < 1_000_000
    assert "unpacks into far more" in problems(flood, KNOWN)[0][1]


def test_another_coding_in_which_nothing_would_be_counted_is_refused() -> None:
    coded = repacked("xl/worksheets/sheet2.xml", lambda data: data.decode().encode("utf-16"))
    assert "no XLSX file" in problems(coded, KNOWN)[0][1]


def test_a_sheet_that_stands_where_its_merged_cells_are_not_seen_is_refused() -> None:
    found = problems(repacked("", bytes, "hidden.xml"), KNOWN)
    assert found == [("sheet answers", "A sheet cannot be read. Open the file in your spreadsheet and save it anew.")]


def test_a_spreadsheet_of_long_ago_is_told_to_be_saved_as_xlsx() -> None:
    with pytest.raises(ImportRefused) as refused:
        from_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), KNOWN)
    assert "no XLSX file" in refused.value.problems[0][1]


class TestATranslatorsFile:
    def test_it_has_dutch_to_read_and_one_language_to_write(self) -> None:
        book = load_workbook(BytesIO(to_xlsx(KNOWN, only="ar")))
        assert book.sheetnames == ["read me", "answers", "labels", "facts", "glossary", "red_flags", "templates"]
        sheet = book["answers"]
        assert [cell.value for cell in sheet[1]] == ["key", "part", "nl", "ar"]
        row = sheet[row_of(sheet, "utter_flu_jab", "simple")]
        assert row[2].protection.locked
        assert not row[3].protection.locked
        assert {cell.value for cell in sheet["B"]} == {"part", "text", "simple", "sections.how", "sections.benefits"}

    def test_it_changes_its_own_language_alone(self) -> None:
        def change(book: Any) -> None:
            sheet = book["answers"]
            row = row_of(sheet, "utter_flu_jab", "text")
            sheet.cell(row, 3, "Dit had ik niet mogen veranderen.")
            sheet.cell(row, 4, "مجانية.")

        read: dict[Ref, Body] = from_xlsx(spoiled(KNOWN, change, only="ar"), KNOWN, only="ar")
        assert {ref.language for ref in read if ref.language} == {"ar"}
        assert read[ARABIC] == Answer("utter_flu_jab", "ar", "مجانية.", translates="0123456789012345")

    def test_it_comes_back_as_it_went(self) -> None:
        read = from_xlsx(to_xlsx(KNOWN, only="ar"), KNOWN, only="ar")
        assert read == {ref: KNOWN[ref] for ref in read}

    def test_another_language_or_part_is_refused(self) -> None:
        found = problems(to_xlsx(KNOWN), KNOWN, only="ar")
        assert any("for ar alone" in told for _, told in found)
        found = problems(spoiled(KNOWN, at("answers", 2, 2, "review"), only="ar"), KNOWN, only="ar")
        assert any("no part" in told for _, told in found)
