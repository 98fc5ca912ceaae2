"""What the coach's day still needs."""

revision = "0018_portal"
down_revision = "0017_calls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
