"""Tokens with scopes, idempotency keys and outgoing webhooks."""

revision = "0016_api"
down_revision = "0015_programmes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
