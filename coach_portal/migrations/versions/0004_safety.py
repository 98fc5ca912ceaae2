"""Who is told, and whether they saw it; and a ledger of consent that nobody can quietly change."""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0004_safety"
down_revision = "0003_moments"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
UNSETTLED = sa.text("state IN ('planned', 'sending')")
NEXT_STEP = sa.text("next_step_at IS NOT NULL")
REFUSED = "the ledger of consent is append-only"
CHAINED = (
    "practice_id", "place", "client_id", "phone", "channel", "purpose", "event", "method", "wording", "version",
    "message_sid", "at",
)  # fmt: skip


def upgrade() -> None:
    _create_email()
    op.create_table(
        "second_contact",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("changed_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_second_contact_practice_id"),
        sa.PrimaryKeyConstraint("practice_id", name="pk_second_contact"),
    )
    op.add_column("alert", sa.Column("told", BigId, nullable=False, server_default="0"))
    op.add_column("alert", sa.Column("next_step_at", Moment))
    op.add_column("alert", sa.Column("acknowledged_at", Moment))
    op.add_column("alert", sa.Column("acknowledged_by", sa.String(length=32)))
    op.create_index("ix_alert_next_step", "alert", ["next_step_at"], postgresql_where=NEXT_STEP, sqlite_where=NEXT_STEP)
    op.create_table(
        "alert_step",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("alert_id", BigId, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=True),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("email_id", BigId, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_alert_step_practice_id"),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_step_alert_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_alert_step_message_id"),
        sa.ForeignKeyConstraint(["email_id"], ["email.id"], name="fk_alert_step_email_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_step"),
    )
    op.create_index("ix_alert_step_alert_id", "alert_step", ["alert_id"])
    _chain_consents()
    _guard_consents()


def downgrade() -> None:
    _unguard_consents()
    op.drop_table("consent_head")
    with op.batch_alter_table("consent") as consent:
        consent.drop_constraint("uq_consent_practice_id_place", type_="unique")
        consent.drop_column("hash")
        consent.drop_column("place")
    op.drop_table("alert_step")
    op.drop_index("ix_alert_next_step", "alert")
    for column in ("acknowledged_by", "acknowledged_at", "next_step_at", "told"):
        op.drop_column("alert", column)
    op.drop_table("second_contact")
    op.drop_table("email")


def _create_email() -> None:
    op.create_table(
        "email",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("to_address", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", BigId, nullable=False),
        sa.Column("error", sa.String(length=64), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("send_after", Moment, nullable=False),
        sa.Column("deadline_at", Moment, nullable=True),
        sa.Column("claimed_at", Moment, nullable=True),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_email_practice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_email"),
    )
    op.create_index("ix_email_practice_id", "email", ["practice_id"])
    op.create_index("ix_email_unsettled", "email", ["send_after"], postgresql_where=UNSETTLED, sqlite_where=UNSETTLED)


def _chain_consents() -> None:
    op.add_column("consent", sa.Column("place", BigId))
    op.add_column("consent", sa.Column("hash", sa.String(length=64)))
    op.create_table(
        "consent_head",
        sa.Column("practice_id", BigId, nullable=False),
        sa.Column("place", BigId, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["practice_id"], ["practice.id"], name="fk_consent_head_practice_id"),
        sa.PrimaryKeyConstraint("practice_id", name="pk_consent_head"),
    )
    _chain_what_is_there()
    with op.batch_alter_table("consent") as consent:
        consent.alter_column("place", nullable=False, existing_type=BigId)
        consent.alter_column("hash", nullable=False, existing_type=sa.String(length=64))
        consent.create_unique_constraint("uq_consent_practice_id_place", ["practice_id", "place"])


def _chain_what_is_there() -> None:
    """As `rules.ledger` did it when this was written."""
    connection = op.get_bind()
    columns = [sa.column(name, Moment if name == "at" else None) for name in ("id", "hash", *CHAINED)]
    consent = sa.table("consent", *columns)
    head = sa.table("consent_head", sa.column("practice_id"), sa.column("place"), sa.column("hash"))
    ends: dict[int, tuple[int, str]] = {}
    for row in connection.execute(sa.select(consent).order_by(consent.c.id)).mappings().all():
        place, previous = ends.get(row["practice_id"], (0, "0" * 64))
        at = row["at"].replace(tzinfo=UTC) if row["at"].tzinfo is None else row["at"].astimezone(UTC)
        line = {**row, "place": place + 1, "at": at.isoformat(timespec="microseconds")}
        told = json.dumps([line[name] for name in CHAINED], ensure_ascii=True, separators=(",", ":"))
        hashed = hashlib.sha256(f"{previous}\n{told}".encode()).hexdigest()
        chained = sa.update(consent).where(consent.c.id == row["id"]).values(place=place + 1, hash=hashed)
        connection.execute(chained)
        ends[row["practice_id"]] = (place + 1, hashed)
    for practice_id, (place, hashed) in ends.items():
        connection.execute(sa.insert(head).values(practice_id=practice_id, place=place, hash=hashed))


def _guard_consents() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER consent_no_{event} BEFORE {event.upper()} ON consent "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION consent_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER consent_no_change BEFORE UPDATE OR DELETE ON consent "
        "FOR EACH ROW EXECUTE FUNCTION consent_is_append_only()"
    )
    op.execute(
        "CREATE TRIGGER consent_no_truncate BEFORE TRUNCATE ON consent "
        "FOR EACH STATEMENT EXECUTE FUNCTION consent_is_append_only()"
    )


def _unguard_consents() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER consent_no_{event}")
        return
    op.execute("DROP TRIGGER consent_no_change ON consent")
    op.execute("DROP TRIGGER consent_no_truncate ON consent")
    op.execute("DROP FUNCTION consent_is_append_only()")
