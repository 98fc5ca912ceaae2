"""Tags to sort clients by, and what they may try one day."""

import sqlalchemy as sa
from alembic import op

revision = "0010_roster"
down_revision = "0009_voice"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "client_tag",
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("tag", sa.String(24), nullable=False),
        sa.Column("practice_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_client_tag_client_id"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_client_tag_practice_id"),
        sa.PrimaryKeyConstraint("client_id", "tag", name="pk_client_tag"),
    )
    op.create_index("ix_client_tag_practice", "client_tag", ["practice_id", "tag"])
    op.create_table(
        "idea",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("area", sa.String(32)),
        sa.Column("goal_id", BigId),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("dropped_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_idea_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_idea_client_id"),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name="fk_idea_goal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_idea"),
    )
    op.create_index("ix_idea_client_id", "idea", ["client_id"])


def downgrade() -> None:
    op.drop_table("idea")
    op.drop_table("client_tag")
