"""What has been kept long enough goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Delete, and_, delete, exists, or_, select, update

from bot.core.case import REOPEN
from bot.store.case_tables import is_open
from bot.store.content_tables import asked, translator_links
from bot.store.part import Part
from bot.store.residents import is_staff, something_waits
from bot.store.tables import (
    areas,
    audit,
    case_events,
    cases,
    conversations,
    inbox,
    memberships,
    outbox,
    residents,
    sent_messages,
    sessions,
    teams,
    templates,
    tokens,
)

# Traces without text of messages dealt with: Telegram repeats an update for at most a day.
TRACES: Final = timedelta(days=2)
# Messages about cases are deleted from workers' chats within two days; a day more for the job to try again.
SENT: Final = timedelta(days=3)
CASES: Final = timedelta(days=365)
LOGS: Final = timedelta(days=730)
ASKED: Final = timedelta(days=30)  # whatever KEEP_DAYS says
ENDED_LINKS: Final = timedelta(days=1)


class OldRows(Part):
    """The clean-up that `buurtvraag` does by the clock."""

    async def clean_up(self, now: datetime, keep: timedelta) -> int:
        """Erases what is older than `keep`: messages, conversations, residents. Traces go after TRACES.

        Cases go after CASES, logs after LOGS, sessions and secrets when they end, questions
        without an answer after ASKED, a removed team with its last case. What editors wrote and
        taught stays. Returns rows erased.
        """
        await self._connection.execute(
            update(cases).where(cases.c.closed_at < now - keep, cases.c.phone_sealed != "").values(phone_sealed="")
        )
        gone = 0
        for statement in (*_old_talk(now, keep), *_old_cases(now), *_old_staff(now), *_old_content(now)):
            gone += (await self._connection.execute(statement)).rowcount
        return gone


def _old_talk(now: datetime, keep: timedelta) -> Iterator[Delete]:
    old, old_trace = now - keep, now - min(TRACES, keep)
    yield delete(outbox).where(
        or_(outbox.c.created_at < old, and_(outbox.c.state != "waiting", outbox.c.created_at < old_trace))
    )
    yield delete(inbox).where(or_(inbox.c.received_at < old, and_(inbox.c.done, inbox.c.received_at < old_trace)))
    yield delete(conversations).where(conversations.c.updated_at < old)
    yield delete(residents).where(
        ~is_staff(),
        or_(
            and_(residents.c.last_message_at < old, ~_awaited(now)),
            and_(residents.c.forget_when_delivered, ~something_waits()),
        ),
    )


def _old_cases(now: datetime) -> Iterator[Delete]:
    yield delete(sent_messages).where(sent_messages.c.sent_at < now - SENT)
    yield delete(cases).where(cases.c.closed_at < now - CASES)  # what was said goes along
    yield delete(case_events).where(case_events.c.at < now - LOGS, ~exists().where(cases.c.id == case_events.c.case_id))


def _old_staff(now: datetime) -> Iterator[Delete]:
    yield delete(sessions).where(sessions.c.ends_at <= now)
    yield delete(tokens).where(tokens.c.ends_at <= now)
    yield delete(audit).where(audit.c.at < now - LOGS)
    over = select(teams.c.id).where(teams.c.removed_at.is_not(None), ~exists().where(cases.c.team_id == teams.c.id))
    yield delete(areas).where(areas.c.team_id.in_(over))
    yield delete(templates).where(templates.c.team_id.in_(over))
    yield delete(memberships).where(memberships.c.team_id.in_(over))
    yield delete(teams).where(teams.c.id.in_(over))


def _old_content(now: datetime) -> Iterator[Delete]:
    yield delete(asked).where(asked.c.at < now - ASKED)
    yield delete(translator_links).where(translator_links.c.ends_at < now - ENDED_LINKS)


def _awaited(now: datetime) -> ColumnElement[bool]:
    """Whether a resident has an open case, or one that their next message opens again."""
    return exists().where(
        cases.c.resident_id == residents.c.id,
        or_(is_open, cases.c.closed_at > now - REOPEN),
    )
