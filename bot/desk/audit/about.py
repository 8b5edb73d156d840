"""What a deed is about, by its name, and where the reader may open it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.deed import Deed
from bot.core.entry import Kind, Ref
from bot.core.team import Role, Team, Template, Worker
from bot.desk.audit.sentences import GROUP_OF, OF_EDITORS, Group
from bot.desk.content.entry_names import Names
from bot.desk.people.rights import sees

_PEOPLE: Final = "/desk/people"
_KINDS: Final = frozenset(Kind)
_QUESTIONS: Final = frozenset({"filed questions", "discarded questions"})
_LINKS: Final = frozenset({"gave translator link", "took back translator link"})


@dataclass(frozen=True, slots=True)
class About:
    """A name, "" for nothing to name; `href` is "" where the reader may not go."""

    name: str = ""
    href: str = ""


class Abouts:
    """Names and addresses for one reader, from all there is at one moment. `teams` are also those that were removed."""

    def __init__(
        self,
        reader: Worker,
        names: Names,
        *,
        workers: Iterable[Worker],
        teams: Iterable[Team],
        standing: Iterable[Team],
        templates: Iterable[Template],
    ) -> None:
        self._reader, self._names = reader, names
        self._leads = Role.COORDINATOR in reader.roles
        self._edits = bool(reader.roles & {Role.EDITOR, Role.REVIEWER})
        self._workers = {worker.id: worker for worker in workers}
        self._teams = {team.id: team.name for team in teams}
        self._standing = {team.id for team in standing}
        self._templates: Mapping[str, Template] = {template.id: template for template in templates}

    def of(self, deed: Deed) -> About:
        """What one deed is about."""
        if deed.case or deed.team:
            return self._case(deed)
        if deed.what in OF_EDITORS:
            return self._in_content(deed)
        if deed.about == deed.by or GROUP_OF.get(deed.what) is Group.ACCOUNTS:
            return About()
        return self._of_staff(deed.about)

    def _case(self, deed: Deed) -> About:
        """A case; its page opens for its team alone, as long as it is kept."""
        case_id = deed.case or deed.about
        if deed.team and deed.team not in self._reader.teams:
            return About()
        number, detail = f"#{case_id[:6].upper()}", self._detail(deed) if deed.case else ""
        return About(f"{number} {detail}".strip(), f"/desk/cases/{case_id}" if deed.team else "")

    def _detail(self, deed: Deed) -> str:
        """To whom a case went: names of teams and people."""
        found = (self._named(word) for word in deed.about.split()) if deed.what == "handed_over" else ()
        return " ".join(f"→ {name}" for name in found if name)

    def _named(self, any_id: str) -> str:
        worker = self._workers.get(any_id)
        return self._teams.get(any_id, "") or (worker.name if worker else "")

    def _in_content(self, deed: Deed) -> About:
        first, _, rest = deed.about.partition(" ")
        if first in _KINDS:
            key, _, language = rest.partition(" ")
            named = self._names.named(Ref(Kind(first), key, language))
            title = f"{named.title} ({named.tongue})" if named.tongue else named.title
            return About(title, named.href if self._edits else "")
        if deed.what in _LINKS:
            return About(self._names.tongue(rest), "/desk/content/files" if self._edits else "")
        if deed.what in _QUESTIONS:
            return About("" if first.isdigit() else self._names.topic(first))
        return About(first, "/desk/content/teach" if self._edits else "")

    def _of_staff(self, about: str) -> About:
        if (worker := self._workers.get(about)) is not None:
            theirs = self._leads and sees(self._reader, worker)
            return About(worker.name, f"{_PEOPLE}/workers/{about}" if theirs else "")
        if (template := self._templates.get(about)) is not None:
            return About(template.name, self._team_page(template.team, "/templates"))
        postcode, _, team = about.rpartition(" ")
        end = "/areas" if postcode else ""
        return About(" ".join(filter(None, (postcode, self._teams.get(team, "")))), self._team_page(team, end))

    def _team_page(self, team: str, end: str) -> str:
        opens = self._leads and team in self._standing and team in self._reader.teams
        return f"{_PEOPLE}/teams/{team}{end}" if opens else ""
