"""Every link on every page of the content room leads somewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from tests.desk.hall import Browser, Hall

# A page stands for all that differ in these parts alone: 900 answers have one page.
SAME = (
    (re.compile(r"/answers/(?!utter_flu_jab/(?:nl|ar)$)[^/]+/\w+"), "/answers/*"),
    (re.compile(r"/topics/(?!flu_jab$|new$)[^/]+"), "/topics/*"),
    (re.compile(r"/entries/(\w+)/[^/]+/[^/]+"), r"/entries/\1/*"),
    (re.compile(r"/history/(\w+)/[^/]+/[^/]+"), r"/history/\1/*"),
    (re.compile(r"/texts/[^/]+"), "/texts/*"),
    (re.compile(r"/read/(?!recorded)[^/]+/\w+"), "/read/*"),
)


class Links(HTMLParser):
    """Addresses of a page's links and files, and the places in the page that they may point at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"]} if given.get("id") else set()
        self.found |= {address for name in ("href", "src", "hx-get") if (address := given.get(name))}


async def walk(browser: Browser, start: str) -> tuple[dict[str, str], dict[str, str]]:
    """(pages by address, wrong address → where it stands) of all that can be reached from `start` by links."""
    pages: dict[str, str] = {}
    wrong: dict[str, str] = {}
    seen, waiting = {kind_of(start)}, [(start, "")]
    while waiting:
        address, found_on = waiting.pop(0)
        response = await browser.client.get(address)
        if response.status_code != 200:
            wrong[address] = f"{response.status_code} from {found_on}"
        if "text/html" not in response.headers["content-type"]:
            continue
        pages[address] = response.text
        for link in sorted(Links(response.text).found):
            whole = urljoin(str(response.url), link)
            if whole.startswith("http://desk/desk") and kind_of(whole) not in seen:
                seen.add(kind_of(whole))
                waiting.append((whole, address))
    return pages, wrong


def kind_of(address: str) -> str:
    """What stands for all addresses that are like this one."""
    parts = urlsplit(address)
    path = parts.path
    for pattern, word in SAME:
        path = pattern.sub(word, path)
    return f"{path}?{re.sub(r'=[^&]*', '', parts.query)}"


@pytest.mark.parametrize("who", ["eva", "rosa"])
async def test_every_link_leads_somewhere(hall: Hall, content: Content, who: str) -> None:
    eva = await hall.store.worker("eva")
    assert eva is not None
    ref = Ref(Kind.ANSWER, "utter_flu_jab", "ar")
    await hall.desk.editing.save(eva, ref, content.answers[ref.key, ref.language], base=0, seen=0)
    await hall.desk.editing.submit(eva, ref)
    pages, wrong = await walk(await hall.visitor(who), "http://desk/desk/content")
    assert not wrong
    walked = {kind_of(address).partition("?")[0] for address in pages}
    rooms = {"questions", "drafts", "facts", "words", "danger", "teach", "files", "read", "templates", "topics/new"}
    kinds = {"answers/*", "topics/*", "entries/fact/*", "entries/flag/*", "entries/term/*", "history/answer/*"}
    assert {f"/desk/content/{each}" for each in rooms | kinds} <= walked


async def test_a_link_into_a_page_names_a_place_that_is_there(hall: Hall) -> None:
    pages, _ = await walk(await hall.visitor("eva"), "http://desk/desk/content")
    lost = []
    for address, text in pages.items():
        read = Links(text)
        lost += [(address, each) for each in read.found if each.startswith("#") and each[1:] not in read.ids]
    assert not lost


async def test_a_translators_links_lead_somewhere(hall: Hall) -> None:
    eva = await hall.visitor("eva")
    await eva.get("/desk/content/files")
    await eva.fill("/desk/content/files/links", name="Amina", language="ar")
    (link,) = set(re.findall(r"/desk/translate/[\w-]+", eva.response.text))
    pages, wrong = await walk(hall.browser(), f"http://desk{link}")
    assert not wrong
    assert any("/texts/" in address for address in pages)
