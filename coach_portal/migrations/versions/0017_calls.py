"""What calls still need."""

revision = "0017_calls"
down_revision = "0016_api"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
