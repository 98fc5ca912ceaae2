"""Tags, and what the roster filters by."""

revision = "0010_roster"
down_revision = "0009_voice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
