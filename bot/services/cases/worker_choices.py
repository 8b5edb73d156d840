"""What a worker chooses in Telegram: to whom a case goes, or which ready text its resident gets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final, TypeVar

from bot.core.case import Case
from bot.core.errors import CaseChanged
from bot.core.message import Button, Outgoing
from bot.core.press import Act, Press
from bot.core.team import Role, Team, Template, Worker
from bot.services.cases.case_access import find_case
from bot.services.cases.staff_work import StaffWork
from bot.services.cases.worker_visit import Visit

_KEY: Final = 24  # of the id of a colleague, team or template: what is left of a button's 64 bytes
_MOST_SHOWN: Final = 20

Thing = TypeVar("Thing", Worker, Team, Template)
Deed = Callable[[Visit, str, str], Awaitable[None]]  # with a case's id, and what was chosen


class WorkerChoices:
    """Each deed shows what there is, or does with the case what was chosen. Raises CaseError."""

    def __init__(self, work: StaffWork) -> None:
        self._work = work

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """By the verb on the button."""
        return {
            "hand_over": self._ask_to,
            "to": self._to_worker,
            "team": self._to_team,
            "template": self._ask_template,
            "pick": self._show_template,
            "use": self._send_template,
        }

    async def _ask_to(self, visit: Visit, case_id: str, _: str) -> None:
        store = visit.office.store
        case = await find_case(store, visit.worker, case_id)
        colleagues = _colleagues(await store.workers(), case, visit)
        rows = [[choice_button(colleague.name, "to", case, colleague.id)] for colleague in colleagues[:_MOST_SHOWN]]
        others = [team for team in await store.teams() if team.id != case.team]
        rows += [[choice_button(visit.words("to_queue", team=team.name), "team", case, team.id)] for team in others]
        await visit.answer(visit.says("ask_to", rows, number=case.number))

    async def _to_worker(self, visit: Visit, case_id: str, choice: str) -> None:
        colleague = _chosen(await visit.office.store.workers(), choice)
        case = await find_case(visit.office.store, visit.worker, case_id)
        also = visit.ending_with("handed_over", name=colleague.name)
        await self._work.hand_over(visit.worker, case_id, case.team, colleague.id, also)

    async def _to_team(self, visit: Visit, case_id: str, choice: str) -> None:
        team = _chosen(await visit.office.store.teams(), choice)
        also = visit.ending_with("handed_over", name=team.name)
        await self._work.hand_over(visit.worker, case_id, team.id, "", also)

    async def _ask_template(self, visit: Visit, case_id: str, _: str) -> None:
        store = visit.office.store
        case = await find_case(store, visit.worker, case_id)
        theirs = [template for template in await store.templates() if template.team in {"", case.team}]
        rows = [[choice_button(template.name, "pick", case, template.id)] for template in theirs[:_MOST_SHOWN]]
        key = "ask_template" if rows else "no_templates"
        await visit.answer(visit.says(key, rows, number=case.number))

    async def _show_template(self, visit: Visit, case_id: str, choice: str) -> None:
        case = await find_case(visit.office.store, visit.worker, case_id)
        template = _chosen(await visit.office.store.templates(), choice)
        text, translation = _in_both(template, visit.worker.language, case.language)
        rows = [[choice_button(visit.words("send"), "use", case, template.id)]]
        shown = visit.says("ask_template_send", rows, number=case.number)
        parts = [shown.text, text, translation]
        whole = "\n\n".join(part for part in parts if part)
        await visit.answer(Outgoing(whole, shown.language, shown.key, buttons=shown.buttons))

    async def _send_template(self, visit: Visit, case_id: str, choice: str) -> None:
        case = await find_case(visit.office.store, visit.worker, case_id)
        template = _chosen(await visit.office.store.templates(), choice)
        text, translation = _in_both(template, visit.worker.language, case.language)
        also = visit.ending_with("sent")
        await self._work.reply(visit.worker, case_id, text, translation=translation, also=also)


def choice_button(label: str, verb: str, case: Case, choice: str) -> Button:
    """A button for one of several things that can be done with a case."""
    return Button(label, Press(Act.STAFF, verb, f"{case.id}.{choice[:_KEY]}").data)


def _chosen(things: Iterable[Thing], key: str) -> Thing:
    """The one that a button named. Raises CaseChanged when it is gone."""
    for thing in things:
        if key and thing.id[:_KEY] == key:
            return thing
    raise CaseChanged("What this button names is no longer there.")


def _colleagues(workers: Iterable[Worker], case: Case, visit: Visit) -> list[Worker]:
    now = visit.office.clock()
    return [
        worker
        for worker in workers
        if case.team in worker.teams
        and worker.id not in {case.worker, visit.worker.id}
        and worker.available(now)
        and worker.roles & {Role.WORKER, Role.COORDINATOR}
    ]


def _in_both(template: Template, own: str, theirs: str) -> tuple[str, str]:
    """A template in the worker's language, and in the resident's when that is another and there is such a text."""
    texts = template.texts
    if own not in texts or own == theirs:
        return texts.get(theirs) or next(iter(texts.values()), ""), ""
    return texts[own], texts.get(theirs, "")
