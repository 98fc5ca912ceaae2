"""Growing, pausing, easing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006_method"
down_revision = "0005_delivery"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("goal", sa.Column("let_be_until", sa.Date()))
    for name, kind in (("pace", sa.String(8)), ("go_on_asked_at", Moment), ("quiet_at", Moment)):
        op.add_column("client", sa.Column(name, kind))
    _former_terms()
    _pause()
    _wish()


def _former_terms() -> None:
    op.create_table(
        "former_terms",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("goal_id", BigId, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("anchor", sa.String(120)),
        sa.Column("area", sa.String(32)),
        sa.Column("cadence", sa.String(16), nullable=False),
        sa.Column("amount", sa.Double()),
        sa.Column("unit", sa.String(32)),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_former_terms_practice_id"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_former_terms_goal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_former_terms"),
    )
    op.create_index("ix_former_terms_goal_id", "former_terms", ["goal_id"])


def _pause() -> None:
    op.create_table(
        "pause",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("until_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_pause_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_pause_client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.create_index("ix_pause_client_id", "pause", ["client_id"])


def _wish() -> None:
    op.create_table(
        "wish",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("after", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("undone_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_wish_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_wish_client_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_wish_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
    )
    op.create_index("ix_wish_client_id", "wish", ["client_id"])


def downgrade() -> None:
    for table in ("wish", "pause", "former_terms"):
        op.drop_table(table)
    for name in ("quiet_at", "go_on_asked_at", "pace"):
        op.drop_column("client", name)
    op.drop_column("goal", "let_be_until")
