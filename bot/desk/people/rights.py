"""Who may manage whom: a coordinator their own teams, and wholly only the people who work in no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.core.team import Role, Team, Worker
from bot.services.case_ports import StaffReads


def sees(coordinator: Worker, worker: Worker) -> bool:
    """Do they share a team?"""
    return bool(set(worker.teams) & set(coordinator.teams))


def manages(coordinator: Worker, worker: Worker) -> bool:
    """Are all the worker's teams the coordinator's?

    One shared team is not enough: whoever may give somebody a new password could come in as them elsewhere.
    """
    return sees(coordinator, worker) and set(worker.teams) <= set(coordinator.teams)


def leading(coordinator: Worker, teams: Iterable[Team]) -> Worker:
    """The coordinator as of the teams that stand: one that was removed is nobody's to put people in or out of."""
    standing = {team.id for team in teams}
    return replace(coordinator, teams=tuple(team for team in coordinator.teams if team in standing))


def own(coordinator: Worker, teams: Iterable[Team]) -> list[Team]:
    """Their teams."""
    return [team for team in teams if team.id in coordinator.teams]


async def own_team(request: Request, reads: StaffReads, coordinator: Worker) -> Team:
    """The team in the address. Raises HTTPException 404 when it is not theirs."""
    wanted = request.path_params["team_id"]
    for team in own(coordinator, await reads.teams()):
        if team.id == wanted:
            return team
    raise HTTPException(404)


async def colleague_of(request: Request, reads: StaffReads, coordinator: Worker) -> Worker:
    """The worker in the address. Raises HTTPException 404 when they are in none of the coordinator's teams."""
    worker = await reads.worker(request.path_params["worker_id"])
    if worker is None or not sees(coordinator, worker):
        raise HTTPException(404)
    return worker


async def own_worker(request: Request, reads: StaffReads, coordinator: Worker) -> Worker:
    """The worker in the address, to be changed in everything. Raises HTTPException 404 when they are not theirs."""
    worker = await colleague_of(request, reads, coordinator)
    if not manages(coordinator, worker):
        raise HTTPException(404)
    return worker


def locks_out(coordinator: Worker, changed: Worker) -> bool:
    """Would this change take from the coordinator what they need to undo it?"""
    if changed.id != coordinator.id:
        return False
    keeps = changed.active and Role.COORDINATOR in changed.roles
    return not keeps or bool(set(coordinator.teams) - set(changed.teams))
