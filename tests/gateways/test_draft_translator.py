"""Drafts of public texts: through deep-translator's own class, against a page such as Google's on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from deep_translator.constants import BASE_URLS

from bot.core.errors import SettingsError, TranslationFailed
from bot.gateways.translation import open_draft_translator


class Page(BaseHTTPRequestHandler):
    """Answers as the service's page for phones does: the translation in one element."""

    asked: list[dict[str, list[str]]]
    status = 200

    def do_GET(self) -> None:
        question = parse_qs(urlsplit(self.path).query)
        self.asked.append(question)
        self.send_response(self.status)
        self.end_headers()
        if self.status == 200:
            self.wfile.write(f'<div class="result-container">[{question["q"][0]}]</div>'.encode())

    def log_message(self, *_: object) -> None:
        return None


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Page]]:
    kind = type("OnePage", (Page,), {"asked": [], "status": 200})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setitem(BASE_URLS, "GOOGLE_TRANSLATE", f"http://127.0.0.1:{server.server_port}/m")
    yield kind
    server.shutdown()
    thread.join()


async def test_a_public_text_is_drafted_in_the_language_asked_for(page: type[Page]) -> None:
    draft = open_draft_translator("google", None)
    assert draft is not None
    assert await draft("De prik is gratis.", "nl", "tr") == "[De prik is gratis.]"
    assert page.asked[0]["sl"] == ["nl"]
    assert page.asked[0]["tl"] == ["tr"]


async def test_a_service_that_refuses_is_told_without_the_text(page: type[Page]) -> None:
    page.status = 429
    draft = open_draft_translator("google", None)
    assert draft is not None
    with pytest.raises(TranslationFailed, match="google has too much to do") as told:
        await draft("Een heel geheime zin.", "nl", "tr")
    assert "geheime" not in str(told.value)


async def test_without_a_service_of_its_own_the_residents_one_drafts() -> None:
    async def theirs(text: str, source: str, target: str) -> str:
        return f"{source}>{target}: {text}"

    assert open_draft_translator("", theirs) is theirs
    assert open_draft_translator("", None) is None


def test_an_unknown_service_is_refused_with_what_to_choose() -> None:
    with pytest.raises(SettingsError, match="google or mymemory"):
        open_draft_translator("bing", None)
