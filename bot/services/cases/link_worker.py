"""A worker links their own Telegram chat, once, with a code from the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.core.message import Outgoing
from bot.services.cases.office import Office
from bot.services.ports import Unit

PURPOSE = "link"
# What the caller keeps in the same transaction: a code works once, so a restart must not try it again.
Also = Callable[[Unit, Outgoing], Awaitable[None]]


async def _nothing_else(unit: Unit, said: Outgoing) -> None:
    del unit, said


class LinkWorker:
    """Call it with the code that came with /start, and the id of the chat that it came from."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def __call__(
        self, code: str, chat_id: str, language: str = "nl", also: Also = _nothing_else, *, in_group: bool = False
    ) -> Outgoing:
        """A welcome in the worker's language; in `language` that a code is wrong, used or too old.

        A group is never linked, or everybody in it would be the worker; its code is used up, for they all read it.
        """
        async with self._office.store.unit() as unit:
            said = await self._linked(unit, code, "" if in_group else chat_id, language)
            await also(unit, said)
        return said

    async def _linked(self, unit: Unit, code: str, chat_id: str, language: str) -> Outgoing:
        words, now = self._office.words, self._office.clock()
        found = await unit.use_token(code, PURPOSE, now)
        worker = await unit.worker(found[0]) if found and chat_id else None
        if worker is None or not worker.active:
            return Outgoing(words("link_wrong", language), words.language(language), key="staff_link_wrong")
        await unit.link_chat(worker.id, chat_id)
        await unit.audit(worker.id, "chat_linked", worker.id, now)
        text = f"{words('linked', worker.language, name=worker.name)}\n\n{words('help', worker.language)}"
        return Outgoing(text, words.language(worker.language), key="staff_linked")
