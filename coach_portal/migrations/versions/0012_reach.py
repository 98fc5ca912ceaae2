"""How a coach is reached, who covers for them, and photos."""

import sqlalchemy as sa
from alembic import op

revision = "0012_reach"
down_revision = "0011_client"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

TO_FETCH = sa.text("try_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("coach", sa.Column("reached_by", sa.String(8), nullable=False, server_default="email"))
    op.add_column("coach", sa.Column("reach_days", sa.String(7), nullable=False, server_default="1234567"))
    op.add_column("coach", sa.Column("reach_from", sa.String(5), nullable=False, server_default="08:00"))
    op.add_column("coach", sa.Column("reach_until", sa.String(5), nullable=False, server_default="20:00"))
    op.add_column("coach", sa.Column("reach_every", BigId, nullable=False, server_default="60"))
    op.add_column("coach", sa.Column("reached_at", Moment))
    _answer_codes()
    _absences()
    _photos()


def _answer_codes() -> None:
    op.create_table(
        "answer_code",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("good_until", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_answer_code_practice_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_answer_code_coach_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_answer_code_client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_code"),
    )
    op.create_index("uq_answer_code_code", "answer_code", ["coach_id", "code"], unique=True)
    op.create_index("uq_answer_code_client", "answer_code", ["coach_id", "client_id"], unique=True)
    op.create_index("ix_answer_code_client_id", "answer_code", ["client_id"])


def _absences() -> None:
    op.create_table(
        "absence",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("begins_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("covered_by", BigId),
        sa.Column("cover_name", sa.String(120)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_absence_practice_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_absence_coach_id"),
        sa.ForeignKeyConstraint(["covered_by"], ["coach.id"], name="fk_absence_covered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_coach", "absence", ["coach_id", "ends_at"])
    op.create_table(
        "absence_told",
        sa.Column("absence_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["absence_id"], ["absence.id"], name="fk_absence_told_absence_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_absence_told_client_id"),
        sa.PrimaryKeyConstraint("absence_id", "client_id", name="pk_absence_told"),
    )
    op.create_index("ix_absence_told_client_id", "absence_told", ["client_id"])


def _photos() -> None:
    op.create_table(
        "photo",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("place", BigId, nullable=False),
        sa.Column("media_sid", sa.String(34), nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="waiting"),
        sa.Column("reason", sa.String(32)),
        sa.Column("name", sa.String(64)),
        sa.Column("width", BigId),
        sa.Column("height", BigId),
        sa.Column("tries", BigId, nullable=False, server_default="0"),
        sa.Column("try_at", Moment),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_photo_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_photo_client_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_photo_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_photo"),
    )
    op.create_index("ix_photo_client_id", "photo", ["client_id"])
    op.create_index("uq_photo_place", "photo", ["message_id", "place"], unique=True)
    op.create_index("ix_photo_try", "photo", ["try_at"], postgresql_where=TO_FETCH, sqlite_where=TO_FETCH)


def downgrade() -> None:
    for table in ("photo", "absence_told", "absence", "answer_code"):
        op.drop_table(table)
    for column in ("reached_at", "reach_every", "reach_until", "reach_from", "reach_days", "reached_by"):
        op.drop_column("coach", column)
