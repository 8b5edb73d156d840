"""The tables of content: what editors write and publish, what was read with people, and what is taught.

Their texts are public words, or will be: only a resident's question is encrypted.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint, literal_column

from bot.store.schema import ID_WIDTH, Counted, Moment, metadata

# No foreign keys to workers: what somebody wrote is kept also when they are gone.
drafts: Final = Table(
    "drafts",
    metadata,
    Column("kind", String(12), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("language", String(12), primary_key=True),
    Column("author", String(ID_WIDTH), primary_key=True),
    Column("body", Text, nullable=True),
    Column("base", Counted, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("version", Integer, nullable=False),
    Column("stage", String(12), nullable=False),
    Column("change", String(12), nullable=False),
    Column("note", Text, nullable=False),
    Column("machine", Boolean, nullable=False),
    Column("overrides", Text, nullable=False),
)

revisions: Final = Table(
    "revisions",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("kind", String(12), nullable=False),
    Column("key", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("body", Text, nullable=True),
    Column("base", Counted, nullable=False),
    Column("author", String(ID_WIDTH), nullable=False),
    Column("approver", String(ID_WIDTH), nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("change", String(12), nullable=True),
    Column("print", String(64), nullable=False),
    Column("overrides", Text, nullable=False),
    UniqueConstraint("kind", "key", "language", "base"),  # one revision comes after another, never two
    sqlite_autoincrement=True,
)
Index(None, revisions.c.kind, revisions.c.key, revisions.c.language, revisions.c.id)

readings: Final = Table(
    "readings",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("group_name", Text, nullable=False),
    Column("understood", Boolean, nullable=False),
    Column("word", Text, nullable=False),
    Column("worker_id", String(ID_WIDTH), nullable=False),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, readings.c.key)

asked: Final = Table(
    "asked",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("text_sealed", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("offered", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(12), nullable=False),
    Column("topic", Text, nullable=False),
    sqlite_autoincrement=True,
)
Index(None, asked.c.state, asked.c.id)

models: Final = Table(
    "models",
    metadata,
    Column("id", String(ID_WIDTH), primary_key=True),
    Column("file", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("worker_id", String(ID_WIDTH), nullable=False),
    Column("at", Moment, nullable=False),
    Column("revision", Counted, nullable=False),
    Column("progress", Float, nullable=False),
    Column("step", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("comparison", Text, nullable=False),
)
# Spelt out, not a parameter: only so does SQLite find the index by it.
is_live: Final = models.c.state == literal_column("'live'")
Index("uq_models_state_live", models.c.state, unique=True, sqlite_where=is_live, postgresql_where=is_live)

translator_links: Final = Table(
    "translator_links",
    metadata,
    Column("id", String(ID_WIDTH), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("language", String(12), nullable=False),
    Column("name", Text, nullable=False),
    Column("worker_id", String(ID_WIDTH), nullable=False),
    Column("ends_at", Moment, nullable=False),
)
Index("uq_translator_links_token_hash", translator_links.c.token_hash, unique=True)
