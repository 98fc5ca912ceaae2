"""The events that other software is told, noted by the database itself.

A trigger for each fact that is one writes a row of `event` in the transaction of the fact: no way of writing a row can
forget it, a row that a unique index refuses is no event, and a crash leaves both or neither. It costs no statement of
ours. A practice whose stream is off pays for one look into a small table.

SQLite drops a table's triggers with the table: whoever makes one of these tables anew calls `end` before and `begin`
after.
"""

from typing import Any

UNDONE = "OLD.undone_at IS NULL AND NEW.undone_at IS NOT NULL"
STANDS_AGAIN = "OLD.undone_at IS NOT NULL AND NEW.undone_at IS NULL"
IS_NOT = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}
OTHERWISE = " OR ".join(f"OLD.{name} {{is_not}} NEW.{name}" for name in ("goal_id", "local_date", "amount", "title"))
NOW = {"postgresql": "now()", "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'"}
# name, table, what happens, when, kind (SQL), subject, client, moment. OLD and NEW are the row before and after.
TOLD = (
    ("win_logged", "win", "INSERT", "NEW.undone_at IS NULL", "'win.logged'", "NEW.id", "NEW.client_id",
     "NEW.recorded_at"),
    ("win_undone", "win", "UPDATE", UNDONE, "'win.undone'", "NEW.id", "NEW.client_id", "NEW.undone_at"),
    ("win_again", "win", "UPDATE", STANDS_AGAIN, "'win.logged'", "NEW.id", "NEW.client_id", "{now}"),
    ("win_changed", "win", "UPDATE", f"OLD.undone_at IS NULL AND NEW.undone_at IS NULL AND ({OTHERWISE})",
     "'win.changed'", "NEW.id", "NEW.client_id", "{now}"),
    ("win_gone", "win", "DELETE", "OLD.undone_at IS NULL", "'win.undone'", "OLD.id", "OLD.client_id", "{now}"),
    ("miss_logged", "miss", "INSERT", "NEW.undone_at IS NULL", "'miss.logged'", "NEW.id", "NEW.client_id",
     "NEW.recorded_at"),
    ("miss_undone", "miss", "UPDATE", UNDONE, "'miss.undone'", "NEW.id", "NEW.client_id", "NEW.undone_at"),
    ("miss_again", "miss", "UPDATE", STANDS_AGAIN, "'miss.logged'", "NEW.id", "NEW.client_id", "{now}"),
    ("miss_gone", "miss", "DELETE", "OLD.undone_at IS NULL", "'miss.undone'", "OLD.id", "OLD.client_id", "{now}"),
    ("reflection", "reflection", "INSERT", "", "'reflection.written'", "NEW.id", "NEW.client_id", "NEW.recorded_at"),
    ("alert_raised", "alert", "INSERT", "NEW.kind <> 'wants_answer'", "'alert.raised'", "NEW.id", "NEW.client_id",
     "NEW.created_at"),
    ("alert_reply", "alert", "INSERT", "NEW.kind = 'wants_answer'", "'reply.needs_human'", "NEW.id", "NEW.client_id",
     "NEW.created_at"),
    ("alert_closed", "alert", "UPDATE", "OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL", "'alert.closed'",
     "NEW.id", "NEW.client_id", "NEW.closed_at"),
    ("consent", "consent", "INSERT", "", "'consent.' || NEW.event", "NEW.id", "NEW.client_id", "NEW.at"),
    ("client", "client", "INSERT", "", "'client.added'", "NEW.id", "NEW.id", "NEW.created_at"),
    ("erasure", "erasure", "INSERT", "", "'client.erased'", "NEW.client_id", "NULL", "NEW.asked_at"),
)  # fmt: skip


def begin(op: Any) -> None:
    """Have the facts noted from now on. `op` is Alembic's."""
    here = op.get_bind().dialect.name
    for name, table, happens, when, kind, subject, client, at in TOLD:
        row = "OLD" if happens == "DELETE" else "NEW"
        note = (
            "INSERT INTO event (practice_id, client_id, kind, subject_id, at) "  # noqa: S608  # nosec B608 # names of ours
            f"SELECT {row}.practice_id, {client}, {kind}, {subject}, {at.format(now=NOW[here])} "
            f"FROM event_stream WHERE practice_id = {row}.practice_id AND is_on;"
        )
        only = f"WHEN ({when.format(is_not=IS_NOT[here])}) " if when else ""
        begins = f"CREATE TRIGGER tell_{name} AFTER {happens} ON {table} FOR EACH ROW {only}"
        if here == "sqlite":
            op.execute(f"{begins}BEGIN {note} END")
        else:
            op.execute(
                f"CREATE FUNCTION tell_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {note} RETURN NULL; END $$"
            )
            op.execute(f"{begins}EXECUTE FUNCTION tell_{name}()")


def end(op: Any) -> None:
    """Have nothing noted any more."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, *_ in TOLD:
        op.execute(f"DROP TRIGGER tell_{name}" + ("" if is_sqlite else f" ON {table}"))
        if not is_sqlite:
            op.execute(f"DROP FUNCTION tell_{name}()")
