"""Growing, pausing, easing."""

revision = "0006_method"
down_revision = "0005_delivery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
