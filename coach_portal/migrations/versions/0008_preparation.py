"""What a coach reads before a session."""

revision = "0008_preparation"
down_revision = "0007_week"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
