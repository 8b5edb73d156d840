"""A topic in the team's own group for every case that waits: opened between transactions, never in one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Protocol, runtime_checkable

import structlog

from bot.core.case import Case, State
from bot.core.errors import DeliveryError, DeliveryLater, StoreError
from bot.core.message import Chat
from bot.core.staff_words import FALLBACK
from bot.core.team import Team
from bot.services.cases.by_clock import FindResident
from bot.services.cases.case_change import Change
from bot.services.cases.office import Office
from bot.services.cases.tell_staff import TellStaff, team_in
from bot.services.ports import Channel, Resident

log = structlog.get_logger("topics")
_ALL: Final = 1_000_000


@runtime_checkable
class Topics(Protocol):
    """A channel with groups that can have topics."""

    async def open_thread(self, chat: Chat, name: str) -> str:
        """Opens a topic; returns its address. Raises DeliveryError as `deliver` does."""
        ...


class TeamTopics:
    """Where no topic comes, the card is in the workers' own chats all the same."""

    def __init__(
        self, office: Office, tell: TellStaff, channels: Mapping[str, Channel], resident: FindResident
    ) -> None:
        """`resident` finds where the chat of an id is."""
        self._office, self._tell, self._channels, self._resident = office, tell, channels, resident
        self._opening: dict[str, asyncio.Task[bool]] = {}
        self._refused: set[tuple[str, str]] = set()  # (case, group): not asked again

    def changed(self, case: Case) -> None:
        """Begins to open a topic for a case that waits without one. Never waits, never raises."""
        if case.state is State.WAITING and not case.thread:
            self._begin(case.id)

    async def catch_up(self) -> int:
        """Opens what is missing, after a restart or because the channel was down; returns how many."""
        groups = {team.id for team in await self._office.store.teams() if team.group}
        cases = await self._office.store.cases(teams=groups, states=(State.WAITING,), limit=_ALL) if groups else []
        return sum([await self._begin(case.id) for case in cases if not case.thread])

    async def stop(self) -> None:
        """What is being opened is left; the next start sees to it."""
        tasks = list(self._opening.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, case_id: str) -> asyncio.Task[bool]:
        """One at a time for a case."""
        task = self._opening.get(case_id)
        if task is None:
            task = self._opening[case_id] = asyncio.create_task(self._guarded(case_id))
            task.add_done_callback(lambda _: self._opening.pop(case_id, None))
        return task

    async def _guarded(self, case_id: str) -> bool:
        try:
            return await self._open(case_id)
        except DeliveryLater:
            log.info("no topic yet", key=case_id)
        except (DeliveryError, StoreError) as error:
            log.warning("no topic", key=case_id, error=type(error).__name__)
        return False

    async def _open(self, case_id: str) -> bool:
        """Raises DeliveryError or StoreError."""
        case, group = await self._wanted(case_id)
        channel = self._channels.get(group.chat.channel) if group else None
        if case is None or group is None or not isinstance(channel, Topics):
            return False
        try:
            address = await channel.open_thread(group.chat, topic_name(self._office, case))
        except DeliveryLater:
            raise
        except DeliveryError:
            self._refused.add((case.id, group.id))
            raise
        return await self._kept(case.id, group, Chat(group.chat.channel, address))

    async def _wanted(self, case_id: str) -> tuple[Case | None, Resident | None]:
        """The case and its team's group, if a topic is to be opened there."""
        store = self._office.store
        case = await store.case(case_id)
        team = team_in(await store.teams(), case.team) if case is not None else None
        if case is None or team is None or not team.group or case.thread or case.state is not State.WAITING:
            return None, None
        if (case.id, team.group) in self._refused:
            return None, None
        return case, await self._resident(team.group)

    async def _kept(self, case_id: str, group: Resident, at: Chat) -> bool:
        """The topic is the case's, and the card is in it; unless all has changed meanwhile: then it stays empty."""
        office = self._office
        async with office.store.unit() as unit:
            case = await unit.case(case_id)
            team = team_in(await unit.teams(), case.team) if case is not None else Team("", "")
            if case is None or not case.open or team.group != group.id:
                return False
            thread = await unit.group_at(at, office.clock())
            if not await unit.keep_thread(case.id, thread):
                return False
            change = Change(office, unit, replace(case, thread=thread), "", office.clock())
            await change.log("topic_opened")
            await self._tell.topic(change, team)
        change.signal()
        return True


def topic_name(office: Office, case: Case) -> str:
    """Number, topic and urgency, as everybody in the group sees it in their list; of a quiet case no topic."""
    topic = office.voice.label(case.topic, FALLBACK) if case.topic and not case.quiet else ""
    urgent = f"({office.words('urgent_word', FALLBACK)})" if case.flag else ""
    return " ".join(part for part in (case.number, topic, urgent) if part)
