"""The inbox: the cases of a worker's teams, and the page of each. Paths leave out "/desk"."""

from __future__ import annotations

from starlette.routing import Route

from bot.core.team import Role
from bot.desk.desk import Desk
from bot.desk.inbox.case_moves import CaseMoves
from bot.desk.inbox.case_page import CasePage
from bot.desk.inbox.list_page import ListPage
from bot.desk.inbox.screen import Screen
from bot.desk.session import for_roles


def routes(desk: Desk) -> list[Route]:
    """All addresses of the inbox, each for workers and coordinators; the first leads others to where they begin."""
    screen = Screen(desk)
    many, one, moves = ListPage(desk), CasePage(desk, screen), CaseMoves(desk, screen)
    guard = for_roles(Role.WORKER, Role.COORDINATOR)
    case, post = "/cases/{case_id}", ["POST"]
    return [
        Route("/", for_roles(*Role)(many.show)),
        Route("/events", guard(many.events)),
        Route(case, guard(one.show)),
        Route(f"{case}/events", guard(one.events)),
        Route(f"{case}/files/{{message_id:int}}", guard(one.file)),
        Route(f"{case}/writing", guard(one.writing), methods=post),
        Route(f"{case}/phone", guard(one.phone), methods=post),
        Route(f"{case}/take", guard(moves.claim), methods=post),
        Route(f"{case}/reply", guard(moves.reply), methods=post),
        Route(f"{case}/note", guard(moves.note), methods=post),
        Route(f"{case}/close", guard(moves.close), methods=post),
        Route(f"{case}/hand-over", guard(moves.hand_over), methods=post),
        Route(f"{case}/again", guard(moves.reopen), methods=post),
        Route(f"{case}/back", guard(moves.release), methods=post),
    ]
