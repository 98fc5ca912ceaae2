"""Calls: how a schedule asks, what was said, and messages left for the coach."""

revision = "0009_voice"
down_revision = "0008_preparation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
