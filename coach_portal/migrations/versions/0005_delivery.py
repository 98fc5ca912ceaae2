"""What sending numbers may carry, and what it costs."""

import sqlalchemy as sa
from alembic import op

revision = "0005_delivery"
down_revision = "0004_safety"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)

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
    op.create_index("uq_practice_account_sid", "practice", ["account_sid"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_practice_account_sid", "practice")
    op.drop_column("sending_number", "sender_class")
    for table, name in COUNTS:
        op.drop_column(table, name)
    for table, columns in (("practice", PRACTICE), ("sending_number", NUMBER), ("message", MESSAGE)):
        for name, _ in columns:
            op.drop_column(table, name)
