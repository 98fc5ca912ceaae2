"""Calls: how a schedule asks, what was said, and messages left for the coach."""

import sqlalchemy as sa
from alembic import op

revision = "0009_voice"
down_revision = "0008_preparation"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("check_in_schedule", sa.Column("call_at", sa.String(5)))
    op.add_column("check_in_schedule", sa.Column("on_machine", sa.String(8), nullable=False, server_default="text"))
    op.add_column("client", sa.Column("calls", sa.String(16), nullable=False, server_default="none"))
    op.add_column("message", sa.Column("channel", sa.String(8), nullable=False, server_default="text"))
    op.add_column("message", sa.Column("answered_by", sa.String(24)))
    op.add_column("message", sa.Column("seconds", BigId))
    op.add_column("queue_item", sa.Column("queue", sa.String(16), nullable=False, server_default="messages"))
    op.drop_index("ix_queue_item_visible", "queue_item")
    op.create_index("ix_queue_item_visible", "queue_item", ["queue", "visible_at", "id"])
    op.create_table(
        "call_line",
        sa.Column("account_sid", sa.String(34), nullable=False),
        sa.Column("free_at", BigId, nullable=False, server_default="0"),
        sa.Column("line_until", BigId, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("account_sid", name="pk_call_line"),
    )
    op.create_table(
        "recording",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("sid", sa.String(34), nullable=False),
        sa.Column("account_sid", sa.String(34), nullable=False),
        sa.Column("seconds", BigId, nullable=False),
        sa.Column("transcript", sa.String(16)),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_recording_practice_id"),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name="fk_recording_client_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_recording_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_recording"),
        sa.UniqueConstraint("sid", name="uq_recording_sid"),
    )
    op.create_index("ix_recording_message_id", "recording", ["message_id"])
    op.create_index("ix_recording_client_id", "recording", ["client_id"])


def downgrade() -> None:
    op.drop_table("recording")
    op.drop_table("call_line")
    op.drop_index("ix_queue_item_visible", "queue_item")
    op.create_index("ix_queue_item_visible", "queue_item", ["visible_at", "id"])
    op.drop_column("queue_item", "queue")
    for column in ("seconds", "answered_by", "channel"):
        op.drop_column("message", column)
    op.drop_column("client", "calls")
    for column in ("on_machine", "call_at"):
        op.drop_column("check_in_schedule", column)
