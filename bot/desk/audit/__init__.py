"""What was done and by whom: both logs as one page, for who looks after people or texts."""

from __future__ import annotations

from starlette.routing import Route

from bot.core.team import Role
from bot.desk.audit import log
from bot.desk.desk import Desk
from bot.desk.session import for_roles


def routes(_: Desk) -> list[Route]:
    """One page, for coordinators, editors and reviewers; each sees their own part."""
    return [Route("/audit", for_roles(Role.COORDINATOR, Role.EDITOR, Role.REVIEWER)(log.show))]
