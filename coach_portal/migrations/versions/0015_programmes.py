"""Programmes: a sequence of goals, messages and questions over weeks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015_programmes"
down_revision = "0014_people"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
TABLES = ("begun_step", "enrolment", "programme_step", "programme")


def upgrade() -> None:
    _programme()
    _programme_step()
    _enrolment()
    _begun_step()
    with op.batch_alter_table("check_in") as check_in:
        check_in.alter_column("schedule_id", nullable=True, existing_type=BigId)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute(
        "UPDATE message SET check_in_id = NULL WHERE check_in_id IN (SELECT id FROM check_in WHERE schedule_id IS NULL)"
    )
    op.execute("DELETE FROM check_in WHERE schedule_id IS NULL")
    with op.batch_alter_table("check_in") as check_in:
        check_in.alter_column("schedule_id", nullable=False, existing_type=BigId)


def _programme() -> None:
    op.create_table(
        "programme",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("coach_id", BigId),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("about", sa.String(300)),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("retired_at", Moment),
        sa.Column("id", BigId, nullable=False),
        _leads("programme", "practice_id", "practice"),
        _leads("programme", "coach_id", "coach"),
        sa.PrimaryKeyConstraint("id", name="pk_programme"),
    )
    op.create_index("ix_programme_practice_id", "programme", ["practice_id"])


def _programme_step() -> None:
    op.create_table(
        "programme_step",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("programme_id", BigId, nullable=False),
        sa.Column("position", BigId, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("starts", sa.String(16), nullable=False),
        sa.Column("days", BigId),
        sa.Column("on_date", sa.Date()),
        sa.Column("local_time", sa.String(5), nullable=False),
        sa.Column("body", sa.Text()),
        sa.Column("title", sa.String(120)),
        sa.Column("anchor", sa.String(120)),
        sa.Column("area", sa.String(32)),
        sa.Column("cadence", sa.String(16)),
        sa.Column("amount", sa.Double()),
        sa.Column("unit", sa.String(32)),
        sa.Column("direction", sa.String(8)),
        sa.Column("ask_days", sa.String(7)),
        sa.Column("ask_at", sa.String(5)),
        sa.Column("words", Json, nullable=False, server_default="{}"),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("removed_at", Moment),
        sa.Column("id", BigId, nullable=False),
        _leads("programme_step", "practice_id", "practice"),
        _leads("programme_step", "programme_id", "programme"),
        sa.PrimaryKeyConstraint("id", name="pk_programme_step"),
    )
    op.create_index("ix_programme_step_programme_id", "programme_step", ["programme_id"])


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("programme_id", BigId, nullable=False),
        sa.Column("coach_id", BigId),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("writes_on", sa.Date()),
        sa.Column("last_step_id", BigId),
        sa.Column("last_on", sa.Date()),
        sa.Column("last_goal_id", BigId),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("paused_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("id", BigId, nullable=False),
        _leads("enrolment", "practice_id", "practice"),
        _leads("enrolment", "client_id", "client"),
        _leads("enrolment", "programme_id", "programme"),
        _leads("enrolment", "coach_id", "coach"),
        _leads("enrolment", "last_step_id", "programme_step"),
        _leads("enrolment", "last_goal_id", "goal"),
        sa.PrimaryKeyConstraint("id", name="pk_enrolment"),
    )
    running, due = sa.text("ended_at IS NULL"), sa.text("due_at IS NOT NULL")
    op.create_index(
        "uq_enrolment_running",
        "enrolment",
        ["client_id", "programme_id"],
        unique=True,
        postgresql_where=running,
        sqlite_where=running,
    )
    op.create_index("ix_enrolment_due", "enrolment", ["due_at"], postgresql_where=due, sqlite_where=due)
    op.create_index("ix_enrolment_programme", "enrolment", ["programme_id", "state"])


def _begun_step() -> None:
    op.create_table(
        "begun_step",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("enrolment_id", BigId, nullable=False),
        sa.Column("step_id", BigId, nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("goal_id", BigId),
        sa.Column("message_id", BigId),
        sa.Column("check_in_id", BigId),
        sa.Column("question", sa.Text()),
        sa.Column("id", BigId, nullable=False),
        _leads("begun_step", "practice_id", "practice"),
        _leads("begun_step", "client_id", "client"),
        _leads("begun_step", "enrolment_id", "enrolment"),
        _leads("begun_step", "step_id", "programme_step"),
        _leads("begun_step", "goal_id", "goal"),
        _leads("begun_step", "message_id", "message"),
        _leads("begun_step", "check_in_id", "check_in"),
        sa.PrimaryKeyConstraint("id", name="pk_begun_step"),
        sa.UniqueConstraint("enrolment_id", "step_id", name="uq_begun_step_enrolment_id_step_id"),
    )
    op.create_index("ix_begun_step_client", "begun_step", ["client_id", "local_date"])
    op.create_index("ix_begun_step_message_id", "begun_step", ["message_id"])
    op.create_index("ix_begun_step_check_in_id", "begun_step", ["check_in_id"])


def _leads(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")
