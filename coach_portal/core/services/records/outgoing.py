"""Everything there is about one person, or a whole practice, to be handed over: as JSON, and as tables (CSV) in a zip.

What goes out of one person is what erasure forgets of them, and the proof that stays besides. Links' secrets and
passwords never leave, nor what was written to coaches about a person.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Base, Client, Coach, tables
from coach_portal.core.rules import csv_file
from coach_portal.core.services import audit, scope
from coach_portal.core.services.records import footprint

SECRET: Final = ("hash", "token", "secret", "salt", "nonce")
"""How columns end that open something to whoever knows them. The ledger's hashes do not; they are the proof."""
NOT_THEIRS: Final = frozenset({"alert_step", "email", "coach_client"})
NOT_THE_PRACTICES: Final = frozenset({"import_draft", "kept_answer", "leftover", "secret"})
"""Tables that no export of a practice holds: files on their way in, answers given to programs, copies to be forgotten,
sealed keys."""
BATCH: Final = 2000


def of_person(session: Session, client: Client, now: datetime) -> dict[str, Any]:
    """All rows about one client by table, values as JSON has them."""
    connection, person = session.connection(), footprint.person_of(client)
    found = footprint.of(connection, person)
    told: dict[str, Any] = {"made_at": now.isoformat(), "client_id": client.id}
    for table, theirs, parameters in found.conditions():
        if table.name not in NOT_THEIRS:
            rows = select(table).where(theirs, *_told_to_them(table)).order_by(*table.primary_key)
            told[table.name] = [_plain(row) for row in connection.execute(rows, parameters).mappings()]
    for table, theirs in _proof(person):
        rows = select(table).where(theirs).order_by(*table.primary_key)
        told[table.name] = [_plain(row) for row in connection.execute(rows).mappings()]
    return told


def zipped(told: Mapping[str, Any]) -> bytes:
    """The same as a zip: everything.json, and a table for each kind of row."""
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("everything.json", json.dumps(told, ensure_ascii=False, indent=1))
        for name, rows in told.items():
            if isinstance(rows, list) and rows:
                packed.writestr(f"{name}.csv", _table(list(rows[0]), (list(row.values()) for row in rows)))
    return into.getvalue()


def note(session: Session, coach: Coach, subject: str, form: str, now: datetime) -> None:
    """Whoever takes data out is in the trail, with what and when. Raises NotAllowed."""
    if subject.startswith("practice:"):
        scope.require(coach, "export_practice")
    action = "export_practice" if subject.startswith("practice:") else "export_client"
    audit.record(session, coach.practice_id, audit.by(coach), action, subject, now, form=form)


def practice_into(session: Session, practice_id: int, into: IO[bytes]) -> None:
    """Write all of a practice as a zip: each table as CSV and as JSON lines. A batch is in memory at a time."""
    connection = session.connection()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in Base.metadata.sorted_tables:
            rows = _of_practice(table, practice_id)
            if rows is not None:
                _pack(packed, connection, table, rows)


def _pack(packed: zipfile.ZipFile, connection: Connection, table: Table, rows: Select[Any]) -> None:
    columns = [name for name in map(str, table.c.keys()) if table is tables.consent or not is_secret(name)]
    with packed.open(f"{table.name}.csv", "w") as csv:
        csv.write(_table(columns, ()).encode())
        for batch in _batches(connection, rows):
            csv.write(_rows([[row[name] for name in columns] for row in batch]).encode())
    with packed.open(f"{table.name}.jsonl", "w") as lines:
        for batch in _batches(connection, rows):
            lines.write("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in batch).encode())


def _batches(connection: Connection, rows: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    found = connection.execution_options(yield_per=BATCH).execute(rows).mappings()
    for few in found.partitions(BATCH):
        yield [_plain(row) for row in few]


def _of_practice(table: Table, practice_id: int) -> Select[Any] | None:
    if table.name in NOT_THE_PRACTICES:
        return None
    if table is tables.practice:
        return select(table).where(table.c.id == practice_id)
    if "practice_id" in table.c:
        return select(table).where(table.c.practice_id == practice_id).order_by(*table.primary_key)
    if "client_id" in table.c:
        theirs = select(tables.client.c.id).where(tables.client.c.practice_id == practice_id)
        return select(table).where(table.c.client_id.in_(theirs)).order_by(*table.primary_key)
    return None


def _told_to_them(table: Table) -> list[ColumnElement[bool]]:
    return [tables.message.c.kind != "coach_alert"] if table is tables.message else []


def _proof(person: footprint.Person) -> list[tuple[Table, ColumnElement[bool]]]:
    """What erasure leaves: the ledger's lines, the opt-out, and what their texts cost."""
    consent, charge, suppression = tables.consent, tables.charge, tables.suppression
    here = consent.c.practice_id == person.practice_id
    stopped = (suppression.c.practice_id == person.practice_id) & (suppression.c.phone == person.phone)
    return [
        (consent, here & (consent.c.client_id == person.client_id)),
        (charge, (charge.c.practice_id == person.practice_id) & (charge.c.client_id == person.client_id)),
        (suppression, stopped),
    ]


def is_secret(column: str) -> bool:
    """Whether a column of this name stays in the house."""
    return column.endswith(SECRET)


def _plain(row: Any) -> dict[str, Any]:
    is_line = "place" in row and "hash" in row
    return {name: _value(value) for name, value in row.items() if is_line or not is_secret(name)}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


def _table(columns: Sequence[str], rows: Any) -> str:
    # The mark lets spreadsheets see that it is UTF-8.
    return "\ufeff" + csv_file.written(columns, ([_cell(value) for value in row] for row in rows))


def _rows(rows: Sequence[Sequence[Any]]) -> str:
    return csv_file.lines([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
