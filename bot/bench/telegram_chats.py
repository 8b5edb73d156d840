"""What people see in their chats: the messages that stand there now, and the topics of a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.bench.telegram_faults import Refusal, refused
from bot.bench.telegram_rules import Key, keyboard

_GONE: Final = refused("Bad Request: message to delete not found")
_NO_FORUM: Final = refused("Bad Request: the chat is not a forum")
_NO_THREAD: Final = refused("Bad Request: message thread not found")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as it stands in a chat. `file` is the id of what hangs on it, of the sort `sort`."""

    number: int
    text: str
    keys: tuple[tuple[Key, ...], ...] = ()
    thread: int = 0
    protected: bool = False
    sort: str = ""
    file: str = ""

    def data(self, label: str) -> str:
        """What the button sends whose words hold these. Raises LookupError when there is none."""
        for row in self.keys:
            for key in row:
                if label in key.label:
                    return key.data
        raise LookupError(f"no button {label!r} under message {self.number}")


class Chats:
    """All chats of one bot, by number."""

    def __init__(self) -> None:
        self.forums: set[int] = set()
        self.topics: dict[tuple[int, int], str] = {}
        self._shown: dict[int, dict[int, Shown]] = {}

    def screen(self, chat: int, thread: int | None = None) -> list[Shown]:
        """The bot's messages that stand in a chat (or in one topic of it), in order."""
        shown = self._shown.get(chat, {}).values()
        return [message for message in shown if thread in {None, message.thread}]

    def check(self, fields: Mapping[str, str]) -> None:
        """Raises Refusal for a topic that is not there."""
        thread = int(fields.get("message_thread_id") or 0)
        if thread and (int(fields["chat_id"]), thread) not in self.topics:
            raise Refusal(_NO_THREAD)

    def show(self, number: int, fields: Mapping[str, str], sort: str = "", file: str = "") -> None:
        """A message was sent."""
        text = fields.get("text") or fields.get("caption") or ""
        thread = int(fields.get("message_thread_id") or 0)
        protected = fields.get("protect_content") == "true"
        shown = Shown(number, text, keyboard(fields), thread, protected, sort, file)
        self._shown.setdefault(int(fields["chat_id"]), {})[number] = shown

    def delete(self, fields: Mapping[str, str]) -> None:
        """A message is taken back. Raises Refusal when it is not there."""
        if self._shown.get(int(fields["chat_id"]), {}).pop(int(fields["message_id"]), None) is None:
            raise Refusal(_GONE)

    def open_topic(self, chat: int, name: str, number: int) -> None:
        """A topic is made in a forum. Raises Refusal in any other chat."""
        if chat not in self.forums:
            raise Refusal(_NO_FORUM)
        self.topics[chat, number] = name
