"""The desk at /desk, where social workers and coordinators work. Paths in the rooms' routes leave out "/desk"."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.desk import account, audit, content, door, inbox, people
from bot.desk.desk import Desk, desk_of
from bot.desk.door.password import Passwords
from bot.desk.page import STATIC, templates
from bot.desk.problems import HANDLERS
from bot.desk.security import Guarded

__all__ = ["Desk", "desk_of", "routes"]


def routes(desk: Desk) -> list[BaseRoute]:
    """The whole desk under /desk: every room behind one guard, with its own pages for what goes wrong."""
    rooms = [route for room in (door, inbox, content, people, account, audit) for route in room.routes(desk)]
    for room in rooms:
        assert getattr(room.endpoint, "guarded", False), f"{room.path} has no guard of session.py"  # noqa: S101
    static = Mount("/static", StaticFiles(directory=STATIC), name="desk-static")
    app = Starlette(routes=[static, *rooms], middleware=[Middleware(Guarded)], exception_handlers=HANDLERS)
    app.state.desk, app.state.templates, app.state.passwords = desk, templates(desk), Passwords()
    return [Route("/desk", lambda _: RedirectResponse("/desk/", 303)), Mount("/desk", app, name="desk")]
