"""The tables. What each column holds and how long it stays is told in docs/privacy.md; a test compares."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A time with its zone, kept in UTC: SQLite forgets zones, so the way in turns all to UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way in. Raises ValueError for a time without a zone."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """On the way out."""
        del dialect
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


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
    Column("id", _Counted, primary_key=True, autoincrement=True),
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
    Column("id", _Counted, primary_key=True, autoincrement=True),
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
