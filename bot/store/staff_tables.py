"""The tables of the staff: teams, areas, workers, templates, and what lets a worker in."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.store.schema import ID_WIDTH, Counted, Moment, metadata

teams: Final = Table(
    "teams",
    metadata,
    Column("id", String(ID_WIDTH), primary_key=True),
    Column("name", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("answer_minutes", Integer, nullable=False),
    Column("phone", Text, nullable=False),
    Column("walk_in", Text, nullable=False),
    Column("text_in_telegram", Boolean, nullable=False),
    Column("group_id", String(32), ForeignKey("residents.id", ondelete="SET NULL"), nullable=True),
    Column("removed_at", Moment, nullable=True),
)
Index(None, teams.c.group_id)

areas: Final = Table(
    "areas",
    metadata,
    Column("postcode", String(10), primary_key=True),
    Column("name", Text, nullable=False),
    Column("team_id", String(ID_WIDTH), ForeignKey("teams.id"), nullable=False),
    Column("latitude", Float, nullable=True),
    Column("longitude", Float, nullable=True),
)

workers: Final = Table(
    "workers",
    metadata,
    Column("id", String(ID_WIDTH), primary_key=True),
    Column("email_hash", String(64), nullable=False),
    Column("email_sealed", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("languages", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("neighbourhood", Text, nullable=False),
    Column("on_duty", Boolean, nullable=False),
    Column("away_until", Moment, nullable=True),
    Column("active", Boolean, nullable=False),
    Column("chat_id", String(32), ForeignKey("residents.id", ondelete="SET NULL"), nullable=True),
    Column("password_hash", Text, nullable=False),
    Column("totp_sealed", Text, nullable=False),
    Column("totp_last", BigInteger, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment, nullable=True),
    Column("fields", Text, nullable=False, server_default=""),
)
Index("uq_workers_email_hash", workers.c.email_hash, unique=True)
Index("uq_workers_chat_id", workers.c.chat_id, unique=True)

memberships: Final = Table(
    "memberships",
    metadata,
    Column("worker_id", String(ID_WIDTH), ForeignKey("workers.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", String(ID_WIDTH), ForeignKey("teams.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)

templates: Final = Table(
    "templates",
    metadata,
    Column("id", String(ID_WIDTH), primary_key=True),
    Column("team_id", String(ID_WIDTH), ForeignKey("teams.id"), nullable=True),
    Column("name", Text, nullable=False),
    Column("texts", Text, nullable=False),
)

sessions: Final = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("worker_id", String(ID_WIDTH), ForeignKey("workers.id", ondelete="CASCADE"), nullable=False),
    Column("case_id", String(ID_WIDTH), nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
)
Index(None, sessions.c.worker_id)

tokens: Final = Table(
    "tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("worker_id", String(ID_WIDTH), ForeignKey("workers.id", ondelete="CASCADE"), nullable=False),
    Column("case_id", String(ID_WIDTH), nullable=False),
    Column("ends_at", Moment, nullable=False),
)

# No foreign key: what somebody did is kept also when they are gone.
audit: Final = Table(
    "audit",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("worker_id", String(ID_WIDTH), nullable=False),
    Column("what", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, audit.c.at)
