"""Coming in with the organisation's own account. Who that is, is a worker with the same verified e-mail address."""

from __future__ import annotations

import hmac
import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.team import Worker
from bot.desk import page
from bot.desk.cookies import by_https
from bot.desk.desk import desk_of
from bot.desk.door.provider import Asked, Provider, ProviderFailed
from bot.desk.door.way_in import first_page
from bot.desk.session import for_anybody, open_session

COOKIE: Final = "desk_oidc"
_SECONDS: Final = 600
_log = logging.getLogger(__name__)


class Oidc:
    """The two pages of this way in."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self.begin = for_anybody(self._begin)
        self.back = for_anybody(self._back)

    async def _begin(self, request: Request) -> Response:
        """Off to the provider; a cookie remembers what was asked."""
        asked = Asked.new()
        try:
            response = RedirectResponse(await self._provider.log_in_address(asked, _back_at(request)), 303)
        except ProviderFailed as error:
            return _failed(request, error)
        response.set_cookie(
            COOKIE,
            asked.written,
            max_age=_SECONDS,
            path="/desk/oidc",
            secure=by_https(request),
            httponly=True,
            samesite="lax",  # it must come along when the provider sends the browser back
        )
        return response

    async def _back(self, request: Request) -> Response:
        """Back from the provider: checks what it said, and opens a session."""
        desk, asked = desk_of(request), Asked.read(request.cookies.get(COOKIE, ""))
        given, code = request.query_params.get("state", ""), request.query_params.get("code", "")
        if asked is None or not code or not hmac.compare_digest(given.encode(), asked.state.encode()):
            return _failed(request, ProviderFailed("This log-in was not begun here."))
        try:
            email = await self._provider.email(asked, _back_at(request), code, desk.clock())
        except ProviderFailed as error:
            return _failed(request, error)
        known = await desk.store.credentials(email)
        if known is None or not known.worker.active:
            return _failed(request, ProviderFailed("Nobody with this address works here."))
        return await _enter(request, known.worker)


async def _enter(request: Request, worker: Worker) -> Response:
    """A page that goes on by itself: a redirect would still count as another site's, without our strict cookie."""
    response = page.render(request, "door/entered.html", following=first_page(worker))
    await open_session(request, response, worker)
    response.delete_cookie(COOKIE, path="/desk/oidc", httponly=True, samesite="lax")
    return response


def _failed(request: Request, error: ProviderFailed) -> Response:
    _log.warning("OpenID Connect: %s", error)
    return page.render(request, "door/not_entered.html", 401)


def _back_at(request: Request) -> str:
    start = desk_of(request).public_url or str(request.base_url).rstrip("/").removesuffix("/desk")
    return f"{start}/desk/oidc/back"
