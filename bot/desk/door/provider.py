"""An organisation's own accounts (OpenID Connect): asking its provider who somebody is, by the code flow with PKCE."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import httpx
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import AsyncOAuth2Client  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.core.errors import BuurtvraagError
from bot.desk.desk import OidcSettings

_SECONDS: Final = 10
_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
_DISCOVERY: Final = "/.well-known/openid-configuration"


class ProviderFailed(BuurtvraagError):
    """The provider did not say who it is, or not in a way that can be believed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One log-in that was begun: what the answer must fit."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Asked:
        """Three secrets."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @classmethod
    def read(cls, text: str) -> Asked | None:
        """From `written`; None for anything else."""
        parts = text.split(".")
        return cls(*parts) if len(parts) == 3 and all(parts) else None  # noqa: PLR2004

    @property
    def written(self) -> str:
        """For a cookie."""
        return f"{self.state}.{self.nonce}.{self.verifier}"


class Provider:
    """One provider; what it says of itself is asked once. Every method raises ProviderFailed."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._about: Mapping[str, Any] = {}

    async def log_in_address(self, asked: Asked, back: str) -> str:
        """Where the browser must go; it comes back at the address `back`."""
        about = await self._discover()
        async with self._client(back) as client:
            address, _ = client.create_authorization_url(
                about["authorization_endpoint"], state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier
            )
        return str(address)

    async def email(self, asked: Asked, back: str, code: str, now: datetime) -> str:
        """The e-mail address of who came back, as verified by the provider."""
        try:
            about = await self._discover()
            async with self._client(back) as client:
                token = await client.fetch_token(about["token_endpoint"], code=code, code_verifier=asked.verifier)
                keys = (await client.request("GET", about["jwks_uri"], withhold_token=True)).json()
            said = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS).claims
            self._must_be_for_us(said, asked, now)
        except (httpx.HTTPError, OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderFailed(f"The log-in at the provider failed ({type(error).__name__}).") from error
        if said.get("email_verified") is not True or not isinstance(said.get("email"), str):
            raise ProviderFailed("The provider has not verified this e-mail address.")
        return str(said["email"]).lower()

    def _must_be_for_us(self, said: Mapping[str, Any], asked: Asked, now: datetime) -> None:
        """OpenID Connect Core 1.0, 3.1.3.7. Raises JoseError."""
        claims = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=60,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": asked.nonce},
        )
        claims.validate(dict(said))

    async def _discover(self) -> Mapping[str, Any]:
        if not self._about:
            try:
                async with httpx.AsyncClient(timeout=_SECONDS) as client:
                    about = (await client.get(self._settings.issuer.rstrip("/") + _DISCOVERY)).raise_for_status().json()
                if about["issuer"] != self._settings.issuer:
                    raise ProviderFailed("The provider calls itself otherwise than OIDC_ISSUER.")
                self._about = about
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                raise ProviderFailed(f"The provider cannot be reached ({type(error).__name__}).") from error
        return self._about

    def _client(self, back: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._settings.client_id,
            self._settings.client_secret,
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )
