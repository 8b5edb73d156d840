"""What Telegram keeps for one bot: updates in line, files, chats, the webhook; and its answers to the bot."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from typing import Any, Final

from bot.bench.telegram_chats import Chats
from bot.bench.telegram_faults import Fault, Refusal, refused
from bot.bench.telegram_files import HeldFiles
from bot.bench.telegram_rules import objection
from bot.bench.telegram_updates import BOT, Json

_MOST_UPDATES: Final = 100
SENDING: Final = {
    "sendMessage": "",
    "sendPhoto": "photo",
    "sendVoice": "voice",
    "sendAudio": "audio",
    "sendVideo": "video",
    "sendVideoNote": "video_note",
    "sendAnimation": "animation",
    "sendDocument": "document",
}
_WEBHOOK_IS_SET: Final = Fault(409, "Conflict: can't use getUpdates method while webhook is active")


class Account:
    """One bot at Telegram. `news` is notified whenever something happens."""

    def __init__(self) -> None:
        self.news = asyncio.Condition()
        self.closing = asyncio.Event()
        self.queue: list[Json] = []
        self.files = HeldFiles()
        self.chats = Chats()
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
        self.files.learn(update)
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
            case "getFile":
                return self.files.found(fields.get("file_id", ""))
            case "deleteMessage":
                self.chats.delete(fields)
            case "createForumTopic":
                return self._topic(fields)
            case _ if method in SENDING:
                return self._message(fields, files, SENDING[method])
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

    def _topic(self, fields: Mapping[str, str]) -> Json:
        self._last_message += 1
        self.chats.open_topic(int(fields["chat_id"]), fields["name"], self._last_message)
        return {"message_thread_id": self._last_message, "name": fields["name"], "icon_color": 0}

    def _message(self, fields: Mapping[str, str], files: Mapping[str, bytes], sort: str) -> Json:
        self.chats.check(fields)
        file_id = self.files.sent(sort, fields, files) if sort else ""
        content = {sort: self.files.told(file_id)} if sort else {"text": fields["text"]}
        self._last_message += 1
        self.chats.show(self._last_message, fields, sort, file_id)
        chat = {"id": int(fields["chat_id"]), "type": "private"}
        return {"message_id": self._last_message, "date": int(time.time()), "chat": chat, "from": BOT, **content}
