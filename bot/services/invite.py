"""The first of the staff, invited from the command line; coordinators invite the workers of their teams on the desk."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.core.errors import SettingsError
from bot.core.revision import Field
from bot.core.team import Role, Team, Worker
from bot.services.cases.office import Office
from bot.services.editing.translator_links import take_back_links
from bot.services.ports import Unit

PURPOSE: Final = "invite"
LASTS: Final = timedelta(hours=48)


async def invite_coordinator(office: Office, name: str, email: str, team: str) -> str:
    """The link with which a new coordinator chooses a password; the team is made when there is none of this name.

    Raises SettingsError when somebody has this address already.
    """
    async with office.store.unit() as unit:
        ours = next((one for one in await unit.teams() if one.name == team), None)
        if ours is None:
            ours = Team(uuid.uuid4().hex, team)
            await unit.keep_team(ours)
        roles = frozenset({Role.WORKER, Role.COORDINATOR})
        return await _invited(office, unit, Worker(uuid.uuid4().hex, email, name, roles, (ours.id,)))


async def invite_editor(
    office: Office, name: str, email: str, fields: Collection[Field] = (), languages: Collection[str] = ("nl",)
) -> str:
    """The link for an editor; with fields of knowledge they are a reviewer too. `languages` are what they read.

    Who is an editor already gets a new link, and what is said of them here. Raises SettingsError when the address is
    that of somebody with another role.
    """
    roles = frozenset({Role.EDITOR, Role.REVIEWER} if fields else {Role.EDITOR})
    known = tuple(field.value for field in fields)
    worker = Worker(uuid.uuid4().hex, email, name, roles, languages=tuple(languages), title="redacteur", fields=known)
    async with office.store.unit() as unit:
        before = await unit.credentials(email)
        if before is None or not _only_edits(before.worker):
            return await _invited(office, unit, worker)
        await unit.keep_worker(replace(worker, id=before.worker.id, chat=before.worker.chat))
        return await _link(office, unit, before.worker.id, "gave new link")


async def editor_left(office: Office, email: str) -> str:
    """Closes an editor's account, logs them out everywhere, and ends the links that they gave to translators.

    What they wrote stays. Returns their name.

    Raises SettingsError when nobody who only edits has this address.
    """
    async with office.store.unit() as unit:
        found = await unit.credentials(email)
        if found is None or not _only_edits(found.worker):
            raise SettingsError(f"No editor has the address {email}. People with a team are managed on the desk.")
        await unit.keep_worker(replace(found.worker, active=False))
        await unit.end_sessions(found.worker.id)
        await unit.link_chat(found.worker.id, "")
        await take_back_links(unit, found.worker.id, "command line", office.clock())
        await unit.audit("command line", "closed account", found.worker.id, office.clock())
    return found.worker.name


def _only_edits(worker: Worker) -> bool:
    return not worker.teams and worker.roles <= {Role.EDITOR, Role.REVIEWER}


async def _invited(office: Office, unit: Unit, worker: Worker) -> str:
    if await unit.credentials(worker.email) is not None:
        raise SettingsError(f"Somebody of the staff has the address {worker.email} already. Give another address.")
    await unit.keep_worker(worker)
    return await _link(office, unit, worker.id, "invited")


async def _link(office: Office, unit: Unit, worker_id: str, what: str) -> str:
    now, token = office.clock(), office.secret()
    await unit.give_token(token, PURPOSE, worker_id, now + LASTS)
    await unit.audit("command line", what, worker_id, now)
    return f"{office.public_url}/desk/invite/{token}"
