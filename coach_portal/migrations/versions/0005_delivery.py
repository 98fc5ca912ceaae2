"""What sending numbers may carry, and what it costs."""

revision = "0005_delivery"
down_revision = "0004_safety"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
