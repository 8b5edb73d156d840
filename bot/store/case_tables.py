"""The tables of cases: the case, what was said in it, its log, and where workers were told of it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.core.case import OPEN
from bot.store.schema import ID_WIDTH, Counted, Moment, metadata

cases: Final = Table(
    "cases",
    metadata,
    Column("id", String(ID_WIDTH), primary_key=True),
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="SET NULL"), nullable=True),
    Column("team_id", String(ID_WIDTH), ForeignKey("teams.id"), nullable=True),
    Column("worker_id", String(ID_WIDTH), ForeignKey("workers.id"), nullable=True),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("language", String(12), nullable=False),
    Column("topic", String(80), nullable=False),
    Column("flag", String(20), nullable=True),
    Column("area", String(10), nullable=False),
    Column("how", String(12), nullable=False),
    Column("when_sealed", Text, nullable=False),
    Column("phone_sealed", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=True),
    Column("answered_at", Moment, nullable=True),
    Column("resident_at", Moment, nullable=True),
    Column("worker_at", Moment, nullable=True),
    Column("closed_at", Moment, nullable=True),
    Column("result", String(12), nullable=True),
    Column("helped", Boolean, nullable=True),
    Column("translator", String(80), nullable=False),
    Column("follow_up", Boolean, nullable=False),
    Column("thread_id", String(32), ForeignKey("residents.id", ondelete="SET NULL"), nullable=True),
)
is_open: Final = cases.c.state.in_(sorted(OPEN))
Index(None, cases.c.resident_id)
Index(None, cases.c.state, cases.c.team_id)
Index(None, cases.c.thread_id)
# Two doors at once, or two servers, cannot open two cases for one resident.
Index(
    "uq_cases_resident_id_open",
    cases.c.resident_id,
    unique=True,
    sqlite_where=is_open,
    postgresql_where=is_open,
)

case_messages: Final = Table(
    "case_messages",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("case_id", String(ID_WIDTH), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("author", String(12), nullable=False),
    Column("worker_id", String(ID_WIDTH), nullable=False),
    Column("language", String(12), nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("body_sealed", Text, nullable=False),
    Column("translation_sealed", Text, nullable=False),
    Column("translator", String(80), nullable=False),
    Column("has_file", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, case_messages.c.case_id, case_messages.c.id)

# No foreign key: the log outlives its case.
case_events: Final = Table(
    "case_events",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("case_id", String(ID_WIDTH), nullable=False),
    Column("worker_id", String(ID_WIDTH), nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, case_events.c.case_id, case_events.c.id)
Index(None, case_events.c.at)

sent_messages: Final = Table(
    "sent_messages",
    metadata,
    Column("chat_id", String(32), ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", String(80), primary_key=True),
    Column("case_id", String(ID_WIDTH), ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("sent_at", Moment, nullable=False),
)
Index(None, sent_messages.c.case_id)
Index(None, sent_messages.c.sent_at)
