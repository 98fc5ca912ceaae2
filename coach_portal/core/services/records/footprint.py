"""Every row there is about one person, found along the foreign keys that lead to their row.

A new table is found by itself when it has such a key. What is about people without one has its line here: texts by
phone, emails by the addresses in them. Export and erasure both stand on this, so that what one tells the other forgets.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, false, or_, select

from coach_portal.core.bulk import among
from coach_portal.core.models import Base, Client, tables

_message, _email, _supporter = tables.message, tables.email, tables.supporter
_number, _step, _inbound = tables.sending_number, tables.alert_step, tables.inbound_text


@dataclass(frozen=True, slots=True)
class Person:
    """Whose rows are wanted."""

    practice_id: int
    client_id: int
    phone: str
    name: str


@dataclass(slots=True)
class Footprint:
    """The ids of a person's rows, by table; `keyless` says which they are where rows have no id of their own."""

    ids: dict[str, list[int]] = field(default_factory=dict)
    keyless: dict[str, ColumnElement[bool]] = field(default_factory=dict)

    def conditions(self) -> Iterator[tuple[Table, ColumnElement[bool], dict[str, list[int]]]]:
        """Each table that holds rows of theirs, which those are, and that condition's parameters.

        What others lean on comes first.
        """
        for table in Base.metadata.sorted_tables:
            if table.name in self.keyless:
                yield table, self.keyless[table.name], self._parameters()
            elif self.ids.get(table.name):
                yield table, among(table.c.id, table.name), {table.name: self.ids[table.name]}

    def _parameters(self) -> dict[str, list[int]]:
        return {name: ids for name, ids in self.ids.items() if ids}


def person_of(client: Client) -> Person:
    """The client as export and erasure name them."""
    return Person(client.practice_id, client.id, client.phone, client.name)


def of(connection: Connection, person: Person) -> Footprint:
    """All of a person's rows."""
    found = Footprint({"client": [person.client_id]})
    for table in Base.metadata.sorted_tables:
        if table.name != "client":
            _follow(connection, person, table, found)
    _add_what_was_told(connection, person, found)
    return found


def numbers_of(connection: Connection, practice_id: int) -> list[str]:
    """The numbers a practice texts from."""
    return list(connection.execute(select(_number.c.phone).where(_number.c.practice_id == practice_id)).scalars())


def arrived(connection: Connection, person: Person) -> ColumnElement[bool]:
    """Which raw inbound texts are theirs."""
    ours = numbers_of(connection, person.practice_id)
    return (_inbound.c.from_phone == person.phone) & _inbound.c.to_phone.in_(ours)


def _follow(connection: Connection, person: Person, table: Table, found: Footprint) -> None:
    """Note the rows of one table that lean on rows noted before."""
    leads = [
        among(key.parent, key.column.table.name)
        for key in table.foreign_keys
        if key.column.table is not table and found.ids.get(key.column.table.name)
    ]
    theirs = or_(false(), *leads, *_by_phone(table, person))
    parameters = found._parameters()
    if "id" not in table.c:
        if leads:
            found.keyless[table.name] = theirs
        return
    if leads or table in {_message, _supporter}:
        ids = connection.execute(select(table.c.id).where(theirs).order_by(table.c.id), parameters).scalars()
        found.ids[table.name] = list(ids)


def _by_phone(table: Table, person: Person) -> list[ColumnElement[bool]]:
    if table is _message:
        theirs = (_message.c.from_phone == person.phone) | (_message.c.to_phone == person.phone)
        return [and_(_message.c.practice_id == person.practice_id, theirs | _with_supporters(person))]
    if table is _supporter:
        return [and_(_supporter.c.practice_id == person.practice_id, _supporter.c.phone == person.phone)]
    return []


def _with_supporters(person: Person) -> ColumnElement[bool]:
    """Texts between the practice and whoever supports this client and nobody else."""
    others = select(_supporter.c.phone).where(
        _supporter.c.practice_id == person.practice_id, _supporter.c.client_id != person.client_id
    )
    phones = select(_supporter.c.phone).where(
        _supporter.c.client_id == person.client_id, _supporter.c.phone.not_in(others)
    )
    between = _message.c.from_phone.in_(phones) | _message.c.to_phone.in_(phones)
    return _message.c.client_id.is_(None) & between


def _add_what_was_told(connection: Connection, person: Person, found: Footprint) -> None:
    """What coaches were told about them: texts that answer to theirs, and emails that lead to their pages."""
    parameters = found._parameters()
    steps = found.ids.get("alert_step", [])
    if found.ids.get("message"):
        answers = select(_message.c.id).where(among(_message.c.answers_id, "message"))
        _add(connection, found, "message", answers, parameters)
    if steps:
        for table, column in (("message", _step.c.message_id), ("email", _step.c.email_id)):
            told = select(column).where(among(_step.c.id, "alert_step"), column.is_not(None))
            _add(connection, found, table, told, parameters)
    address = _email.c.body.contains(f"/clients/{person.client_id}/", autoescape=True)
    _add(connection, found, "email", select(_email.c.id).where(_email.c.practice_id == person.practice_id, address), {})


def _add(
    connection: Connection, found: Footprint, table: str, more: Select[int], parameters: dict[str, list[int]]
) -> None:
    ids = connection.execute(more, parameters).scalars()
    found.ids[table] = sorted({*found.ids.get(table, []), *ids})
