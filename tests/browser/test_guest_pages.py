"""The pages of a translator without an account, and of a file that was looked at, in a real browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.test_editor import OpenEditor, press, thinking_ends, visit
from tests.browser.windows import PHONE, violations

__all__ = ["press", "thinking_ends", "visit"]  # fixtures

FILES = "/desk/content/files"


def holds(page: Page) -> None:
    assert violations(page) == "", page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"


@pytest.mark.parametrize("language", ["tr", "ar"])
def test_a_translators_pages_break_no_rule_and_lead_to_no_desk(visit: OpenEditor, language: str) -> None:
    page = visit("eva", FILES, viewport=PHONE, reduced_motion="reduce")
    page.locator("#name").fill("Ayşe")
    page.locator("#language").select_option(language)
    page.locator('form[action$="/links"] button').click()
    address = page.locator("code.copy").inner_text()
    path = address[address.index("/desk/translate/") :]
    base = page.url.removesuffix(f"{FILES}/links")
    for each in ("", "/texts/utter_flu_jab", "/texts/utter_nothing", "nothing"):
        page.goto(base + path + each)
        holds(page)
        expect(page.locator('header a, a[href="/desk/"]')).to_have_count(0)
    page.goto(f"{base}{path}/texts/utter_flu_jab")
    page.locator("#text").fill("Kısa bir metin.")
    page.context.clear_cookies()
    page.get_by_role("button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#text")).to_have_value("Kısa bir metin.")
    holds(page)


def test_what_a_workbook_lacks_is_told_on_a_phone(visit: OpenEditor) -> None:
    page = visit("eva", FILES, viewport=PHONE, reduced_motion="reduce")
    with page.expect_download() as taken:
        page.locator('a[href$="all.xlsx"]').click()
    book = load_workbook(BytesIO(taken.value.path().read_bytes()))
    book["glossary"].delete_rows(2, 3)
    book["red_flags"].cell(2, 3).value = f"{book['red_flags'].cell(2, 3).value} Bel nu."
    out = BytesIO()
    book.save(out)
    page.locator("#file").set_input_files({"name": "x.xlsx", "mimeType": "application/zip", "buffer": out.getvalue()})
    page.locator('form[action$="/import"] button').click()
    expect(page.locator("#missing")).to_be_visible()
    holds(page)
    page.locator('form[action$="/apply"] button').click()
    expect(page.locator("#second")).to_be_visible()
    holds(page)
