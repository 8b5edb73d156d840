"""Who came by https is told to stay there; on plain http, as on one's own machine, nobody is."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from bot.app.https import HEADER, HttpsOnly

PUBLIC = "https://buurt.example"
PAGES = [Route("/", lambda _: PlainTextResponse("dag")), Route("/away", lambda _: RedirectResponse("/", 303))]


async def told(address: str, public_url: str = PUBLIC) -> str | None:
    app = Starlette(routes=PAGES, middleware=[Middleware(HttpsOnly, public_url=public_url)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        return (await client.get(address)).headers.get(HEADER)


@pytest.mark.parametrize("path", ["/", "/away", "/nothing"])
async def test_over_https_every_answer_says_so(path: str) -> None:
    assert await told(f"https://buurt.example{path}") == "max-age=31536000"


async def test_a_proxy_that_leads_the_public_address_here_is_believed() -> None:
    assert await told("http://buurt.example/") == "max-age=31536000"


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/", "http://localhost/", "http://other.example/"])
@pytest.mark.parametrize("public_url", [PUBLIC, "", "http://127.0.0.1:8080"])
async def test_over_plain_http_none_does(address: str, public_url: str) -> None:
    assert await told(address, public_url) is None
