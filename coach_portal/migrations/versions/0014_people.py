"""People of a practice: invitations, second factors, password resets, sessions, groups."""

revision = "0014_people"
down_revision = "0013_data"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
