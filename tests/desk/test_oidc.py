"""Coming in with the organisation's own account, against a provider on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from joserfc.jwk import RSAKey

from bot.desk.desk import OidcSettings
from tests.builders import NOON
from tests.desk.hall import Browser, Hall
from tests.desk.provider_stand_in import CLIENT, SECRET, ProviderStandIn


@pytest.fixture(scope="module")
def stand_in() -> Iterator[ProviderStandIn]:
    stand_in = ProviderStandIn(int(NOON.timestamp()))
    yield stand_in
    stand_in.close()


@pytest.fixture
def provider(stand_in: ProviderStandIn) -> ProviderStandIn:
    stand_in.claims, stand_in.key, stand_in.broken = {}, stand_in.own_key, False
    return stand_in


@pytest.fixture
def house(hall: Hall, provider: ProviderStandIn) -> Hall:
    return replace(hall, desk=replace(hall.desk, oidc=OidcSettings(provider.issuer, CLIENT, SECRET)))


async def come_in(house: Hall, browser: Browser | None = None) -> Browser:
    """From the log-in to the provider and back, as a browser goes."""
    browser = browser or await house.browser().get("/desk/log-in")
    there = await browser.client.get("/desk/oidc", follow_redirects=False)
    async with httpx.AsyncClient() as outside:
        back = await outside.get(there.headers["location"])
    return await browser.get(back.headers["location"])


async def test_a_worker_comes_in_with_the_account_of_the_organisation(house: Hall) -> None:
    browser = await house.browser().get("/desk/log-in")
    assert "account van uw organisatie" in browser.words
    await come_in(house, browser)
    assert "U bent ingelogd" in browser.words
    assert 'content="0; url=/desk/"' in browser.response.text
    assert "Samira" in (await browser.get("/desk/account")).response.text


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "niemand@elders.nl"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"aud": "another"},
        {"iss": "https://elsewhere.example"},
        {"nonce": "old"},
        {"exp": int(NOON.timestamp()) - 120},
        {"email": None},
    ],
    ids=lambda claims: next(iter(claims.items())),
)
async def test_what_cannot_be_believed_opens_nothing(
    house: Hall, provider: ProviderStandIn, claims: dict[str, object]
) -> None:
    provider.claims = claims
    browser = await come_in(house)
    assert browser.status == 401
    assert "Dat lukte niet bij uw organisatie" in browser.words
    assert (await browser.get("/desk/account")).at == "/desk/log-in"


async def test_a_token_signed_by_somebody_else_opens_nothing(house: Hall, provider: ProviderStandIn) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert (await come_in(house)).status == 401


async def test_a_provider_that_answers_nonsense_gets_a_clear_page(house: Hall, provider: ProviderStandIn) -> None:
    provider.broken = True
    browser = await come_in(house)
    assert "Log in met uw wachtwoord" in browser.words


async def test_a_provider_that_is_away_gets_a_clear_page(hall: Hall) -> None:
    away = replace(hall, desk=replace(hall.desk, oidc=OidcSettings("http://127.0.0.1:9", CLIENT, SECRET)))
    browser = await away.browser().get("/desk/oidc")
    assert "Log in met uw wachtwoord" in browser.words


async def test_a_log_in_that_was_begun_elsewhere_opens_nothing(house: Hall) -> None:
    browser = await house.browser().get("/desk/oidc/back?code=x&state=y")
    assert browser.status == 401


async def test_who_left_does_not_come_in(house: Hall) -> None:
    await house.change("samira", active=False)
    assert (await come_in(house)).status == 401


async def test_without_a_provider_there_is_no_such_way_in(hall: Hall) -> None:
    browser = await hall.browser().get("/desk/log-in")
    assert "organisatie" not in browser.words
    assert (await browser.get("/desk/oidc")).status == 404
