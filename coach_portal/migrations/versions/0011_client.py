"""A client's page: notes, and the page of their own."""

revision = "0011_client"
down_revision = "0010_roster"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
