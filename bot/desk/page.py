"""The pages of the desk as HTML: one frame, the rooms that this worker has, and the words of their language."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.core.team import Role, Worker
from bot.desk.desk import Desk, desk_of
from bot.desk.form_token import form_token, remember_door
from bot.desk.forms import DONE
from bot.desk.session import Signed, session_of
from bot.desk.words import LANGUAGES, words

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the desk: the first word of its addresses ("" for the inbox), its name, and who may enter."""

    name: str
    label: str
    roles: frozenset[Role]

    @property
    def href(self) -> str:
        """Its first page."""
        return f"/desk/{self.name}"


_STAFF: Final = frozenset({Role.WORKER, Role.COORDINATOR})
ROOMS: Final = (
    Room("", "Cases", _STAFF),
    Room("content", "Content", frozenset({Role.EDITOR, Role.REVIEWER})),
    Room("content/read", "Read with people", _STAFF),
    Room("people", "Teams", frozenset({Role.COORDINATOR})),
    Room("account", "My account", frozenset(Role)),
)


def templates(desk: Desk) -> Environment:
    """All templates: those of the frame, and in every room's folder its own (inbox/templates/inbox/list.html)."""
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", *sorted(HERE.glob("*/templates"))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(version=_version(), zone=ZoneInfo(desk.zone), languages=LANGUAGES, demo=bool(desk.demo))
    return environment


def render(request: Request, template: str, /, status: int = 200, **context: object) -> HTMLResponse:
    """A page; `worker`, `csrf`, `t`, `tn`, `language`, `room` and `rooms` are always there.

    `request` must have passed a guard of session.py.
    """
    response = HTMLResponse(fragment(request, template, **context), status)
    remember_door(request, response)
    return response


def fragment(request: Request, template: str, /, **context: object) -> str:
    """The same as text, for a part of a page."""
    environment: Environment = request.app.state.templates
    return environment.get_template(template).render(_always(request) | context)


async def language_of(request: Request) -> str:
    """The language of who looks: the worker's own, or what their browser asks for."""
    signed = await session_of(request)
    return signed.worker.language if signed else _asked(request)


def _always(request: Request) -> dict[str, object]:
    signed: Signed | None = getattr(request.state, "signed", None)
    worker = signed.worker if signed else None
    language = worker.language if worker else _asked(request)
    said, zone = words(language), ZoneInfo(desk_of(request).zone)
    return {
        "worker": worker,
        "csrf": form_token(request),
        "t": said,
        "tn": said.many,
        "language": said.language,
        "room": request.url.path.removeprefix("/desk").strip("/").partition("/")[0],
        "rooms": _rooms(worker) if signed and not signed.case else (),
        "done": said(DONE[done]) if (done := request.query_params.get("done", "")) in DONE else "",
        "bound": signed.case if signed else "",
        "day": lambda at: format_date(_local(at, zone), "EEE d MMM y", locale=said.language),
        "moment": lambda at: format_datetime(at.astimezone(zone), "EEE d MMM HH:mm", locale=said.language),
        "clock": lambda at: format_time(at.astimezone(zone), "HH:mm", locale=said.language),
    }


def _rooms(worker: Worker | None) -> tuple[Room, ...]:
    found = tuple(room for room in ROOMS if worker and worker.roles & room.roles)
    names = {room.name for room in found}
    return tuple(room for room in found if room.name.partition("/")[0] not in names - {room.name})


def _local(at: datetime | date, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date() if isinstance(at, datetime) else at


def _asked(request: Request) -> str:
    """Dutch, unless the browser asks for English first."""
    first = request.headers.get("accept-language", "").strip().lower()[:2]
    return first if first in LANGUAGES else "nl"


def _version() -> str:
    """Changes when a file of the pages does, so that no browser keeps an old one."""
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
