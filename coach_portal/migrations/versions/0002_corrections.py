"""What coaches correct, and what is learnt from it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_corrections"
down_revision = "0001_first_tables"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

UNSURE = sa.text("direction = 'in' AND reviewed_at IS NULL AND confidence < 0.7")


def upgrade() -> None:
    op.add_column("message", sa.Column("confidence", sa.Double()))
    op.add_column("message", sa.Column("reviewed_at", Moment))
    op.create_index("ix_message_unsure", "message", ["practice_id", "id"], postgresql_where=UNSURE, sqlite_where=UNSURE)
    op.create_table(
        "correction",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_correction_practice_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_correction_message_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_correction_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
    )
    op.create_index("ix_correction_message_id", "correction", ["message_id"])
    op.add_column("goal", sa.Column("synonyms", Json, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("goal", "synonyms")
    op.drop_table("correction")
    op.drop_index("ix_message_unsure", "message")
    op.drop_column("message", "reviewed_at")
    op.drop_column("message", "confidence")
