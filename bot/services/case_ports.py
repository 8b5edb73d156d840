"""What the use cases about cases and staff ask of the database; `Unit` and `Store` in ports.py include these."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.case import Case, Event, Said, State
from bot.core.deed import Deed, Sight, Wanted
from bot.core.message import File
from bot.core.team import Area, Team, Template, Worker


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with all that was said and done in it, oldest first. `has_phone`: a number was given."""

    case: Case
    said: tuple[Said, ...]
    events: tuple[Event, ...]
    has_phone: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a log-in is checked against. `totp` is "" until it is set up; `email` in small letters."""

    worker: Worker
    password_hash: str
    totp: str
    totp_last: int  # the last time step that was used: a code works once
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    """A log-in that has not ended. `case` is the only case it may see, or ""; `used_at` None until it is used."""

    worker: Worker
    case: str = ""
    used_at: datetime | None = None


class CaseReads(Protocol):
    """Reading cases. Nothing here checks who may see what: that is `services.cases.case_access`."""

    async def case(self, case_id: str) -> Case | None:
        """The case of this id."""
        ...

    async def case_of(self, resident_id: str) -> Case | None:
        """The resident's open case; else the one closed last; else None."""
        ...

    async def case_file(self, case_id: str) -> CaseFile | None:
        """A case with everything in it."""
        ...

    async def files(self) -> list[File]:
        """Every file that was sent along in a case that is still kept."""
        ...

    async def cases(
        self,
        *,
        teams: Collection[str] | None = None,
        worker: str | None = None,
        states: Collection[State] = (State.WAITING, State.CLAIMED),
        limit: int = 200,
    ) -> list[Case]:
        """Cases, red flags first, then the longest waiting; of these teams and of this worker, if given."""
        ...

    async def due_cases(self, now: datetime) -> list[Case]:
        """Open cases whose `due_at` has come."""
        ...

    async def load(self) -> Mapping[str, int]:
        """How many claimed cases every worker has: worker id → number."""
        ...

    async def case_of_message(self, chat_id: str, message_id: str) -> str | None:
        """The case that a message sent to a worker's chat was about, by the channel's id of that message."""
        ...

    async def sent_before(self, moment: datetime) -> list[tuple[str, str]]:
        """(chat id, message id) of messages about cases sent to workers before a moment, still there."""
        ...


class CaseWrites(Protocol):
    """Writing cases, within a unit."""

    async def keep_case(self, case: Case) -> None:
        """A new case (version 1), or the next version of one.

        Raises CaseChanged when another version was kept meanwhile, or the resident has an open case already.
        """
        ...

    async def keep_phone(self, case_id: str, phone: str) -> None:
        """The number a resident gave for this case; "" wipes it."""
        ...

    async def phone(self, case_id: str) -> str:
        """That number, or "". Whoever asks must log it (`log_event`)."""
        ...

    async def add_said(self, case_id: str, said: Said) -> int:
        """Adds a message; returns its id."""
        ...

    async def keep_translation(self, said_id: int, translation: str, translator: str) -> None:
        """The translation of a message that came later."""
        ...

    async def keep_thread(self, case_id: str, chat_id: str) -> bool:
        """The case's topic in its team's group; "" for none. False when it has one already. It makes no version."""
        ...

    async def leave_threads(self, team_id: str) -> None:
        """No case of this team has a topic any more: the team has another group, or none."""
        ...

    async def wipe_said(self, case_id: str) -> None:
        """Everything said in a case and its number: the resident withdrew it."""
        ...

    async def log_event(self, case_id: str, event: Event) -> None:
        """Adds a line to the log of a case."""
        ...

    async def remember_sent(self, chat_id: str, case_id: str, message_ids: Sequence[str], at: datetime) -> None:
        """Which messages in a worker's chat are about which case."""
        ...

    async def forget_sent(self, chat_id: str, message_id: str) -> None:
        """The message was deleted there."""
        ...


class StaffReads(Protocol):
    """Reading teams and workers."""

    async def teams(self, *, removed: bool = False) -> list[Team]:
        """All teams, by name; with `removed` also those that are only there for their last cases."""
        ...

    async def areas(self) -> list[Area]:
        """All areas, by postcode."""
        ...

    async def workers(self) -> list[Worker]:
        """Everybody of the staff, also who left, by name."""
        ...

    async def worker(self, worker_id: str) -> Worker | None:
        """One of the staff."""
        ...

    async def worker_at(self, chat_id: str) -> Worker | None:
        """Who linked this chat."""
        ...

    async def templates(self) -> list[Template]:
        """All templates, by name."""
        ...

    async def credentials(self, email: str) -> Credentials | None:
        """For a log-in; `email` in any letters."""
        ...

    async def session(self, token: str, now: datetime) -> Session | None:
        """A session that has not ended, by its token."""
        ...

    async def deeds(self, sight: Sight, wanted: Wanted, *, skip: int = 0, limit: int = 50) -> list[Deed]:
        """What was done on the desk and in cases, as far as somebody sees it, newest first."""
        ...


class StaffWrites(Protocol):
    """Writing teams and workers, within a unit."""

    async def keep_team(self, team: Team) -> None:
        """A new team or a changed one."""
        ...

    async def remove_team(self, team_id: str, at: datetime) -> None:
        """Nothing new comes to this team; its areas are free. Its people stay in it for what its cases hold."""
        ...

    async def keep_area(self, area: Area) -> None:
        """A new area or a changed one."""
        ...

    async def remove_area(self, postcode: str) -> None:
        """The postcode belongs to no team any more."""
        ...

    async def keep_worker(self, worker: Worker) -> None:
        """A new worker or a changed one (not their password)."""
        ...

    async def keep_credentials(
        self, worker_id: str, *, password_hash: str | None = None, totp: str | None = None, totp_last: int | None = None
    ) -> None:
        """A new password or second factor; None leaves what is there."""
        ...

    async def use_code(self, worker_id: str, step: int) -> bool:
        """Uses up a code of the second factor, by its time step; False when it or a later one was used already."""
        ...

    async def count_failure(self, worker_id: str, locked_until: datetime | None) -> None:
        """A log-in that failed."""
        ...

    async def reset_failures(self, worker_id: str) -> None:
        """A log-in that succeeded."""
        ...

    async def keep_template(self, template: Template) -> None:
        """A new template or a changed one."""
        ...

    async def remove_template(self, template_id: str) -> None:
        """A template that nobody needs."""
        ...

    async def open_session(self, token: str, worker_id: str, ends_at: datetime, case_id: str = "") -> None:
        """A session; only a hash of the token is kept."""
        ...

    async def use_session(self, token: str, at: datetime) -> None:
        """Somebody asked for a page with it."""
        ...

    async def end_session(self, token: str) -> None:
        """Logged out."""
        ...

    async def end_sessions(self, worker_id: str) -> None:
        """All sessions of somebody: their password changed, or they left."""
        ...

    async def give_token(self, token: str, purpose: str, worker_id: str, ends_at: datetime, case_id: str = "") -> None:
        """A single-use secret ("link" a Telegram chat, "login" to a case, "invite"); only its hash is kept.

        For "group", which links a team's own group, `case_id` is the team's id.
        """
        ...

    async def use_token(self, token: str, purpose: str, now: datetime) -> tuple[str, str] | None:
        """(worker id, case id) of a token, which works no second time; None if it is unknown, used or too old."""
        ...

    async def link_chat(self, worker_id: str, chat_id: str) -> None:
        """The worker's own chat; "" unlinks. A chat has one worker: another one's link to it goes."""
        ...

    async def audit(self, worker_id: str, what: str, about: str, at: datetime) -> None:
        """Who did what on the desk, for 24 months."""
        ...
