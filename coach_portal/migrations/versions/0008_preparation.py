"""What a coach reads before a session."""

import sqlalchemy as sa
from alembic import op

revision = "0008_preparation"
down_revision = "0007_week"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

TO_PREPARE = sa.text("prepared_at IS NULL AND cancelled_at IS NULL")


def upgrade() -> None:
    op.add_column("appointment", sa.Column("series", sa.String(32)))
    op.add_column("appointment", sa.Column("sequence", BigId, nullable=False, server_default="0"))
    op.add_column("appointment", sa.Column("changed_at", Moment))
    op.add_column("appointment", sa.Column("prepared_at", Moment))
    op.add_column("appointment", sa.Column("share_token", sa.String(32)))
    op.create_index("uq_appointment_share_token", "appointment", ["share_token"], unique=True)
    op.create_index(
        "ix_appointment_prepare", "appointment", ["starts_at"], postgresql_where=TO_PREPARE, sqlite_where=TO_PREPARE
    )
    op.create_index("ix_appointment_coach", "appointment", ["coach_id", "starts_at"])
    op.add_column("coach", sa.Column("prepare_at", sa.String(5)))
    op.add_column("coach", sa.Column("prepare_hours", BigId))
    op.add_column("coach", sa.Column("calendar_token", sa.String(32)))
    op.add_column("coach", sa.Column("calendar_surnames", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("uq_coach_calendar_token", "coach", ["calendar_token"], unique=True)
    _commitments()


def _commitments() -> None:
    op.create_table(
        "commitment",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("appointment_id", BigId, nullable=False),
        sa.Column("goal_id", BigId),
        sa.Column("body", sa.String(200), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_commitment_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_commitment_client_id"),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name="fk_commitment_appointment_id"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_commitment_goal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
    )
    op.create_index("ix_commitment_appointment_id", "commitment", ["appointment_id"])


def downgrade() -> None:
    op.drop_table("commitment")
    op.drop_index("uq_coach_calendar_token", "coach")
    for column in ("calendar_surnames", "calendar_token", "prepare_hours", "prepare_at"):
        op.drop_column("coach", column)
    op.drop_index("ix_appointment_coach", "appointment")
    op.drop_index("ix_appointment_prepare", "appointment")
    op.drop_index("uq_appointment_share_token", "appointment")
    for column in ("share_token", "prepared_at", "changed_at", "sequence", "series"):
        op.drop_column("appointment", column)
