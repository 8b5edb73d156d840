"""The tables. What each column holds and how long it stays is told in docs/privacy.md; a test compares."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.case_tables import case_events, case_messages, cases, sent_messages
from bot.store.content_tables import asked, drafts, models, readings, revisions, translator_links
from bot.store.schema import Counted, Moment, metadata
from bot.store.staff_tables import areas, audit, memberships, sessions, teams, templates, tokens, workers

__all__ = [
    "areas",
    "asked",
    "audit",
    "case_events",
    "case_messages",
    "cases",
    "conversations",
    "drafts",
    "inbox",
    "memberships",
    "metadata",
    "models",
    "outbox",
    "readings",
    "residents",
    "revisions",
    "sent_messages",
    "sessions",
    "teams",
    "templates",
    "tokens",
    "translator_links",
    "workers",
]

residents: Final = Table(
    "residents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address_hash", String(64), nullable=False),
    Column("address_sealed", Text, nullable=False),
    Column("in_group", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("forget_when_delivered", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_message_at", Moment, nullable=False),
    UniqueConstraint("channel", "address_hash"),
)

inbox: Final = Table(
    "inbox",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("update_key", String(64), nullable=False),
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="SET NULL"), nullable=True),
    Column("body_sealed", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done", Boolean, nullable=False),
    UniqueConstraint("channel", "update_key"),
    sqlite_autoincrement=True,  # an id is never given twice, not even after its row is erased
)
Index(None, inbox.c.resident_id, inbox.c.done)

conversations: Final = Table(
    "conversations",
    metadata,
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    Column("state_sealed", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="CASCADE"), nullable=False),
    Column("body_sealed", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("state", String(12), nullable=False),
    Column("reason", String(40), nullable=False),
    sqlite_autoincrement=True,
)
Index(None, outbox.c.resident_id, outbox.c.state, outbox.c.id)
