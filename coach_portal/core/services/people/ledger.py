"""The ledger of consent, read: one client's lines for whoever wants proof, and the chain gone through link by link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Consent, ConsentHead, tables
from coach_portal.core.rules.ledger import BEGINNING, chained

_consent = tables.consent

_PAGE = (
    select(_consent)
    .where(_consent.c.practice_id == bindparam("practice"), _consent.c.place > bindparam("last"))
    .order_by(_consent.c.place)
    .limit(1000)
)


@dataclass(frozen=True, slots=True)
class Chain:
    """One practice's chain: how many lines it has, the hash it ends with, and what is wrong with it, if anything.

    The hash, noted somewhere else, proves every line up to it: a chain that was made anew ends with another one.
    """

    practice_id: int
    lines: int
    ends_with: str
    broken: str = ""


def lines_of(session: Session, client: Client) -> Sequence[Consent]:
    """What a client agreed to and took back, from the first line on; lines outlive a client, so a former one's too."""
    theirs = select(Consent).where(Consent.practice_id == client.practice_id, Consent.client_id == client.id)
    return session.scalars(theirs.order_by(Consent.place)).all()


def chains(session: Session) -> list[Chain]:
    """Every practice's chain, checked."""
    heads = {head.practice_id: head for head in session.scalars(select(ConsentHead))}
    written = session.scalars(select(_consent.c.practice_id).distinct()).all()
    return [_check(session, practice_id, heads.get(practice_id)) for practice_id in sorted({*heads, *written})]


def _check(session: Session, practice_id: int, head: ConsentHead | None) -> Chain:
    place, previous = 0, BEGINNING
    for row in _in_order(session, practice_id):
        if row["place"] != place + 1:
            return Chain(practice_id, place, previous, f"line {place + 1} is missing")
        if row["hash"] != chained(previous, row):
            return Chain(practice_id, place, previous, f"line {row['place']} is not as it was written")
        place, previous = row["place"], row["hash"]
    if head is None or (head.place, head.hash) != (place, previous):
        return Chain(practice_id, place, previous, f"the lines after {place} are missing")
    return Chain(practice_id, place, previous)


def _in_order(session: Session, practice_id: int) -> Iterator[dict[str, Any]]:
    """A practice's lines, a thousand at a time: a ledger is never forgotten and does not fit in memory for ever."""
    last = 0
    while page := session.execute(_PAGE, {"practice": practice_id, "last": last}).mappings().all():
        yield from (dict(row) for row in page)
        last = page[-1]["place"]
