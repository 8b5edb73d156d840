"""A coordinator links a team's own group, once, with a code from the desk that is written in that group."""

from __future__ import annotations

from dataclasses import replace

from bot.core.message import Outgoing
from bot.core.staff_words import FALLBACK
from bot.core.team import Role, Team, Worker
from bot.services.cases.office import Office
from bot.services.ports import Received, Unit

PURPOSE = "group"


class LinkGroup:
    """Call it with the command that came from a group."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(self, received: Received) -> Outgoing:
        """What is said in the group: whose it is now, or that the code is wrong, used or too old."""
        _, _, code = received.incoming.text.partition(" ")
        chat, now = received.resident.id, self._office.clock()
        async with self._office.store.unit() as unit:
            said = await self._linked(unit, code, chat)
            await unit.finish(received.id)
            await unit.post(chat, [said], now)
        return said

    async def _linked(self, unit: Unit, code: str, chat: str) -> Outgoing:
        words, now = self._office.words, self._office.clock()
        worker_id, team_id = await unit.use_token(code, PURPOSE, now) or ("", "")
        worker = await unit.worker(worker_id) if worker_id else None
        teams = {team.id: team for team in await unit.teams()}
        team = teams.get(team_id)
        if worker is None or team is None or not _leads(worker, team):
            return Outgoing(words("group_link_wrong", FALLBACK), FALLBACK, key="staff_group_link_wrong")
        for other in teams.values():
            if other.group == chat and other.id != team.id:
                await leave_group(unit, other)
        await unit.leave_threads(team.id)
        await unit.keep_team(replace(team, group=chat))
        await unit.audit(worker.id, "group_linked", team.id, now)
        text = words("group_linked", worker.language, team=team.name)
        return Outgoing(text, words.language(worker.language), key="staff_group_linked")


async def leave_group(unit: Unit, team: Team) -> None:
    """The team has no group any more: nothing more is said there."""
    await unit.leave_threads(team.id)
    await unit.keep_team(replace(team, group=""))


def _leads(worker: Worker, team: Team) -> bool:
    """Asked again when the code is used: in a quarter of an hour somebody may have left."""
    return worker.active and Role.COORDINATOR in worker.roles and team.id in worker.teams
