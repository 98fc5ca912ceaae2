"""What sending numbers may carry, and what it costs."""

import sqlalchemy as sa
from alembic import op

revision = "0005_delivery"
down_revision = "0004_safety"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

TO_ASK = sa.text("ask_at IS NOT NULL")
PRACTICE = (
    ("monthly_cap_micros", BigId),
    ("budget_spent_at", Moment),
    ("account_sid", sa.String(34)),
)
NUMBER = (
    ("stopped_at", Moment),
    ("stopped_code", sa.String(16)),
    ("day", sa.Date()),
    ("polled_until", Moment),
)
MESSAGE = (
    ("price_micros", BigId),
    ("price_currency", sa.String(3)),
    ("ask_at", Moment),
)
COUNTS = (
    ("sending_number", "free_at"),
    ("sending_number", "line_until"),
    ("sending_number", "day_segments"),
    ("message", "retries"),
)


def upgrade() -> None:
    for table, columns in (("practice", PRACTICE), ("sending_number", NUMBER), ("message", MESSAGE)):
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind))
    for table, name in COUNTS:
        op.add_column(table, sa.Column(name, BigId, nullable=False, server_default="0"))
    op.add_column(
        "sending_number", sa.Column("sender_class", sa.String(24), nullable=False, server_default="local_10dlc_sole")
    )
    op.create_table(
        "charge",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("segments", BigId, nullable=False),
        sa.Column("micros", BigId, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_charge_practice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
        sa.UniqueConstraint("message_id", "kind", name="uq_charge_message_id_kind"),
    )
    op.create_index("ix_charge_month", "charge", ["practice_id", "month", "client_id"])
    op.create_table(
        "month_spent",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("micros", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_month_spent_practice_id"),
        sa.PrimaryKeyConstraint("practice_id", "month", name="pk_month_spent"),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
    )
    op.create_index("ix_message_ask", "message", ["ask_at"], postgresql_where=TO_ASK, sqlite_where=TO_ASK)
    op.create_index("uq_practice_account_sid", "practice", ["account_sid"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_message_ask", "message")
    op.drop_table("secret")
    op.drop_table("month_spent")
    op.drop_table("charge")
    op.drop_index("uq_practice_account_sid", "practice")
    op.drop_column("sending_number", "sender_class")
    for table, name in COUNTS:
        op.drop_column(table, name)
    for table, columns in (("practice", PRACTICE), ("sending_number", NUMBER), ("message", MESSAGE)):
        for name, _ in columns:
            op.drop_column(table, name)
