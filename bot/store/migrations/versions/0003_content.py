"""What editors write, publish and teach, and the questions that had no answer; the questions encrypted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)
ID = sa.String(40)
LIVE = sa.text("state = 'live'")


def upgrade():
    op.add_column("workers", sa.Column("fields", sa.Text, nullable=False, server_default=""))
    _texts()
    _questions()
    _teaching()


def downgrade():
    for table in ("translator_links", "models", "asked", "readings", "revisions", "drafts"):
        op.drop_table(table)
    op.drop_column("workers", "fields")


def _texts():
    op.create_table(
        "drafts",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("body", sa.Text, nullable=True),
        sa.Column("base", COUNTED, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("stage", sa.String(12), nullable=False),
        sa.Column("change", sa.String(12), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("machine", sa.Boolean, nullable=False),
        sa.Column("overrides", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "language", "author", name="pk_drafts"),
    )
    op.create_table(
        "revisions",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("body", sa.Text, nullable=True),
        sa.Column("base", COUNTED, nullable=False),
        sa.Column("author", ID, nullable=False),
        sa.Column("approver", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("change", sa.String(12), nullable=True),
        sa.Column("print", sa.String(64), nullable=False),
        sa.Column("overrides", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("kind", "key", "language", "base", name="uq_revisions_kind_key_language_base"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revisions_kind_key_language_id", "revisions", ["kind", "key", "language", "id"])
    op.create_table(
        "readings",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("group_name", sa.Text, nullable=False),
        sa.Column("understood", sa.Boolean, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_readings_key", "readings", ["key"])


def _questions():
    op.create_table(
        "asked",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("text_sealed", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("offered", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asked"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asked_state_id", "asked", ["state", "id"])


def _teaching():
    op.create_table(
        "models",
        sa.Column("id", ID, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("revision", COUNTED, nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("comparison", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_models"),
    )
    op.create_index("uq_models_state_live", "models", ["state"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_table(
        "translator_links",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_translator_links"),
    )
    op.create_index("uq_translator_links_token_hash", "translator_links", ["token_hash"], unique=True)
