"""What can go wrong with Telegram, to be planned for a chat or a method."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that is no success, given `times` times (None: always). Status 0 is no answer at all."""

    status: int
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    raw: bytes | None = None
    times: int | None = None

    def once(self) -> Fault:
        """The same, one time only."""
        return replace(self, times=1)


class Refusal(Exception):
    """The request is answered with a fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.description)
        self.fault = fault


def flood(seconds: int) -> Fault:
    """Too many messages: wait."""
    return Fault(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def blocked() -> Fault:
    """The resident stopped the bot."""
    return Fault(403, "Forbidden: bot was blocked by the user")


def no_chat() -> Fault:
    """There is no such chat."""
    return Fault(400, "Bad Request: chat not found")


def refused(description: str = "Bad Request: message is not liked") -> Fault:
    """Telegram does not want this message."""
    return Fault(400, description)


def too_old() -> Fault:
    """The message was sent more than 48 hours ago: a bot cannot delete it."""
    return Fault(400, "Bad Request: message can't be deleted for everyone")


def moved(chat: int) -> Fault:
    """The group became a supergroup with another address."""
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return Fault(400, description, {"migrate_to_chat_id": chat})


def broken(status: int = 500) -> Fault:
    """Telegram's server fails."""
    return Fault(status, "Internal Server Error")


def gibberish() -> Fault:
    """A proxy that answers in Telegram's place."""
    return Fault(200, raw=b"<html>Log in to the wifi</html>")


def silence() -> Fault:
    """The line is dead: no answer comes."""
    return Fault(0)


def other_poller() -> Fault:
    """Another program fetches the same bot's updates."""
    return Fault(409, "Conflict: terminated by other getUpdates request")


def wrong_token() -> Fault:
    """The token was revoked."""
    return Fault(401, "Unauthorized")
