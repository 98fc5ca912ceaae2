"""How a coach is reached, who covers for them, and photos."""

revision = "0012_reach"
down_revision = "0011_client"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
