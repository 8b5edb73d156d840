"""A chat's address on Telegram: the chat's number, and behind a slash the topic of a group that is a forum."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.message import Chat

NAME = "telegram"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes. `thread` is the topic's number, None outside topics."""

    chat: str
    thread: int | None = None

    def __str__(self) -> str:
        return self.chat if self.thread is None else f"{self.chat}/{self.thread}"

    @property
    def is_private(self) -> bool:
        """Is it a chat with one person? Groups have negative numbers."""
        return not self.chat.startswith("-")

    def at(self, chat: str) -> Address:
        """The same topic after the group got another number."""
        return replace(self, chat=chat)


def read_address(chat: Chat) -> Address:
    """The parts of a chat's address."""
    number, _, thread = chat.address.partition("/")
    return Address(number, int(thread)) if thread.isdecimal() else Address(chat.address)
