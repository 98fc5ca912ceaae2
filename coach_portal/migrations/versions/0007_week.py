"""The week given back."""

import sqlalchemy as sa
from alembic import op

revision = "0007_week"
down_revision = "0006_method"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

LIVE = sa.text("ended_at IS NULL")
WAITING = sa.text("given_id IS NULL AND NOT withheld")


def upgrade() -> None:
    op.add_column("practice", sa.Column("pictures", sa.String(8), nullable=False, server_default="link"))
    op.add_column("message", sa.Column("media_url", sa.Text()))
    op.add_column("digest", sa.Column("theme", sa.String(16)))
    op.add_column("digest", sa.Column("picture_token", sa.String(32)))
    op.add_column("digest", sa.Column("picture_until", Moment))
    with op.batch_alter_table("digest") as digest:
        digest.create_unique_constraint("uq_digest_picture_token", ["picture_token"])
    op.create_table(
        "reflection_question",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("theme", sa.String(16), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("body", sa.String(100), nullable=False),
        sa.Column("slot", BigId, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("retired_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_reflection_question_practice_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_reflection_question_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reflection_question"),
    )
    op.create_index("ix_reflection_question_practice_id", "reflection_question", ["practice_id"])
    _supporters()


def _supporters() -> None:
    op.create_table(
        "supporter",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("phone", sa.String(16), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("ask_id", BigId),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("shared_at", Moment),
        sa.Column("agreed_at", Moment),
        sa.Column("ended_at", Moment),
        sa.Column("ended_by", sa.String(16)),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_supporter_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_supporter_client_id"),
        sa.ForeignKeyConstraint(["ask_id"], ["message.id"], name="fk_supporter_ask_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supporter"),
    )
    op.create_index(
        "uq_supporter_one", "supporter", ["client_id"], unique=True, postgresql_where=LIVE, sqlite_where=LIVE
    )
    op.create_index("ix_supporter_phone", "supporter", ["practice_id", "phone"])
    op.create_table(
        "supporter_line",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("supporter_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("given_id", BigId),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_supporter_line_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_supporter_line_client_id"),
        sa.ForeignKeyConstraint(["supporter_id"], ["supporter.id"], name="fk_supporter_line_supporter_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_supporter_line_message_id"),
        sa.ForeignKeyConstraint(["given_id"], ["message.id"], name="fk_supporter_line_given_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supporter_line"),
    )
    op.create_index(
        "ix_supporter_line_waiting", "supporter_line", ["client_id"], postgresql_where=WAITING, sqlite_where=WAITING
    )


def downgrade() -> None:
    op.drop_table("supporter_line")
    op.drop_table("supporter")
    op.drop_table("reflection_question")
    with op.batch_alter_table("digest") as digest:
        digest.drop_constraint("uq_digest_picture_token", type_="unique")
    for table, column in (
        ("digest", "picture_until"),
        ("digest", "picture_token"),
        ("digest", "theme"),
        ("message", "media_url"),
        ("practice", "pictures"),
    ):
        op.drop_column(table, column)
