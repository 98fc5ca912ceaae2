"""The week given back."""

revision = "0007_week"
down_revision = "0006_method"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
