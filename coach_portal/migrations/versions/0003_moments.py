"""Schedules, hours and caps."""

import sqlalchemy as sa
from alembic import op

revision = "0003_moments"
down_revision = "0002_corrections"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
TO_REMIND = sa.text("reminded_at IS NULL AND cancelled_at IS NULL")

COLUMNS = (
    ("practice", "sunday_from", sa.String(5), "12:00"),
    ("client", "phone_zones", sa.String(160), ""),
    ("client", "texts_from", sa.String(5), None),
    ("client", "texts_until", sa.String(5), None),
    ("client", "texts_per_day", BigId, "2"),
    ("client", "texts_per_week", BigId, "10"),
    ("client", "touches_per_day", BigId, "1"),
    ("check_in_schedule", "every_days", BigId, None),
    ("check_in_schedule", "starts_on", sa.Date(), None),
    ("check_in_schedule", "own_time", sa.Boolean(), sa.false()),
    ("appointment", "remind_hours", BigId, None),
    ("appointment", "remind_at", Moment, None),
    ("appointment", "reminded_at", Moment, None),
    ("message", "purpose", sa.String(16), None),
)


def upgrade() -> None:
    for table, name, kind, default in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=default is None, server_default=default))
    # Those of one client who are due in one minute are claimed side by side.
    op.drop_index("ix_check_in_schedule_next_due_at", "check_in_schedule")
    op.create_index("ix_check_in_schedule_due", "check_in_schedule", ["next_due_at", "client_id"])
    op.create_index(
        "ix_appointment_remind", "appointment", ["remind_at"], postgresql_where=TO_REMIND, sqlite_where=TO_REMIND
    )
    op.create_table(
        "wording",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_wording_practice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wording"),
    )
    op.create_index("ix_wording_practice_id", "wording", ["practice_id"])


def downgrade() -> None:
    op.drop_table("wording")
    op.drop_index("ix_appointment_remind", "appointment")
    op.drop_index("ix_check_in_schedule_due", "check_in_schedule")
    op.create_index("ix_check_in_schedule_next_due_at", "check_in_schedule", ["next_due_at"])
    for table, name, _, _ in reversed(COLUMNS):
        op.drop_column(table, name)
