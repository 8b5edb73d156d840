"""What the pages of the desk need of the world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request

from bot.core.content import Content
from bot.core.served import Served
from bot.services.cases.work import Work
from bot.services.editing import Editing
from bot.services.editing.exchange import Exchange
from bot.services.files import Files
from bot.services.live import Live
from bot.services.ports import Clock, Store
from bot.services.teaching import Teaching


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """An organisation's own log-in: OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk. `demo` are the workers anybody may be in a demonstration; () everywhere else.

    `public_url` is the https address of this server, `bot_name` the Telegram name of the assistant; "" if there is
    none. `serve_unreviewed`: may answers that nobody checked be said? Who does nothing for `idle` is logged out.
    Times are shown in `zone`. `oidc` is the organisation's own log-in, if it has one. `exchange` takes all texts
    out and in, None where nobody may; `base` are the texts of the files, without what editors published.
    """

    store: Store
    clock: Clock
    served: Served
    work: Work
    live: Live
    editing: Editing
    teaching: Teaching
    files: Files | None = None
    serve_unreviewed: bool = False
    public_url: str = ""
    bot_name: Callable[[], str] = str  # known once Telegram has greeted
    demo: tuple[str, ...] = ()
    zone: str = "Europe/Amsterdam"
    oidc: OidcSettings | None = None
    exchange: Exchange | None = None
    base: Content | None = None
    idle: timedelta = timedelta(hours=8)

    @property
    def content(self) -> Content:
        """The texts as they are served now."""
        return self.served.content


def desk_of(request: Request) -> Desk:
    """The desk that this request came to."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - set by routes() alone
    return desk
