"""Who is told, and whether they saw it."""

revision = "0004_safety"
down_revision = "0003_moments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
