"""A client's page: notes, and the page of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0011_client"
down_revision = "0010_roster"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("changed_at", Moment),
        sa.Column("removed_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_note_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_note_client_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_note_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_client_id", "note", ["client_id"])
    op.add_column("client", sa.Column("page_token", sa.String(32)))
    op.add_column("client", sa.Column("page_until", Moment))
    op.create_index("uq_client_page_token", "client", ["page_token"], unique=True)
    with op.batch_alter_table("wish") as wish:
        wish.alter_column("message_id", nullable=True, existing_type=BigId)


def downgrade() -> None:
    op.execute("DELETE FROM wish WHERE message_id IS NULL")
    with op.batch_alter_table("wish") as wish:
        wish.alter_column("message_id", nullable=False, existing_type=BigId)
    op.drop_index("uq_client_page_token", "client")
    op.drop_column("client", "page_until")
    op.drop_column("client", "page_token")
    op.drop_table("note")
