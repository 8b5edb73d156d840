"""A worker's commands in Telegram: their cases, duty, leave, help, and leaving Telegram itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.case import Case, State
from bot.core.message import Button, Outgoing
from bot.core.press import Act, Press
from bot.core.team import Hours
from bot.services.cases.worker_messages import topic_of
from bot.services.cases.worker_visit import Visit
from bot.services.ports import Unit

_LONGEST_LEAVE: Final = 365  # days
_ZONE: Final = ZoneInfo(Hours().zone)


class WorkerCommands:
    """Call it with a command's words, such as "duty off"; what is no command of a worker gets help."""

    def __init__(self) -> None:
        self._commands: Mapping[str, Callable[[Visit, str], Awaitable[None]]] = {
            "cases": self._cases,
            "duty": self._duty,
            "away": self._away,
            "unlink": self._unlink,
        }

    async def __call__(self, visit: Visit, text: str) -> None:
        """Does what the command says."""
        name, _, rest = text.strip().lower().partition(" ")
        command = self._commands.get(name)
        await (command(visit, rest.strip()) if command else visit.answer(visit.says("help")))

    async def _cases(self, visit: Visit, _: str) -> None:
        cases = await own_cases(visit)
        rows = [[_show(visit, case)] for case in cases]
        await visit.answer(visit.says("cases", rows) if rows else visit.says("no_cases"))

    async def _duty(self, visit: Visit, rest: str) -> None:
        if rest not in {"on", "off", "aan", "uit"}:
            await visit.answer(visit.says("duty_which"))
            return
        on_duty = rest in {"on", "aan"}
        async with visit.office.store.unit() as unit:
            await _keep(unit, visit, on_duty=on_duty)
            await visit.end(unit, [visit.says("duty_on" if on_duty else "duty_off")])

    async def _away(self, visit: Visit, rest: str) -> None:
        if rest in {"off", "uit"}:
            await self._keep_away(visit, None, visit.says("away_off"))
            return
        days = 1 if not rest else int(rest) if rest.isdecimal() and len(rest) < len("0000") else 0
        if not 1 <= days <= _LONGEST_LEAVE:
            await visit.answer(visit.says("away_which"))
            return
        await self._keep_away(visit, days, await self._leave(visit, days))

    async def _leave(self, visit: Visit, days: int) -> Outgoing:
        until = (visit.office.clock() + timedelta(days=days)).astimezone(_ZONE)
        said = visit.says("away", date=f"{until:%d-%m-%Y %H:%M}")
        count = len(await own_cases(visit))
        if not count:
            return said
        text = f"{said.text}\n\n{visit.words('away_cases', count=str(count))}"
        button = Button(visit.words("move_cases"), Press(Act.STAFF, "move_cases").data)
        return replace(said, text=text, buttons=((button,),))

    async def _keep_away(self, visit: Visit, days: int | None, said: Outgoing) -> None:
        until = visit.office.clock() + timedelta(days=days) if days else None
        async with visit.office.store.unit() as unit:
            await _keep(unit, visit, away_until=until)
            await visit.end(unit, [said])

    async def _unlink(self, visit: Visit, _: str) -> None:
        async with visit.office.store.unit() as unit:
            await unit.link_chat(visit.worker.id, "")
            await unit.audit(visit.worker.id, "chat_unlinked", visit.worker.id, visit.office.clock())
            await visit.end(unit, [visit.says("unlinked")])


async def _keep(unit: Unit, visit: Visit, **changes: object) -> None:
    """As they are now: who was set as left a moment ago must not come back by this."""
    now = await unit.worker(visit.worker.id) or visit.worker
    await unit.keep_worker(replace(now, **changes))  # type: ignore[arg-type]


async def own_cases(visit: Visit) -> list[Case]:
    """The cases that the worker has."""
    return await visit.office.store.cases(worker=visit.worker.id, states=(State.CLAIMED,))


def _show(visit: Visit, case: Case) -> Button:
    label = " · ".join(word for word in (case.number, topic_of(visit, case)) if word)
    mark = "🔴" if case.flag else ""
    return Button(label, Press(Act.STAFF, "show", case.id).data, emoji=mark)
