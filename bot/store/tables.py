"""The tables. What each column holds and how long it stays is told in docs/privacy.md, which a test compares."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite counts up by itself only in a column of exactly INTEGER.
_Counted = BigInteger().with_variant(Integer, "sqlite")
_Time = DateTime(timezone=True)

residents: Final = Table(
    "residents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address_hash", String(64), nullable=False),
    Column("address_sealed", Text, nullable=False),
    Column("in_group", Boolean, nullable=False, default=False),
    Column("stopped", Boolean, nullable=False, default=False),
    Column("forget_when_delivered", Boolean, nullable=False, default=False),
    Column("created_at", _Time, nullable=False),
    Column("last_message_at", _Time, nullable=False),
    UniqueConstraint("channel", "address_hash"),
)

inbox: Final = Table(
    "inbox",
    metadata,
    Column("id", _Counted, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("update_key", String(64), nullable=False),
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="SET NULL"), nullable=True),
    Column("body_sealed", Text, nullable=False),
    Column("received_at", _Time, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("done", Boolean, nullable=False, default=False),
    UniqueConstraint("channel", "update_key"),
)
Index(None, inbox.c.done, inbox.c.id)

conversations: Final = Table(
    "conversations",
    metadata,
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True),
    Column("state_sealed", Text, nullable=False),
    Column("updated_at", _Time, nullable=False),
)

outbox: Final = Table(
    "outbox",
    metadata,
    Column("id", _Counted, primary_key=True, autoincrement=True),
    Column("resident_id", String(32), ForeignKey("residents.id", ondelete="CASCADE"), nullable=False),
    Column("body_sealed", Text, nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("not_before", _Time, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("state", String(12), nullable=False, default="waiting"),
    Column("reason", String(40), nullable=False, default=""),
)
Index(None, outbox.c.state, outbox.c.resident_id, outbox.c.id)
