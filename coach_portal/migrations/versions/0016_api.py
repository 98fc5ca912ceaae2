"""Tokens with scopes, idempotency keys and outgoing webhooks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from coach_portal.migrations import told_events

revision = "0016_api"
down_revision = "0015_programmes"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _widen_tokens()
    op.create_table(
        "kept_answer",
        sa.Column("token_id", BigId, nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", BigId, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name="fk_kept_answer_token_id"),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_kept_answer_practice_id"),
        sa.PrimaryKeyConstraint("token_id", "key_hash", name="pk_kept_answer"),
    )
    op.create_index("ix_kept_answer_practice_id", "kept_answer", ["practice_id"])
    op.create_index("ix_kept_answer_created_at", "kept_answer", ["created_at"])
    _create_events()
    _create_endpoints()
    told_events.begin(op)


def downgrade() -> None:
    told_events.end(op)
    for table in ("event_delivery", "endpoint", "event", "event_stream", "kept_answer"):
        op.drop_table(table)
    for column in ("used", "window_at", "last_used_at", "expires_at", "hint", "scopes"):
        op.drop_column("api_token", column)


def _widen_tokens() -> None:
    everything = "read write webhooks data tokens"
    op.add_column("api_token", sa.Column("scopes", sa.String(length=80), nullable=False, server_default=everything))
    op.add_column("api_token", sa.Column("hint", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("api_token", sa.Column("expires_at", Moment, nullable=True))
    op.add_column("api_token", sa.Column("last_used_at", Moment, nullable=True))
    op.add_column("api_token", sa.Column("window_at", Moment, nullable=True))
    op.add_column("api_token", sa.Column("used", BigId, nullable=False, server_default="0"))


def _create_events() -> None:
    op.create_table(
        "event_stream",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("number", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_event_stream_practice_id"),
        sa.PrimaryKeyConstraint("practice_id", name="pk_event_stream"),
    )
    op.create_table(
        "event",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", BigId, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("number", BigId, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_event_practice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("practice_id", "number", name="uq_event_practice_id_number"),
    )
    op.create_index("ix_event_client_id", "event", ["client_id"])
    new = sa.text("number IS NULL")
    op.create_index("ix_event_new", "event", ["practice_id", "id"], postgresql_where=new, sqlite_where=new)


def _create_endpoints() -> None:
    op.create_table(
        "endpoint",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("with_words", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(length=43), nullable=False),
        sa.Column("old_salt", sa.String(length=43), nullable=True),
        sa.Column("old_until", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("failing_since", Moment, nullable=True),
        sa.Column("disabled_at", Moment, nullable=True),
        sa.Column("removed_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_endpoint_practice_id"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name="fk_endpoint_coach_id"),
        sa.PrimaryKeyConstraint("id", name="pk_endpoint"),
    )
    op.create_index("ix_endpoint_practice_id", "endpoint", ["practice_id"])
    op.create_table(
        "event_delivery",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("endpoint_id", BigId, nullable=False),
        sa.Column("event_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", BigId, nullable=False, server_default="0"),
        sa.Column("status", sa.String(length=24), nullable=True),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("tried_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_event_delivery_practice_id"),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoint.id"], name="fk_event_delivery_endpoint_id"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_delivery_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_event_delivery"),
        sa.UniqueConstraint("endpoint_id", "event_id", name="uq_event_delivery_endpoint_id_event_id"),
    )
    op.create_index("ix_event_delivery_event_id", "event_delivery", ["event_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_event_delivery_waiting", "event_delivery", ["next_at"], postgresql_where=waiting, sqlite_where=waiting
    )
