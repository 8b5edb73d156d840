"""Cases and staff kept in memory: the store's ports as simply as can be, for tests of what stands on them.

`FakeStore` is a Store and a Unit at once. A unit that ends with an exception leaves everything as it was.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.core.case import OPEN, Case, Event, Said, State
from bot.core.conversation import Conversation
from bot.core.errors import CaseChanged
from bot.core.message import Chat, File, Incoming, Outgoing
from bot.core.team import Area, Team, Template, Worker
from bot.services.case_ports import CaseFile, Credentials, Session
from bot.services.ports import Delivery, Held, Received, Resident
from tests.fake_texts import FakeTexts, Texts


@dataclass
class Rows:
    """Everything that is kept; tests may look and write here."""

    cases: dict[str, Case] = field(default_factory=dict)
    said: dict[str, list[Said]] = field(default_factory=dict)
    events: dict[str, list[Event]] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    sent: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)  # (chat, message) → (case, at)
    teams: dict[str, Team] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)
    credentials: dict[str, Credentials] = field(default_factory=dict)
    templates: dict[str, Template] = field(default_factory=dict)
    sessions: dict[str, tuple[str, datetime, str]] = field(default_factory=dict)
    used: dict[str, datetime] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    tokens: dict[tuple[str, str], tuple[str, datetime, str]] = field(default_factory=dict)
    audits: list[tuple[str, str, str, datetime]] = field(default_factory=list)
    residents: dict[str, Resident] = field(default_factory=dict)
    inbox: dict[int, Received] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    outbox: dict[int, tuple[str, Outgoing, datetime, int]] = field(
        default_factory=dict
    )  # id → (who, what, from, tries)
    posted: list[tuple[str, Outgoing]] = field(default_factory=list)  # everything ever put in the outbox
    since: datetime = datetime(2026, 11, 1, tzinfo=UTC)  # when every resident first wrote
    seen: set[tuple[str, str]] = field(default_factory=set)
    texts: Texts = field(default_factory=Texts)
    numbers: int = 0

    def number(self) -> int:
        self.numbers += 1
        return self.numbers


class Fake:
    """What the parts of the fake share."""

    def __init__(self) -> None:
        self.rows = Rows()


class FakeCases(Fake):
    """See `CaseReads` and `CaseWrites`."""

    async def case(self, case_id: str) -> Case | None:
        return self.rows.cases.get(case_id)

    async def case_of(self, resident_id: str) -> Case | None:
        theirs = [case for case in self.rows.cases.values() if resident_id and case.resident == resident_id]
        latest = sorted(theirs, key=lambda case: (case.open, case.closed_at or case.opened_at))
        return latest[-1] if latest else None

    async def case_file(self, case_id: str) -> CaseFile | None:
        case = self.rows.cases.get(case_id)
        if case is None:
            return None
        said, events = self.rows.said.get(case_id, ()), self.rows.events.get(case_id, ())
        return CaseFile(case, tuple(said), tuple(events), has_phone=bool(self.rows.phones.get(case_id)))

    async def files(self) -> list[File]:
        return [one.file for said in self.rows.said.values() for one in said if one.file]

    async def cases(
        self,
        *,
        teams: Collection[str] | None = None,
        worker: str | None = None,
        states: Collection[State] = (State.WAITING, State.CLAIMED),
        limit: int = 200,
    ) -> list[Case]:
        found = [
            case
            for case in self.rows.cases.values()
            if case.state in states
            and (teams is None or case.team in teams)
            and (worker is None or case.worker == worker)
        ]
        return sorted(found, key=lambda case: (case.flag is None, case.opened_at))[:limit]

    async def due_cases(self, now: datetime) -> list[Case]:
        return [case for case in await self.cases() if case.due_at is not None and case.due_at <= now]

    async def load(self) -> Mapping[str, int]:
        load: dict[str, int] = {}
        for case in self.rows.cases.values():
            if case.state is State.CLAIMED:
                load[case.worker] = load.get(case.worker, 0) + 1
        return load

    async def case_of_message(self, chat_id: str, message_id: str) -> str | None:
        found = self.rows.sent.get((chat_id, message_id))
        return found[0] if found else None

    async def sent_before(self, moment: datetime) -> list[tuple[str, str]]:
        return [key for key, (_, at) in self.rows.sent.items() if at < moment]

    async def keep_case(self, case: Case) -> None:
        before = self.rows.cases.get(case.id)
        if (before.version if before else 0) != case.version - 1:
            raise CaseChanged("Somebody else changed this case a moment ago.")
        others = [one for one in self.rows.cases.values() if one.id != case.id and one.state in OPEN]
        if case.open and case.resident and any(one.resident == case.resident for one in others):
            raise CaseChanged("This resident has an open case already.")
        self.rows.cases[case.id] = replace(case, thread=before.thread if before else "")

    async def keep_phone(self, case_id: str, phone: str) -> None:
        self.rows.phones[case_id] = phone

    async def phone(self, case_id: str) -> str:
        return self.rows.phones.get(case_id, "")

    async def add_said(self, case_id: str, said: Said) -> int:
        number = self.rows.number()
        self.rows.said.setdefault(case_id, []).append(replace(said, id=number))
        return number

    async def keep_translation(self, said_id: int, translation: str, translator: str) -> None:
        for case_id, said in self.rows.said.items():
            self.rows.said[case_id] = [
                replace(one, translation=translation, translator=translator) if one.id == said_id else one
                for one in said
            ]

    async def keep_thread(self, case_id: str, chat_id: str) -> bool:
        case = self.rows.cases.get(case_id)
        if case is None or (chat_id and case.thread):
            return False
        self.rows.cases[case_id] = replace(case, thread=chat_id)
        return True

    async def leave_threads(self, team_id: str) -> None:
        for case in list(self.rows.cases.values()):
            if case.team == team_id:
                self.rows.cases[case.id] = replace(case, thread="")

    async def wipe_said(self, case_id: str) -> None:
        self.rows.said.pop(case_id, None)
        self.rows.phones.pop(case_id, None)

    async def log_event(self, case_id: str, event: Event) -> None:
        self.rows.events.setdefault(case_id, []).append(event)

    async def remember_sent(self, chat_id: str, case_id: str, message_ids: Sequence[str], at: datetime) -> None:
        for message_id in message_ids:
            self.rows.sent[chat_id, message_id] = case_id, at

    async def forget_sent(self, chat_id: str, message_id: str) -> None:
        self.rows.sent.pop((chat_id, message_id), None)


class FakeStaff(Fake):
    """See `StaffReads` and `StaffWrites`. A worker's credentials begin with an empty password."""

    async def teams(self, *, removed: bool = False) -> list[Team]:
        found = [team for team in self.rows.teams.values() if removed or team.id not in self.rows.removed]
        return sorted(found, key=lambda team: team.name)

    async def areas(self) -> list[Area]:
        return sorted(self.rows.areas.values(), key=lambda area: area.postcode)

    async def workers(self) -> list[Worker]:
        return sorted(self.rows.workers.values(), key=lambda worker: worker.name)

    async def worker(self, worker_id: str) -> Worker | None:
        return self.rows.workers.get(worker_id)

    async def worker_at(self, chat_id: str) -> Worker | None:
        found = [worker for worker in self.rows.workers.values() if chat_id and worker.chat == chat_id]
        return found[0] if found else None

    async def templates(self) -> list[Template]:
        return sorted(self.rows.templates.values(), key=lambda template: template.name)

    async def credentials(self, email: str) -> Credentials | None:
        for worker in self.rows.workers.values():
            if worker.email.lower() == email.lower():
                return replace(self._credentials(worker.id), worker=worker)
        return None

    async def session(self, token: str, now: datetime) -> Session | None:
        worker_id, ends_at, case_id = self.rows.sessions.get(token, ("", now, ""))
        worker = self.rows.workers.get(worker_id)
        return Session(worker, case_id, self.rows.used.get(token)) if worker is not None and ends_at > now else None

    async def keep_team(self, team: Team) -> None:
        self.rows.teams[team.id] = team

    async def remove_team(self, team_id: str, at: datetime) -> None:
        self.rows.areas = {code: area for code, area in self.rows.areas.items() if area.team != team_id}
        self.rows.removed.add(team_id)

    async def keep_area(self, area: Area) -> None:
        self.rows.areas[area.postcode] = area

    async def remove_area(self, postcode: str) -> None:
        self.rows.areas.pop(postcode, None)

    async def keep_worker(self, worker: Worker) -> None:
        self.rows.workers[worker.id] = worker

    async def keep_credentials(
        self, worker_id: str, *, password_hash: str | None = None, totp: str | None = None, totp_last: int | None = None
    ) -> None:
        kept = self._credentials(worker_id)
        self.rows.credentials[worker_id] = replace(
            kept,
            password_hash=kept.password_hash if password_hash is None else password_hash,
            totp=kept.totp if totp is None else totp,
            totp_last=kept.totp_last if totp_last is None else totp_last,
        )

    async def use_code(self, worker_id: str, step: int) -> bool:
        kept = self._credentials(worker_id)
        if kept.totp_last >= step:
            return False
        self.rows.credentials[worker_id] = replace(kept, totp_last=step)
        return True

    async def count_failure(self, worker_id: str, locked_until: datetime | None) -> None:
        kept = self._credentials(worker_id)
        self.rows.credentials[worker_id] = replace(kept, failures=kept.failures + 1, locked_until=locked_until)

    async def reset_failures(self, worker_id: str) -> None:
        kept = self._credentials(worker_id)
        self.rows.credentials[worker_id] = replace(kept, failures=0, locked_until=None)

    async def keep_template(self, template: Template) -> None:
        self.rows.templates[template.id] = template

    async def remove_template(self, template_id: str) -> None:
        self.rows.templates.pop(template_id, None)

    async def open_session(self, token: str, worker_id: str, ends_at: datetime, case_id: str = "") -> None:
        self.rows.sessions[token] = worker_id, ends_at, case_id

    async def use_session(self, token: str, at: datetime) -> None:
        self.rows.used[token] = at

    async def end_session(self, token: str) -> None:
        self.rows.sessions.pop(token, None)

    async def end_sessions(self, worker_id: str) -> None:
        self.rows.sessions = {token: one for token, one in self.rows.sessions.items() if one[0] != worker_id}
        self.rows.tokens = {token: one for token, one in self.rows.tokens.items() if one[0] != worker_id}

    async def give_token(self, token: str, purpose: str, worker_id: str, ends_at: datetime, case_id: str = "") -> None:
        self.rows.tokens[token, purpose] = worker_id, ends_at, case_id

    async def use_token(self, token: str, purpose: str, now: datetime) -> tuple[str, str] | None:
        worker_id, ends_at, case_id = self.rows.tokens.pop((token, purpose), ("", now, ""))
        return (worker_id, case_id) if ends_at > now else None

    async def link_chat(self, worker_id: str, chat_id: str) -> None:
        for worker in self.rows.workers.values():
            if worker.chat == chat_id or worker.id == worker_id:
                self.rows.workers[worker.id] = replace(worker, chat=chat_id if worker.id == worker_id else "")

    async def audit(self, worker_id: str, what: str, about: str, at: datetime) -> None:
        self.rows.audits.append((worker_id, what, about, at))

    def _credentials(self, worker_id: str) -> Credentials:
        fresh = Credentials(self.rows.workers[worker_id], "", "", 0, 0, None)
        return self.rows.credentials.get(worker_id, fresh)


class FakeMessages(FakeCases):
    """The in- and outbox of `Unit` and `Store`. A resident's id is "r" and their address, or what a test put here."""

    async def receive(self, incoming: Incoming) -> Received | None:
        key = (incoming.chat.channel, incoming.update_id)
        if key in self.rows.seen:
            return None
        self.rows.seen.add(key)
        resident = self._resident_at(incoming.chat) or Resident(
            f"r{incoming.chat.address}", incoming.chat, incoming.in_group
        )
        self.rows.residents.setdefault(resident.id, resident)
        if incoming.sender and not self._topic_of(resident.id):
            incoming = replace(incoming, sender="")
        received = Received(self.rows.number(), resident, incoming)
        self.rows.inbox[received.id] = received
        return received

    async def take(self, inbox_id: int) -> tuple[Received, Conversation] | None:
        received = self.rows.inbox.get(inbox_id)
        if received is None:
            return None
        resident = self.rows.residents[received.resident.id]
        linked = [worker.id for worker in self.rows.workers.values() if worker.chat == resident.id]
        case = await self.case_of(resident.id)
        known = replace(received, resident=resident, worker=linked[0] if linked else "", case=case)
        if topic := self._topic_of(resident.id):
            own = self._resident_at(Chat(resident.chat.channel, received.incoming.sender))
            linked = [worker.id for worker in self.rows.workers.values() if own and worker.chat == own.id]
            known = replace(known, topic=topic, worker=linked[0] if linked else "")
        return known, self.rows.conversations.get(resident.id, Conversation())

    async def finish(self, inbox_id: int) -> None:
        self.rows.inbox.pop(inbox_id, None)

    async def count_attempt(self, inbox_id: int) -> None:
        received = self.rows.inbox[inbox_id]
        self.rows.inbox[inbox_id] = replace(received, attempts=received.attempts + 1)

    async def keep_conversation(self, resident_id: str, conversation: Conversation, at: datetime) -> None:
        self.rows.conversations[resident_id] = Conversation.from_json(conversation.to_json())

    async def held(self, resident_id: str) -> Held | None:
        theirs = [case for case in self.rows.cases.values() if case.resident == resident_id]
        waiting = [received for received in self.rows.inbox.values() if received.resident.id == resident_id]
        answers = [row for row in self.rows.outbox.values() if row[0] == resident_id]
        if resident_id not in self.rows.residents:
            return None
        talk = self.rows.conversations.get(resident_id)
        return Held(self.rows.since, talk, len(waiting), len(answers), tuple(theirs))

    async def resident(self, resident_id: str) -> Resident | None:
        return self.rows.residents.get(resident_id)

    async def waiting_inbox(self) -> list[tuple[int, str]]:
        return [(received.id, received.resident.id) for received in self.rows.inbox.values()]

    async def post(self, resident_id: str, messages: Sequence[Outgoing], at: datetime) -> None:
        for message in messages:
            self.rows.outbox[self.rows.number()] = resident_id, message, at, 0
            self.rows.posted.append((resident_id, message))

    async def due_deliveries(self, resident_id: str, now: datetime) -> list[Delivery]:
        due = []
        for number, (who, outgoing, not_before, attempts) in self.rows.outbox.items():
            if who == resident_id and not_before > now:
                break
            if who == resident_id:
                resident = self.rows.residents.get(who) or Resident(who, Chat("telegram", who))
                due.append(Delivery(number, resident, outgoing, attempts))
        return due

    async def waiting_residents(self) -> list[tuple[str, datetime]]:
        first: dict[str, datetime] = {}
        for who, _, not_before, _ in self.rows.outbox.values():
            first.setdefault(who, not_before)
        return list(first.items())

    async def delivered(self, outbox_id: int) -> None:
        self.rows.outbox.pop(outbox_id, None)

    async def postpone(self, outbox_id: int, until: datetime) -> None:
        who, outgoing, _, attempts = self.rows.outbox[outbox_id]
        self.rows.outbox[outbox_id] = who, outgoing, until, attempts + 1

    async def give_up(self, outbox_id: int, reason: str) -> None:
        self.rows.outbox.pop(outbox_id, None)

    async def group_at(self, chat: Chat, at: datetime) -> str:
        resident = self._resident_at(chat) or Resident(f"r{chat.address}", chat, in_group=True)
        self.rows.residents.setdefault(resident.id, resident)
        return resident.id

    async def stop(self, resident_id: str) -> None:
        self._stopped(resident_id, stopped=True)
        self.rows.outbox = {number: row for number, row in self.rows.outbox.items() if row[0] != resident_id}

    async def resume(self, resident_id: str) -> None:
        self._stopped(resident_id, stopped=False)

    async def forget(self, resident_id: str, keep_address: bool) -> None:
        self.rows.conversations.pop(resident_id, None)
        for case in list(self.rows.cases.values()):
            if case.resident == resident_id:
                await self.wipe_said(case.id)
                gone = replace(case, resident="", when="", version=case.version + 1)
                self.rows.cases[case.id] = replace(gone, state=State.WITHDRAWN, worker="") if case.open else gone

    def _stopped(self, resident_id: str, *, stopped: bool) -> None:
        resident = self.rows.residents.get(resident_id) or Resident(resident_id, Chat("telegram", resident_id))
        self.rows.residents[resident_id] = replace(resident, stopped=stopped)

    def _topic_of(self, chat_id: str) -> str:
        return next((case.id for case in self.rows.cases.values() if case.thread == chat_id), "")

    def _resident_at(self, chat: Chat) -> Resident | None:
        return next((resident for resident in self.rows.residents.values() if resident.chat == chat), None)


class FakeStore(FakeMessages, FakeStaff, FakeTexts):
    """See `services.ports.Store` and `Unit`."""

    def __init__(self) -> None:
        super().__init__()
        self._one_writer = asyncio.Lock()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[FakeStore]:
        """Kept together or not at all."""
        async with self._one_writer:
            before = copy.deepcopy(self.rows)
            try:
                yield self
            except BaseException:
                self.rows = before
                raise

    @property
    def texts(self) -> Texts:
        return self.rows.texts

    def told(self, chat_id: str) -> list[Outgoing]:
        """Everything that was ever posted to a resident's or worker's chat."""
        return [outgoing for who, outgoing in self.rows.posted if who == chat_id]

    def log(self, case_id: str) -> list[str]:
        """What happened to a case, in words such as "claimed"."""
        return [event.what for event in self.rows.events.get(case_id, [])]


class Killed(Exception):
    """The process stopped here."""


class FakeSignals:
    """Remembers who was nudged and which cases changed; `dies` stops the process right after a transaction."""

    def __init__(self) -> None:
        self.nudged: list[str] = []
        self.cases: list[Case] = []
        self.dies = False

    def nudge(self, chat_id: str) -> None:
        if self.dies:
            raise Killed
        self.nudged.append(chat_id)

    def changed(self, case: Case) -> None:
        self.cases.append(case)
