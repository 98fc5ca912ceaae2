"""Programmes: a sequence of goals, messages and questions over weeks."""

revision = "0015_programmes"
down_revision = "0014_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
