"""What `rules.may_send` needs to know of a text by hand to many clients: as many statements for ten as for 500."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.area_codes import state_of
from coach_portal.core.rules.may_send import Facts, Promotion
from coach_portal.core.services.moments.facts import A_DAY, COLUMNS, PROMOTIONAL, facts_of

_client, _practice, _number, _suppression = tables.client, tables.practice, tables.sending_number, tables.suppression
_message, _consent = tables.message, tables.consent

_ABOUT = (
    select(
        _client.c.id,
        _client.c.name,
        _client.c.phone,
        _number.c.phone.label("our_phone"),
        *COLUMNS,
        exists()
        .where(_suppression.c.practice_id == _client.c.practice_id, _suppression.c.phone == _client.c.phone)
        .label("opted_out"),
    )
    .join(_practice, _practice.c.id == _client.c.practice_id)
    .join(_number, _number.c.id == _client.c.sending_number_id)
    .where(bulk.among(_client.c.id, "clients"))
    .order_by(_client.c.name, _client.c.id)
)
_AGREEMENTS = (
    select(_consent.c.client_id, _consent.c.event)
    .where(bulk.among(_consent.c.client_id, "clients"), _consent.c.purpose == PROMOTIONAL)
    .order_by(_consent.c.id)
)
_PROMOTED = select(_message.c.client_id, _message.c.handed_at).where(
    bulk.among(_message.c.client_id, "clients"),
    _message.c.purpose == PROMOTIONAL,
    _message.c.handed_at > bindparam("since"),
)


def by_hand(
    connection: Connection, client_ids: Sequence[int], now: datetime, *, sells: bool = False
) -> list[tuple[Any, Facts]]:
    """The facts of one text by hand to each of these clients, by name, beside the row they come from.

    A row has also the client's `id`, `name` and `phone`, and `our_phone`, the number they began with.
    """
    rows = bulk.fetch(connection, _ABOUT, {"clients": list(client_ids)})
    offers = _promotions(connection, rows, now) if sells else {}
    return [(row, facts_of(row, "by_hand", opted_out=row.opted_out, promotion=offers.get(row.id))) for row in rows]


def _promotions(connection: Connection, rows: Sequence[Any], now: datetime) -> dict[int, Promotion]:
    clients, recent = [row.id for row in rows], defaultdict(list)
    # The last word of each stands.
    agreed = {row.client_id: row.event for row in bulk.fetch(connection, _AGREEMENTS, {"clients": clients})}
    for row in bulk.fetch(connection, _PROMOTED, {"clients": clients, "since": now - A_DAY}):
        recent[row.client_id].append(row.handed_at)
    return {row.id: Promotion(agreed.get(row.id) == "granted", state_of(row.phone), recent[row.id]) for row in rows}
