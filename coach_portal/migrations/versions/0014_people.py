"""People of a practice: invitations, second factors, password resets, sessions, groups."""

import sqlalchemy as sa
from alembic import op

revision = "0014_people"
down_revision = "0013_data"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _invite()
    _let_in()
    _group()
    op.add_column("web_session", sa.Column("device", sa.String(64), nullable=False, server_default=""))
    op.add_column("web_session", sa.Column("factor_due", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("practice", sa.Column("factor_required", sa.Boolean(), nullable=False, server_default=sa.false()))


def _invite() -> None:
    op.create_table(
        "coach_invitation",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("invited_by", BigId, nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("accepted_at", Moment),
        sa.Column("withdrawn_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_coach_invitation_practice_id"),
        sa.ForeignKeyConstraint(["invited_by"], ["coach.id"], name="fk_coach_invitation_invited_by"),
        sa.PrimaryKeyConstraint("id", name="pk_coach_invitation"),
    )
    op.create_index("ix_coach_invitation_practice_id", "coach_invitation", ["practice_id"])


def _let_in() -> None:
    op.create_table(
        "password_reset",
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("nonce", sa.String(32), nullable=False),
        sa.Column("sent_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_password_reset_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_password_reset"),
    )
    op.create_index("ix_password_reset_coach_id", "password_reset", ["coach_id"])
    op.create_table(
        "second_factor",
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("last_step", BigId, nullable=False, server_default="0"),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("confirmed_at", Moment),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_second_factor_coach_id"),
        sa.PrimaryKeyConstraint("coach_id", name="pk_second_factor"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("code_hash", sa.String(255), nullable=False),
        sa.Column("used_at", Moment),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_recovery_code_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recovery_code"),
    )
    op.create_index("ix_recovery_code_coach_id", "recovery_code", ["coach_id"])


def _group() -> None:
    op.create_table(
        "client_group",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("made_by", BigId, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_client_group_practice_id"),
        sa.ForeignKeyConstraint(["made_by"], ["coach.id"], name="fk_client_group_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_client_group"),
    )
    op.create_index("uq_client_group_name", "client_group", ["practice_id", "name"], unique=True)
    op.create_table(
        "group_member",
        sa.Column("group_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("joined_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["client_group.id"], name="fk_group_member_group_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_group_member_client_id"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_group_member_practice_id"),
        sa.PrimaryKeyConstraint("group_id", "client_id", name="pk_group_member"),
    )
    op.create_index("ix_group_member_client_id", "group_member", ["client_id"])


def downgrade() -> None:
    op.drop_column("practice", "factor_required")
    for column in ("factor_due", "device"):
        op.drop_column("web_session", column)
    for table in ("group_member", "client_group", "recovery_code", "second_factor", "password_reset"):
        op.drop_table(table)
    op.drop_table("coach_invitation")
