"""What Telegram keeps for one bot: updates in line, pictures, the webhook; and its answers to the bot."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any, Final

from bot.bench.telegram_faults import Fault, refused
from bot.bench.telegram_rules import objection
from bot.bench.telegram_updates import BOT, Json

_MOST_UPDATES: Final = 100
_WEBHOOK_IS_SET: Final = Fault(409, "Conflict: can't use getUpdates method while webhook is active")


class Refusal(Exception):
    """The request is answered with a fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.description)
        self.fault = fault


class Account:
    """One bot at Telegram. `news` is notified whenever something happens."""

    def __init__(self) -> None:
        self.news = asyncio.Condition()
        self.closing = asyncio.Event()
        self.queue: list[Json] = []
        self.file_ids: set[str] = set()
        self.webhook: Mapping[str, str] = {}
        self._last_update = 1000
        self._last_message = 0

    async def tell(self) -> None:
        """Wakes who waits for news."""
        async with self.news:
            self.news.notify_all()

    def enqueue(self, update: Json) -> int:
        """Puts an update in line; one without an update_id gets the next. Returns the id."""
        number: int = update.get("update_id", self._last_update + 1)
        self._last_update = max(self._last_update, number)
        self.queue.append({"update_id": number, **update})
        return number

    async def answer(self, method: str, fields: Mapping[str, str], files: Mapping[str, bytes]) -> Any:
        """The result of a method; True for those without one. Raises Refusal."""
        reason = objection(method, fields)
        if reason:
            raise Refusal(refused(reason))
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return await self._updates(fields)
            case "sendMessage":
                return self._message(fields, text=fields["text"])
            case "sendPhoto":
                return self._message(fields, photo=[self._photo(fields, files)])
            case "setWebhook" | "deleteWebhook":
                self.webhook = fields
        return True

    async def _updates(self, fields: Mapping[str, str]) -> list[Json]:
        if self.webhook.get("url"):
            raise Refusal(_WEBHOOK_IS_SET)
        offset, timeout = int(fields.get("offset") or 0), float(fields.get("timeout") or 0)
        self.queue = [update for update in self.queue if update["update_id"] >= offset]
        await self.tell()
        if timeout:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(timeout), self.news:
                    await self.news.wait_for(lambda: self._from(offset) or self.closing.is_set())
        return self._from(offset)[:_MOST_UPDATES]

    def _from(self, offset: int) -> list[Json]:
        return [update for update in self.queue if update["update_id"] >= offset]

    def _photo(self, fields: Mapping[str, str], files: Mapping[str, bytes]) -> Json:
        file_id = f"photo-{len(self.file_ids) + 1}" if files else fields.get("photo", "")
        if files:
            self.file_ids.add(file_id)
        if file_id not in self.file_ids:
            raise Refusal(refused("Bad Request: wrong file identifier/HTTP URL specified"))
        return {"file_id": file_id, "file_unique_id": file_id, "width": 1, "height": 1}

    def _message(self, fields: Mapping[str, str], **content: Any) -> Json:
        self._last_message += 1
        chat = {"id": int(fields["chat_id"]), "type": "private"}
        return {
            "message_id": self._last_message,
            "date": int(time.time()),
            "chat": chat,
            "from": BOT,
            **content,
        }
