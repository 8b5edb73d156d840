"""Every address of the desk, filled in with things that are there, and those things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from starlette.routing import Mount, Route

from bot.core.revision import TranslatorLink
from bot.core.taught import Model, ModelState
from bot.core.team import Role
from tests.desk.hall import Hall, case_of

GUEST = "a-token-for-turkish"  # the link of a translator
FILLED = {"team_id": "oost", "worker_id": "samira", "template_id": "hello", "case_id": "c1", "token": "none"}
ANSWER = {"kind": "answer", "key": "utter_flu_jab", "language": "nl"}
# One word means different things in different rooms: the first beginning that fits counts.
BY_ROOM = (
    ("/content/entries/answer", ANSWER),
    ("/content/entries", {"kind": "fact", "key": "flu_jab_age", "language": "-"}),
    ("/content/topics", {"key": "flu_jab"}),
    ("/content/files/export", {"name": "tr.xlsx"}),
    ("/content/files/links", {"link_id": "other"}),
    ("/content/teach", {"model_id": "m1"}),
    ("/content", ANSWER),
    ("/translate", {"token": GUEST, "key": "utter_flu_jab"}),
)


def desk_routes(hall: Hall) -> Iterator[Route]:
    """Every route under /desk that is no static file."""
    mount = next(route for route in hall.app.routes if isinstance(route, Mount))
    yield from (route for route in mount.routes if isinstance(route, Route))


def all_routes(hall: Hall) -> Iterator[tuple[str, str]]:
    """(method, address) of every route, filled in with what `furnish` puts there."""
    for route in desk_routes(hall):
        yield from ((method, address_of(route)) for method in sorted(route.methods or ()) if method != "HEAD")


def content_routes(hall: Hall) -> list[tuple[str, str]]:
    """Those of the content room, and of translators without an account."""
    return [each for each in all_routes(hall) if room(each[1]) in {"content", "translate"}]


def address_of(route: Route) -> str:
    """The address, filled in for team Oost and for texts that are there."""
    own = next((filled for start, filled in BY_ROOM if route.path.startswith(start)), {})
    path = re.sub(r"\{(\w+)(:\w+)?\}", lambda match: (FILLED | own).get(match[1], "1"), route.path)
    return f"/desk{path}"


def room(address: str) -> str:
    """The first word of an address."""
    return address.removeprefix("/desk/").partition("/")[0]


def may(roles: frozenset[Role], address: str) -> bool:
    """Is this room for somebody with these roles?"""
    rooms = {"people": {Role.COORDINATOR}, "content": {Role.EDITOR, Role.REVIEWER}, "audit": set(Role) - {Role.WORKER}}
    if room(address) in (*EVERYBODY, "") or address.startswith("/desk/content/read"):
        return True  # the address of the desk itself leads everybody to their own first page
    return bool(roles & rooms.get(room(address), {Role.WORKER, Role.COORDINATOR}))


EVERYBODY = ("account", "log-out", "log-in", "in", "invite", "second-factor", "demo", "oidc", "translate")


async def furnish(hall: Hall) -> None:
    """A case of Oost, a model that is ready, and two links for translators, of which the first is GUEST's."""
    now = hall.clock()
    link = TranslatorLink("guest", "tr", "Ayşe", "eva", now + timedelta(days=14))
    (hall.folder / "m1.tar.gz").touch()
    async with hall.store.unit() as unit:
        await unit.keep_case(case_of("oost"))
        await unit.keep_model(Model("m1", "m1.tar.gz", "base", ModelState.READY, "eva", now))
        await unit.give_translator_link(link, GUEST)
        await unit.give_translator_link(replace(link, id="other"), "another-token")
