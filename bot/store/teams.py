"""Teams, the areas they look after, and their templates."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.core.team import Area, Team, Template
from bot.store.part import Part
from bot.store.staff_records import team_from, team_values
from bot.store.tables import areas, teams, templates


class TeamRows(Part):
    """See `services.case_ports.StaffReads` and `StaffWrites`."""

    async def teams(self, *, removed: bool = False) -> list[Team]:
        """All teams, by name; with `removed` also those that are only there for their last cases."""
        query = select(teams) if removed else select(teams).where(teams.c.removed_at.is_(None))
        found = [team_from(row) for row in await self._connection.execute(query)]
        # Sorted here: the two databases do not agree on the order of letters.
        return sorted(found, key=lambda team: (team.name.casefold(), team.id))

    async def keep_team(self, team: Team) -> None:
        """A new team or a changed one."""
        await self._upsert(teams, {"id": team.id}, team_values(team))

    async def remove_team(self, team_id: str, at: datetime) -> None:
        """Nothing new comes to this team; its areas are free. Its people stay in it for what its cases hold."""
        await self._connection.execute(delete(areas).where(areas.c.team_id == team_id))
        await self._connection.execute(update(teams).where(teams.c.id == team_id).values(removed_at=at))

    async def areas(self) -> list[Area]:
        """All areas, by postcode."""
        rows = await self._connection.execute(select(areas).order_by(areas.c.postcode))
        return [Area(row.postcode, row.name, row.team_id, row.latitude, row.longitude) for row in rows]

    async def keep_area(self, area: Area) -> None:
        """A new area or a changed one."""
        place = {"latitude": area.latitude, "longitude": area.longitude}
        await self._upsert(areas, {"postcode": area.postcode}, {"name": area.name, "team_id": area.team, **place})

    async def remove_area(self, postcode: str) -> None:
        """The postcode belongs to no team any more."""
        await self._connection.execute(delete(areas).where(areas.c.postcode == postcode))

    async def templates(self) -> list[Template]:
        """All templates, by name."""
        rows = await self._connection.execute(select(templates))
        found = [Template(row.id, row.team_id or "", row.name, json.loads(row.texts)) for row in rows]
        return sorted(found, key=lambda template: (template.name.casefold(), template.id))

    async def keep_template(self, template: Template) -> None:
        """A new template or a changed one."""
        values = {"team_id": template.team or None, "name": template.name, "texts": json.dumps(template.texts)}
        await self._upsert(templates, {"id": template.id}, values)

    async def remove_template(self, template_id: str) -> None:
        """A template that nobody needs."""
        await self._connection.execute(delete(templates).where(templates.c.id == template_id))
