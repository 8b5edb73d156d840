"""How far a reader of the logs sees: coordinators their own people, teams and cases, editors the texts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.deed import Sight
from bot.core.team import Role, Team, Worker
from bot.desk.audit.sentences import OF_EDITORS
from bot.desk.people.rights import sees

EDITING = frozenset({Role.EDITOR, Role.REVIEWER})


def sight_of(reader: Worker, workers: Iterable[Worker], teams: Iterable[Team]) -> Sight:
    """What one reader may see; `teams` are also those that were removed."""
    leads = Role.COORDINATOR in reader.roles
    own = frozenset(reader.teams) if leads else frozenset()
    everybody = {worker.id: sees(reader, worker) or worker.id == reader.id for worker in workers}
    return Sight(
        people=frozenset(worker for worker, seen in everybody.items() if leads and seen),
        teams=own,
        whats=OF_EDITORS if reader.roles & EDITING else frozenset(),
        hidden=frozenset({team.id for team in teams} - own | {one for one, seen in everybody.items() if not seen}),
    )


def people_in(sight: Sight, reader: Worker, workers: Iterable[Worker]) -> list[Worker]:
    """Whose deeds one may ask for."""
    edits = bool(reader.roles & EDITING)
    return [one for one in workers if one.id in sight.people or (edits and bool(one.roles & EDITING))]
