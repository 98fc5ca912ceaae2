"""The codes by which a coach's text from their own phone finds its client."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from coach_portal.core.models import tables
from coach_portal.core.rules.reaching import CODE_GOOD_FOR, new_code

_code, _client, _coach = tables.answer_code, tables.client, tables.coach

# Of every coach with this phone: two who share one are never given the same code.
_OF_A_PHONE = (
    select(_code.c.code, _code.c.client_id, _code.c.coach_id, _client.c.name, _code.c.good_until)
    .join(_coach, _coach.c.id == _code.c.coach_id)
    .join(_client, _client.c.id == _code.c.client_id)
    .where(_coach.c.practice_id == bindparam("practice"), _coach.c.phone == bindparam("phone"), _coach.c.active)
    .where(_code.c.practice_id == bindparam("practice"))
    .order_by(_code.c.good_until.desc(), _code.c.id)
)
_PROLONG = (
    update(_code)
    .where(_code.c.coach_id == bindparam("its_coach"), _code.c.client_id == bindparam("its_client"))
    .values(good_until=bindparam("until"))
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code, for which client of which coach, and until when."""

    code: str
    client_id: int
    coach_id: int
    name: str
    good_until: datetime


def of_phone(connection: Connection, practice_id: int, phone: str) -> list[Code]:
    """Every code that was given to this phone, those that are good longest first."""
    values = {"practice": practice_id, "phone": phone}
    return [Code(*row) for row in connection.execute(_OF_A_PHONE, values)]


def give(connection: Connection, coach: Any, client_id: int, name: str, now: datetime) -> str:
    """This coach's code for a client, good from now on; made when it is first wanted. `coach` is their row."""
    known = of_phone(connection, coach.practice_id, coach.phone)
    until = now + CODE_GOOD_FOR
    mine = next((one for one in known if one.client_id == client_id and one.coach_id == coach.id), None)
    if mine is not None:
        connection.execute(_PROLONG, {"its_coach": coach.id, "its_client": client_id, "until": until})
        return mine.code
    code = new_code(name, secrets.randbelow(100), {one.code for one in known})
    row = {"practice_id": coach.practice_id, "coach_id": coach.id, "client_id": client_id, "good_until": until}
    connection.execute(insert(_code), {**row, "code": code})
    return code
