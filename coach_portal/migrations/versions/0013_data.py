"""Imports, exports, erasure and how long things are kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013_data"
down_revision = "0012_reach"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "import_draft",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("good", BigId, nullable=False),
        sa.Column("bad", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("taken_at", Moment, nullable=True),
        sa.Column("taken", BigId, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_import_draft_practice_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_import_draft_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_import_draft"),
    )
    op.create_index("ix_import_draft_practice_id", "import_draft", ["practice_id"])
    op.create_table(
        "erasure",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("asked_by", BigId, nullable=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("did", Json, nullable=False),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_erasure_practice_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["coach.id"], name="fk_erasure_asked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_erasure"),
    )
    op.create_index("ix_erasure_practice_id", "erasure", ["practice_id"])
    op.create_index("ix_erasure_client_id", "erasure", ["client_id"])
    op.create_table(
        "leftover",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("erasure_id", BigId, nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=96), nullable=False),
        sa.Column("tries", BigId, nullable=False, server_default="0"),
        sa.Column("try_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_leftover_practice_id"),
        sa.ForeignKeyConstraint(["erasure_id"], ["erasure.id"], name="fk_leftover_erasure_id"),
        sa.PrimaryKeyConstraint("id", name="pk_leftover"),
    )
    op.create_index("ix_leftover_erasure_id", "leftover", ["erasure_id"])
    op.create_index("ix_leftover_try_at", "leftover", ["try_at"])
    op.add_column("practice", sa.Column("keep_months", BigId, nullable=True))
    op.create_index("ix_audit_event_subject", "audit_event", ["subject", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_event_subject", "audit_event")
    op.drop_column("practice", "keep_months")
    for table in ("leftover", "erasure", "import_draft"):
        op.drop_table(table)
