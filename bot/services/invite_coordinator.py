"""The first of the staff: a coordinator, who invites the others on the desk."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Final

from bot.core.errors import SettingsError
from bot.core.team import Role, Team, Worker
from bot.services.office import Office

PURPOSE: Final = "invite"
LASTS: Final = timedelta(hours=48)


async def invite_coordinator(office: Office, name: str, email: str, team: str) -> str:
    """The link with which a new coordinator chooses a password; the team is made when there is none of this name.

    Raises SettingsError when somebody has this address already.
    """
    now, token = office.clock(), office.secret()
    async with office.store.unit() as unit:
        if await unit.credentials(email) is not None:
            raise SettingsError(f"Somebody of the staff has the address {email} already. Invite them on the desk.")
        ours = next((one for one in await unit.teams() if one.name == team), None)
        if ours is None:
            ours = Team(uuid.uuid4().hex, team)
            await unit.keep_team(ours)
        worker = Worker(uuid.uuid4().hex, email, name, frozenset({Role.WORKER, Role.COORDINATOR}), (ours.id,))
        await unit.keep_worker(worker)
        await unit.give_token(token, PURPOSE, worker.id, now + LASTS)
        await unit.audit(worker.id, "invited", worker.id, now)
    return f"{office.public_url}/desk/invite/{token}"
