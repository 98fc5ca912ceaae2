"""Imports, exports, erasure and how long things are kept."""

revision = "0013_data"
down_revision = "0012_reach"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
