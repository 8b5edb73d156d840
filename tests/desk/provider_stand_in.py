"""A small OpenID Connect provider on a port of this machine, which says what a test tells it to say."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "buurtvraag", "geheim"


class ProviderStandIn:
    """`claims` go into the next token over the right ones; `key` signs it; `broken` answers with HTML."""

    def __init__(self, now: int) -> None:
        self.own_key = RSAKey.generate_key(2048, {"kid": "one"})
        self.key = self.own_key
        self.claims: dict[str, Any] = {}
        self.broken = False
        self._now, self._codes = now, {}
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.issuer = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        routes = [
            Route("/.well-known/openid-configuration", self._about),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
        ]
        config = uvicorn.Config(Starlette(routes=routes), ws="none", log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    async def _about(self, _: Request) -> Response:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse({"issuer": self.issuer} | {key: f"{self.issuer}/{end}" for key, end in names.items()})

    async def _authorize(self, request: Request) -> Response:
        """Everybody is logged in here already: straight back, with a code."""
        asked, code = dict(request.query_params), secrets.token_urlsafe(8)
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"]
        self._codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = self._codes.pop(form["code"], None)
        proof = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or asked["code_challenge"] != challenge or request.headers.get("authorization") != basic:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if self.broken:
            return PlainTextResponse("<html>502 Bad Gateway</html>")
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "exp": self._now + 300,
            "nonce": asked["nonce"],
            "email": "Samira@wijk.nl",
            "email_verified": True,
        } | self.claims
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token})

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.own_key.as_dict(private=False)]})
