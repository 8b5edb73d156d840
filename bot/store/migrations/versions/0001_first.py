"""Residents, inbox, conversations and outbox; texts and addresses encrypted from the start."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade():
    op.create_table(
        "residents",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("address_sealed", sa.Text, nullable=False),
        sa.Column("in_group", sa.Boolean, nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("forget_when_delivered", sa.Boolean, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_message_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_residents"),
        sa.UniqueConstraint("channel", "address_hash", name="uq_residents_channel_address_hash"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("update_key", sa.String(64), nullable=False),
        sa.Column("resident_id", sa.String(32), nullable=True),
        sa.Column("body_sealed", sa.Text, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("channel", "update_key", name="uq_inbox_channel_update_key"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name="fk_inbox_resident_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_resident_id_done", "inbox", ["resident_id", "done"])
    op.create_table(
        "conversations",
        sa.Column("resident_id", sa.String(32), nullable=False),
        sa.Column("state_sealed", sa.Text, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("resident_id", name="pk_conversations"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_conversations_resident_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("resident_id", sa.String(32), nullable=False),
        sa.Column("body_sealed", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name="fk_outbox_resident_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_resident_id_state_id", "outbox", ["resident_id", "state", "id"])


def downgrade():
    for table in ("outbox", "conversations", "inbox", "residents"):
        op.drop_table(table)
