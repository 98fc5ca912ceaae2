"""Forgetting one person everywhere, at once in the database, and soon after wherever copies of it lie.

What stays: the ledger of consent and the suppressed phone, which prove that texts were agreed to and keep an opt-out;
the sums of money, the lines of the audit trail and of the erasure itself, which name nobody (docs/data.md).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, Table, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from coach_portal.core.bulk import among
from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach, Erasure, tables
from coach_portal.core.rules.pictures import kept_as
from coach_portal.core.services import audit, scope
from coach_portal.core.services.events import forgetting
from coach_portal.core.services.photos.keeping import names_of
from coach_portal.core.services.records import footprint, striking
from coach_portal.core.services.records.footprint import Footprint, Person
from coach_portal.core.services.sending.restored import keep_number

_message, _digest, _inbound, _audit = tables.message, tables.digest, tables.inbound_text, tables.audit_event
_leftover, _queue, _draft = tables.leftover, tables.queue_item, tables.import_draft

# How the trail names the rows of each table.
_SUBJECTS = {"schedule": "check_in_schedule"}


def erase_client(
    session: Session, coach: Coach, client: Client, typed_name: str, now: datetime, *, strike: bool
) -> Erasure:
    """Forget a client because they, or their coach, ask for it. There is no way back.

    With `strike` their name is blanked out in the texts of others too. Raises NotAllowed for anyone but the owner, and
    Invalid unless the client's name was typed.
    """
    scope.require(coach, "erase")
    if " ".join(typed_name.split()).casefold() != " ".join(client.name.split()).casefold():
        raise Invalid({"name": f"Write {client.name}, so that nobody else is erased."})
    return erase(session, client, now, asked_by=coach, strike=strike)


def erase(session: Session, client: Client, now: datetime, *, asked_by: Coach | None, strike: bool = True) -> Erasure:
    """Forget a client; what lies outside the database is noted and forgotten by the next passes (`leftovers`)."""
    connection, person = session.connection(), footprint.person_of(client)
    connection.execute(select(tables.client.c.id).where(tables.client.c.id == client.id).with_for_update())
    session.expunge(client)
    found = footprint.of(connection, person)
    erasure = Erasure(practice_id=person.practice_id, client_id=person.client_id, asked_at=now, did={})
    erasure.asked_by = asked_by.id if asked_by else None
    session.add(erasure)
    session.flush()
    kept = _copies(connection, person, found)
    _forget_arrivals(connection, person, found)
    _anonymise_trail(connection, person, found)
    did = _delete(connection, person, found)
    struck = striking.strike(connection, person) if strike else striking.Struck()
    _forget_files_on_their_way(connection, person)
    forgetting.forget(connection, person.practice_id, person.client_id)
    kept += _copies_of_struck(connection, struck)
    _note(connection, erasure, kept, now)
    erasure.did = {"rows": did, "struck": sum(map(len, struck.values()))}
    actor = audit.by(asked_by) if asked_by else "system"
    audit.record(session, person.practice_id, actor, "erase_client", f"client:{person.client_id}", now, **erasure.did)
    return erasure


def _copies(connection: Connection, person: Person, found: Footprint) -> list[tuple[str, str]]:
    """Where copies of a person's rows lie: at the carrier, in the file store, among emails that were kept as files."""
    sids = _sids(connection, found.ids.get("message", []))
    talks = [f"{number} {person.phone}" for number in footprint.numbers_of(connection, person.practice_id)]
    files = _pictures(connection, among(_digest.c.id, "digest"), found.ids.get("digest", []))
    files += _photos(connection, found.ids.get("photo", []))
    sids += _of(connection, tables.recording.c.sid, found.ids.get("recording", []))
    return [
        *(("text", sid) for sid in sids),
        *(("talk", talk) for talk in talks),
        *(("file", name) for name in files),
        *(("mail", str(email_id)) for email_id in found.ids.get("email", [])),
    ]


def _copies_of_struck(connection: Connection, struck: striking.Struck) -> list[tuple[str, str]]:
    """The carrier cannot blank a word: its whole copy goes. Pictures are drawn anew when somebody asks for them."""
    message_ids = [int(key) for key in struck.get("message", [])]
    sids = {*_sids(connection, message_ids), *map(str, struck.get("inbound_text", []))}
    if not message_ids:
        return [("text", sid) for sid in sorted(sids)]
    whose = select(_message.c.client_id).where(among(_message.c.id, "message"))
    clients = [one for one in connection.execute(whose, {"message": message_ids}).scalars().unique() if one]
    files = _pictures(connection, among(_digest.c.client_id, "digest"), clients)
    mails = [str(key) for key in struck.get("email", [])]
    return [
        *(("text", sid) for sid in sorted(sids)),
        *(("file", name) for name in files),
        *(("mail", email_id) for email_id in mails),
    ]


def _sids(connection: Connection, message_ids: Sequence[int]) -> list[str]:
    return _of(connection, _message.c.sid, message_ids)


def _of(connection: Connection, column: Column[Any], ids: Sequence[int]) -> list[str]:
    """What this column holds in the rows with these ids."""
    theirs = select(column).where(among(column.table.c.id, "rows"), column.is_not(None))
    return list(connection.execute(theirs, {"rows": list(ids)}).scalars()) if ids else []


def _pictures(connection: Connection, which: ColumnElement[bool], ids: Sequence[int]) -> list[str]:
    if not ids:
        return []
    rows = connection.execute(select(_digest.c.id, _digest.c.picture_token).where(which), {"digest": list(ids)})
    return [kept_as(row.id, row.picture_token) for row in rows]


def _photos(connection: Connection, ids: Sequence[int]) -> list[str]:
    return [file for name in _of(connection, tables.photo.c.name, ids) for file in names_of(name)]


def _forget_arrivals(connection: Connection, person: Person, found: Footprint) -> None:
    """Only the carrier's ids stay of raw inbound texts: without them the next look for missed texts would find them."""
    theirs = [footprint.arrived(connection, person)]
    if sids := _sids(connection, found.ids.get("message", [])):
        theirs.append(_inbound.c.sid.in_(sids))
    blank: dict[str, Any] = {"from_phone": "", "to_phone": "", "body": "", "params": {}}
    connection.execute(update(_inbound).where(or_(*theirs)).values(blank))


def _anonymise_trail(connection: Connection, person: Person, found: Footprint) -> None:
    """Whoever did what stays in the trail; which goal or text it was does not, nor any detail."""
    for name, ids in found.ids.items():
        subjects = [f"{_subject(name)}:{row_id}" for row_id in ids]
        for few in _chunks(subjects):
            theirs = (_audit.c.practice_id == person.practice_id) & _audit.c.subject.in_(few)
            forgotten = {"subject": f"client:{person.client_id}", "detail": {}}
            connection.execute(update(_audit).where(theirs).values(forgotten))


def _subject(table: str) -> str:
    return next((word for word, of in _SUBJECTS.items() if of == table), table)


def _delete(connection: Connection, person: Person, found: Footprint) -> int:
    """Remove the rows, what leans on others first; answers how many they were."""
    message_ids = found.ids.get("message", [])
    for few in _chunks(message_ids):
        connection.execute(delete(_queue).where(_queue.c.message_id.in_(few)))
    newest = connection.execute(select(func.max(_message.c.id))).scalar_one()
    gone = 0
    for table, theirs, parameters in reversed(list(found.conditions())):
        _let_go(connection, table, found)
        gone += connection.execute(delete(table).where(theirs), parameters).rowcount
    if message_ids and newest == message_ids[-1]:
        at = connection.execute(select(func.max(tables.erasure.c.asked_at))).scalar_one()
        keep_number(connection, newest, "erased", at)
    return gone


def _let_go(connection: Connection, table: Table, found: Footprint) -> None:
    """A row that answers to another of the same table lets go of it first."""
    for key in table.foreign_keys:
        if key.column.table is table and found.ids.get(table.name):
            leans = among(key.parent, table.name)
            connection.execute(
                update(table).where(leans).values({key.parent: None}), {table.name: found.ids[table.name]}
            )


def _forget_files_on_their_way(connection: Connection, person: Person) -> None:
    """CSV files that were previewed and name them: whoever still wants one imports it again."""
    digits = re.sub(r"\D", "", person.phone)[-7:]
    bare = func.replace(func.replace(func.replace(_draft.c.content, " ", ""), "-", ""), ")", "", type_=String)
    names = func.lower(_draft.c.content).contains(person.name.lower(), autoescape=True)
    here = (_draft.c.practice_id == person.practice_id) & (bare.contains(digits) | names)
    connection.execute(update(_draft).where(here).values(content=""))


def _note(connection: Connection, erasure: Erasure, copies: Iterable[tuple[str, str]], now: datetime) -> None:
    rows = [
        {"practice_id": erasure.practice_id, "erasure_id": erasure.id, "what": what, "name": name, "try_at": now}
        for what, name in dict.fromkeys(copies)
    ]
    if rows:
        connection.execute(insert(_leftover), rows)


def _chunks(items: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
