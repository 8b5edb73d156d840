"""When a session was last used, when a team was removed, and both logs in the order of time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIME = sa.DateTime(timezone=True)


def upgrade():
    op.add_column("sessions", sa.Column("used_at", TIME, nullable=True))
    op.add_column("teams", sa.Column("removed_at", TIME, nullable=True))
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_case_events_at", "case_events", ["at"])


def downgrade():
    op.drop_index("ix_case_events_at", "case_events")
    op.drop_index("ix_audit_at", "audit")
    op.drop_column("teams", "removed_at")
    op.drop_column("sessions", "used_at")
