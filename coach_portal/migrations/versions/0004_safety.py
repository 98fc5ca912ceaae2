"""Who is told, and whether they saw it."""

import sqlalchemy as sa
from alembic import op

revision = "0004_safety"
down_revision = "0003_moments"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
UNSETTLED = sa.text("state IN ('planned', 'sending')")


def upgrade() -> None:
    _create_email()


def downgrade() -> None:
    op.drop_table("email")


def _create_email() -> None:
    op.create_table(
        "email",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("send_after", Moment, nullable=False),
        sa.Column("deadline_at", Moment, nullable=True),
        sa.Column("claimed_at", Moment, nullable=True),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_email_practice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_email"),
    )
    op.create_index("ix_email_practice_id", "email", ["practice_id"])
    op.create_index("ix_email_unsettled", "email", ["send_after"], postgresql_where=UNSETTLED, sqlite_where=UNSETTLED)
