"""One handoff from a resident to a social worker: its states, and the moves that are allowed.

waiting → claimed → closed → (within REOPEN) waiting or claimed again; waiting or claimed → withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.core.errors import IllegalMove
from bot.core.message import File, Kind
from bot.core.triage import Flag

REOPEN: Final = timedelta(days=7)
QUIET_FLAGS: Final = frozenset({Flag.VIOLENCE, Flag.CHILD_DANGER})
QUIET_TOPICS: Final = frozenset({"domestic_violence"})


class State(StrEnum):
    """Where a case is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # by the resident: what was shared is wiped


OPEN: Final = frozenset({State.WAITING, State.CLAIMED})


class How(StrEnum):
    """How the resident wants to be reached."""

    CHAT = "chat"
    CALL = "call"
    WALK_IN = "walk_in"


class Result(StrEnum):
    """How a case ended, as the worker says it."""

    HELPED = "helped"
    REFERRED = "referred"
    NO_CONTACT = "no_contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Case:
    """One handoff. Changing it makes the next `version`; whoever keeps an outdated one is refused.

    `resident` is "" once they were forgotten, `team` and `worker` are ids ("" for nobody), `area` a four-digit
    postcode or "", `flag` a red flag or None. `when` is in the resident's words. `step` counts how far an
    unclaimed case was escalated: 0 told to those who fit, 1 to the whole team, 2 to the coordinator, 3 the
    resident knows. `due_at` is when the next step comes. `translator` names the service that the resident
    agreed to, or "". `follow_up`: they agreed to be asked later whether somebody helped. `thread` is the id of its
    topic in the team's own group (as of a resident's chat), or "".
    """

    id: str
    resident: str
    team: str
    language: str
    opened_at: datetime
    changed_at: datetime
    topic: str = ""
    flag: Flag | None = None
    area: str = ""
    how: How = How.CHAT
    when: str = ""
    state: State = State.WAITING
    worker: str = ""
    step: int = 0
    due_at: datetime | None = None
    answered_at: datetime | None = None
    resident_at: datetime | None = None
    worker_at: datetime | None = None
    closed_at: datetime | None = None
    result: Result | None = None
    helped: bool | None = None
    translator: str = ""
    follow_up: bool = False
    thread: str = ""
    version: int = 1

    @property
    def open(self) -> bool:
        """Does somebody wait for an answer, or get one?"""
        return self.state in OPEN

    @property
    def number(self) -> str:
        """What people call it: short, and no count of how many there were."""
        return "#" + self.id[:6].upper()

    @property
    def quiet(self) -> bool:
        """Violence and child danger: neutral words, and nothing sent unasked."""
        return self.flag in QUIET_FLAGS or self.topic in QUIET_TOPICS

    def but(self, at: datetime, **changes: object) -> Case:
        """The next version, with some things changed."""
        return replace(self, changed_at=at, version=self.version + 1, **changes)  # type: ignore[arg-type]

    def claimed(self, worker: str, at: datetime) -> Case:
        """Taken by a worker. Raises IllegalMove when somebody has it, or it is over."""
        self._must_be(State.WAITING, to="claimed")
        return self.but(at, state=State.CLAIMED, worker=worker, worker_at=at, due_at=None, step=0)

    def returned(self, at: datetime) -> Case:
        """Back in the queue, without a worker."""
        self._must_be(State.CLAIMED, to="waiting")
        return self.but(at, state=State.WAITING, worker="", step=0, due_at=at)

    def handed_over(self, team: str, worker: str, at: datetime) -> Case:
        """To a worker, or with "" to the queue of a team."""
        self._must_be(*OPEN, to="handed over")
        state = State.CLAIMED if worker else State.WAITING
        due = None if worker else at
        return self.but(at, state=state, team=team, worker=worker, worker_at=at, step=0, due_at=due)

    def closed(self, result: Result, at: datetime) -> Case:
        """Done. It keeps its worker, to whom it comes back when it is reopened."""
        self._must_be(State.CLAIMED, to="closed")
        return self.but(at, state=State.CLOSED, result=result, closed_at=at, due_at=None)

    def reopened(self, at: datetime, *, worker_free: bool) -> Case:
        """The resident wrote again within REOPEN: to the same worker while they work here, else to the queue."""
        self._must_be(State.CLOSED, to="reopened")
        if not self.can_reopen(at):
            raise IllegalMove("closed", "reopened")
        more = {"result": None, "closed_at": None, "helped": None}
        if worker_free and self.worker:
            return self.but(at, state=State.CLAIMED, worker_at=at, **more)
        return self.but(at, state=State.WAITING, worker="", step=0, due_at=at, **more)

    def withdrawn(self, at: datetime) -> Case:
        """The resident takes it back; whoever keeps it wipes the words and the contact."""
        self._must_be(*OPEN, to="withdrawn")
        return self.but(at, state=State.WITHDRAWN, worker="", due_at=None, closed_at=at, when="")

    def can_reopen(self, now: datetime) -> bool:
        """Was it closed less than REOPEN ago?"""
        return self.state is State.CLOSED and self.closed_at is not None and now - self.closed_at < REOPEN

    def _must_be(self, *states: State, to: str) -> None:
        if self.state not in states:
            raise IllegalMove(self.state, to)


class Author(StrEnum):
    """Who wrote a message of a case."""

    RESIDENT = "resident"
    WORKER = "worker"
    NOTE = "note"  # of a worker, for colleagues only


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a case. `translation` is by the service `translator`; "" and "" when there is none.

    `translator` "failed" says that a translation was tried and did not come.
    """

    author: Author
    text: str
    language: str
    at: datetime
    worker: str = ""
    translation: str = ""
    translator: str = ""
    file: File | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One line in a case's log: `what` is a word such as "claimed", `detail` more words without anything said."""

    what: str
    at: datetime
    worker: str = ""
    detail: str = ""


# The words of the log after which a case waits anew: who was told before is no longer concerned.
QUEUED: Final = frozenset({"opened", "reopened", "released", "returned", "handed_over"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a resident gathers before a case is opened; `words` are theirs so far, newest last.

    `door` is how they came: "asked", "flag", "answer" or "failures". `asking` is what the next typed words are
    taken for: "" (more words), "safe", "phone" or "when". `offered`: a person was only offered; a draft that is
    not taken up with the next tap is dropped. `agreed`: the resident tapped Send on this very draft.
    """

    door: str
    topic: str = ""
    flag: str = ""
    words: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    area: str = ""
    how: How = How.CHAT
    when: str = ""
    phone: str = ""
    asking: str = ""
    offered: bool = False
    agreed: bool = False

    @property
    def quiet(self) -> bool:
        """As `Case.quiet`."""
        return self.flag in QUIET_FLAGS or self.topic in QUIET_TOPICS

    @staticmethod
    def read(raw: dict[str, Any] | None) -> Draft | None:
        """From the JSON of a conversation."""
        if not raw:
            return None
        files = tuple(File(**{**item, "kind": Kind(item["kind"])}) for item in raw["files"])
        return Draft(**{**raw, "words": tuple(raw["words"]), "files": files, "how": How(raw["how"])})
