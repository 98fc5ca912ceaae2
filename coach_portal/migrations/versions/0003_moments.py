"""Schedules, hours and caps."""

revision = "0003_moments"
down_revision = "0002_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
