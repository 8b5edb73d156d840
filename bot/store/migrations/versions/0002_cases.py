"""Cases and the staff who answer them; what was said, numbers and e-mail addresses encrypted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")
TIME = sa.DateTime(timezone=True)
ID = sa.String(40)
OPEN = sa.text("state IN ('claimed', 'waiting')")


def upgrade():
    _staff()
    _cases()


def downgrade():
    for table in (
        "sent_messages",
        "case_events",
        "case_messages",
        "cases",
        "audit",
        "tokens",
        "sessions",
        "templates",
        "memberships",
        "workers",
        "areas",
        "teams",
    ):
        op.drop_table(table)


def _staff():
    op.create_table(
        "teams",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("hours", sa.Text, nullable=False),
        sa.Column("answer_minutes", sa.Integer, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("walk_in", sa.Text, nullable=False),
        sa.Column("text_in_telegram", sa.Boolean, nullable=False),
        sa.Column("group_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
        sa.ForeignKeyConstraint(["group_id"], ["residents.id"], name="fk_teams_group_id", ondelete="SET NULL"),
    )
    op.create_index("ix_teams_group_id", "teams", ["group_id"])
    op.create_table(
        "areas",
        sa.Column("postcode", sa.String(10), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("latitude", sa.Float, nullable=True),
        sa.Column("longitude", sa.Float, nullable=True),
        sa.PrimaryKeyConstraint("postcode", name="pk_areas"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_areas_team_id"),
    )
    op.create_table(
        "workers",
        sa.Column("id", ID, nullable=False),
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("email_sealed", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("neighbourhood", sa.Text, nullable=False),
        sa.Column("on_duty", sa.Boolean, nullable=False),
        sa.Column("away_until", TIME, nullable=True),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("chat_id", sa.String(32), nullable=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_sealed", sa.Text, nullable=False),
        sa.Column("totp_last", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_workers"),
        sa.ForeignKeyConstraint(["chat_id"], ["residents.id"], name="fk_workers_chat_id", ondelete="SET NULL"),
    )
    op.create_index("uq_workers_chat_id", "workers", ["chat_id"], unique=True)
    op.create_index("uq_workers_email_hash", "workers", ["email_hash"], unique=True)
    op.create_table(
        "memberships",
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("worker_id", "team_id", name="pk_memberships"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_memberships_worker_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_memberships_team_id"),
    )
    op.create_table(
        "templates",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_templates"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_templates_team_id"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_sessions_worker_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sessions_worker_id", "sessions", ["worker_id"])
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tokens"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_tokens_worker_id", ondelete="CASCADE"),
    )
    op.create_table(
        "audit",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )


def _cases():
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("resident_id", sa.String(32), nullable=True),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("worker_id", ID, nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("flag", sa.String(20), nullable=True),
        sa.Column("area", sa.String(10), nullable=False),
        sa.Column("how", sa.String(12), nullable=False),
        sa.Column("when_sealed", sa.Text, nullable=False),
        sa.Column("phone_sealed", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("opened_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=True),
        sa.Column("answered_at", TIME, nullable=True),
        sa.Column("resident_at", TIME, nullable=True),
        sa.Column("worker_at", TIME, nullable=True),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("result", sa.String(12), nullable=True),
        sa.Column("helped", sa.Boolean, nullable=True),
        sa.Column("translator", sa.String(80), nullable=False),
        sa.Column("follow_up", sa.Boolean, nullable=False),
        sa.Column("thread_id", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name="fk_cases_resident_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_cases_team_id"),
        sa.ForeignKeyConstraint(["worker_id"], ["workers.id"], name="fk_cases_worker_id"),
        sa.ForeignKeyConstraint(["thread_id"], ["residents.id"], name="fk_cases_thread_id", ondelete="SET NULL"),
    )
    op.create_index("ix_cases_resident_id", "cases", ["resident_id"])
    op.create_index("ix_cases_state_team_id", "cases", ["state", "team_id"])
    op.create_index("ix_cases_thread_id", "cases", ["thread_id"])
    op.create_index(
        "uq_cases_resident_id_open", "cases", ["resident_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "case_messages",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("author", sa.String(12), nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("said_at", TIME, nullable=False),
        sa.Column("body_sealed", sa.Text, nullable=False),
        sa.Column("translation_sealed", sa.Text, nullable=False),
        sa.Column("translator", sa.String(80), nullable=False),
        sa.Column("has_file", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_messages"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_messages_case_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_messages_case_id_id", "case_messages", ["case_id", "id"])
    op.create_table(
        "case_events",
        sa.Column("id", COUNTED, autoincrement=True, nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("worker_id", ID, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_events_case_id_id", "case_events", ["case_id", "id"])
    op.create_table(
        "sent_messages",
        sa.Column("chat_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_sent_messages"),
        sa.ForeignKeyConstraint(["chat_id"], ["residents.id"], name="fk_sent_messages_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_sent_messages_case_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sent_messages_case_id", "sent_messages", ["case_id"])
    op.create_index("ix_sent_messages_sent_at", "sent_messages", ["sent_at"])
