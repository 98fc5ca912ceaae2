"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _clock_shift()
    _inbound_text()
    _job_run()
    _practice()
    _queue_item()
    _sign_in_attempt()
    _audit_event()
    _coach()
    _consent()
    _sending_number()
    _suppression()
    _api_token()
    _client()
    _web_session()
    _appointment()
    _check_in_schedule()
    _coach_client()
    _goal()
    _check_in()
    _message()
    _alert()
    _digest()
    _miss()
    _win()
    _reflection()


def _clock_shift() -> None:
    op.create_table(
        "clock_shift",
        sa.Column("seconds", BigId, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_shift")),
    )


def _inbound_text() -> None:
    op.create_table(
        "inbound_text",
        sa.Column("sid", sa.String(length=34), nullable=False),
        sa.Column("from_phone", sa.String(length=32), nullable=False),
        sa.Column("to_phone", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("sid", name=op.f("pk_inbound_text")),
    )
    op.create_index(op.f("ix_inbound_text_received_at"), "inbound_text", ["received_at"], unique=False)


def _job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("did", Json, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_job_run")),
    )


def _practice() -> None:
    op.create_table(
        "practice",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("texts_from", sa.String(length=5), server_default="08:00", nullable=False),
        sa.Column("texts_until", sa.String(length=5), server_default="21:00", nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )


def _queue_item() -> None:
    op.create_table(
        "queue_item",
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("visible_at", Moment, nullable=False),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_item")),
    )
    op.create_index("ix_queue_item_visible", "queue_item", ["visible_at", "id"], unique=False)


def _sign_in_attempt() -> None:
    op.create_table(
        "sign_in_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_key"), "sign_in_attempt", ["key"], unique=False)


def _audit_event() -> None:
    op.create_table(
        "audit_event",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("actor", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("detail", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_audit_event_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    op.create_index(op.f("ix_audit_event_practice_id"), "audit_event", ["practice_id"], unique=False)


def _coach() -> None:
    op.create_table(
        "coach",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_coach_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach")),
        sa.UniqueConstraint("email", name=op.f("uq_coach_email")),
    )
    op.create_index(op.f("ix_coach_practice_id"), "coach", ["practice_id"], unique=False)


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("message_sid", sa.String(length=34), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_consent_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_client_id"), "consent", ["client_id"], unique=False)


def _sending_number() -> None:
    op.create_table(
        "sending_number",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_sending_number_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_number")),
        sa.UniqueConstraint("phone", name=op.f("uq_sending_number_phone")),
    )
    op.create_index(op.f("ix_sending_number_practice_id"), "sending_number", ["practice_id"], unique=False)


def _suppression() -> None:
    op.create_table(
        "suppression",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_suppression_practice_id")),
        sa.PrimaryKeyConstraint("practice_id", "phone", name=op.f("pk_suppression")),
    )


def _api_token() -> None:
    op.create_table(
        "api_token",
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("revoked_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_api_token_coach_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_coach_id"), "api_token", ["coach_id"], unique=False)


def _client() -> None:
    op.create_table(
        "client",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("sending_number_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("consent", sa.String(length=16), nullable=False),
        sa.Column("paused_until", Moment, nullable=True),
        sa.Column("held_at", Moment, nullable=True),
        sa.Column("held_reason", sa.String(length=32), nullable=True),
        sa.Column("unreachable_at", Moment, nullable=True),
        sa.Column("unreachable_code", sa.String(length=16), nullable=True),
        sa.Column("archived_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_client_practice_id")),
        sa.ForeignKeyConstraint(["sending_number_id"], ["sending_number.id"], name=op.f("fk_client_sending_number_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("practice_id", "phone", name=op.f("uq_client_practice_id_phone")),
        sa.UniqueConstraint("sending_number_id", "phone", name=op.f("uq_client_sending_number_id_phone")),
    )
    op.create_index(op.f("ix_client_practice_id"), "client", ["practice_id"], unique=False)


def _web_session() -> None:
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("csrf_key", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_web_session_coach_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    op.create_index(op.f("ix_web_session_coach_id"), "web_session", ["coach_id"], unique=False)


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("minutes", BigId, nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("cancelled_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_appointment_client_id")),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_appointment_coach_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_appointment_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_client", "appointment", ["client_id", "starts_at"], unique=False)


def _check_in_schedule() -> None:
    op.create_table(
        "check_in_schedule",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("days", sa.String(length=7), nullable=False),
        sa.Column("local_time", sa.String(length=5), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("goal_ids", Json, nullable=True),
        sa.Column("next_due_at", Moment, nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("removed_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_check_in_schedule_client_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_check_in_schedule_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_schedule")),
    )
    op.create_index(op.f("ix_check_in_schedule_client_id"), "check_in_schedule", ["client_id"], unique=False)
    op.create_index(op.f("ix_check_in_schedule_next_due_at"), "check_in_schedule", ["next_due_at"], unique=False)


def _coach_client() -> None:
    op.create_table(
        "coach_client",
        sa.Column("coach_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_coach_client_client_id")),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_coach_client_coach_id")),
        sa.PrimaryKeyConstraint("coach_id", "client_id", name=op.f("pk_coach_client")),
    )
    op.create_index(op.f("ix_coach_client_client_id"), "coach_client", ["client_id"], unique=False)


def _goal() -> None:
    op.create_table(
        "goal",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("position", BigId, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=True),
        sa.Column("area", sa.String(length=32), nullable=True),
        sa.Column("cadence", sa.String(length=16), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("retired_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_goal_client_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_goal_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(op.f("ix_goal_client_id"), "goal", ["client_id"], unique=False)


def _check_in() -> None:
    op.create_table(
        "check_in",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("schedule_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("goal_ids", Json, nullable=False),
        sa.Column("open_goal_ids", Json, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_check_in_client_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_check_in_practice_id")),
        sa.ForeignKeyConstraint(["schedule_id"], ["check_in_schedule.id"], name=op.f("fk_check_in_schedule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("schedule_id", "local_date", name=op.f("uq_check_in_schedule_id_local_date")),
    )
    op.create_index("ix_check_in_day", "check_in", ["client_id", "local_date"], unique=False)
    op.create_index(
        "ix_check_in_waiting",
        "check_in",
        ["client_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'asked'"),
        sqlite_where=sa.text("state = 'asked'"),
    )


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("practice_id", BigId, nullable=True),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("check_in_id", BigId, nullable=True),
        sa.Column("answers_id", BigId, nullable=True),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("from_phone", sa.String(length=32), nullable=False),
        sa.Column("to_phone", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("segments", BigId, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("error_code", sa.String(length=16), nullable=True),
        sa.Column("sid", sa.String(length=34), nullable=True),
        sa.Column("understanding", Json, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("send_after", Moment, nullable=True),
        sa.Column("deadline_at", Moment, nullable=True),
        sa.Column("queued_at", Moment, nullable=True),
        sa.Column("claimed_at", Moment, nullable=True),
        sa.Column("handed_at", Moment, nullable=True),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["answers_id"], ["message.id"], name=op.f("fk_message_answers_id")),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name=op.f("fk_message_check_in_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_message_client_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_message_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("sid", name=op.f("uq_message_sid")),
    )
    op.create_index("ix_message_conversation", "message", ["client_id", "id"], unique=False)
    op.create_index(
        "ix_message_stranger",
        "message",
        ["practice_id", "to_phone"],
        unique=False,
        postgresql_where=sa.text("client_id IS NULL"),
        sqlite_where=sa.text("client_id IS NULL"),
    )
    op.create_index(
        "ix_message_unsettled",
        "message",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state IN ('planned', 'sending', 'unknown')"),
        sqlite_where=sa.text("state IN ('planned', 'sending', 'unknown')"),
    )


def _alert() -> None:
    op.create_table(
        "alert",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=True),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("closed_by", BigId, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_alert_client_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["coach.id"], name=op.f("fk_alert_closed_by")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_alert_message_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_alert_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_client_id"), "alert", ["client_id"], unique=False)
    op.create_index(
        "ix_alert_open",
        "alert",
        ["practice_id", "id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )


def _digest() -> None:
    op.create_table(
        "digest",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("check_in_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("week_start", sa.Date(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name=op.f("fk_digest_check_in_id")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_digest_client_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_digest_message_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_digest_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("client_id", "week_start", name=op.f("uq_digest_client_id_week_start")),
    )
    op.create_index(op.f("ix_digest_check_in_id"), "digest", ["check_in_id"], unique=False)


def _miss() -> None:
    op.create_table(
        "miss",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("goal_id", BigId, nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("undone_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_miss_client_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_miss_goal_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_miss_message_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_miss_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_miss")),
    )
    op.create_index("ix_miss_day", "miss", ["client_id", "local_date", "goal_id"], unique=False)
    op.create_index(op.f("ix_miss_message_id"), "miss", ["message_id"], unique=False)
    op.create_index(
        "uq_miss_told_once",
        "miss",
        ["goal_id", "local_date"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
        sqlite_where=sa.text("undone_at IS NULL"),
    )


def _win() -> None:
    op.create_table(
        "win",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("goal_id", BigId, nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("undone_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_win_client_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_win_goal_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_win_message_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_win_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_win")),
    )
    op.create_index("ix_win_day", "win", ["client_id", "local_date", "goal_id"], unique=False)
    op.create_index(op.f("ix_win_message_id"), "win", ["message_id"], unique=False)


def _reflection() -> None:
    op.create_table(
        "reflection",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("client_id", BigId, nullable=False),
        sa.Column("digest_id", BigId, nullable=True),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", Moment, nullable=False),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_reflection_client_id")),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_reflection_digest_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_reflection_message_id")),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name=op.f("fk_reflection_practice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reflection")),
    )
    op.create_index(op.f("ix_reflection_client_id"), "reflection", ["client_id"], unique=False)
    op.create_index(
        "uq_win_told_once",
        "win",
        ["goal_id", "local_date", sa.text("coalesce(amount, -1)")],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL AND goal_id IS NOT NULL"),
        sqlite_where=sa.text("undone_at IS NULL AND goal_id IS NOT NULL"),
    )


def downgrade() -> None:
    for table in (
        "reflection",
        "win",
        "miss",
        "digest",
        "alert",
        "message",
        "check_in",
        "goal",
        "coach_client",
        "check_in_schedule",
        "appointment",
        "web_session",
        "client",
        "api_token",
        "suppression",
        "sending_number",
        "consent",
        "coach",
        "audit_event",
        "sign_in_attempt",
        "queue_item",
        "practice",
        "job_run",
        "inbound_text",
        "clock_shift",
    ):
        op.drop_table(table)
