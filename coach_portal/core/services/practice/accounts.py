"""Practices with an account of their own at the carrier: whose account is which, and its token in the secret store."""

import re
from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Coach, Practice, tables
from coach_portal.core.services import audit, scope

_practice, _number = tables.practice, tables.sending_number

_ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}")
_TOKEN = re.compile(r"[!-~]{16,128}")
_KNOWN = (
    select(_practice.c.account_sid, _number.c.phone)
    .outerjoin(_number, _number.c.practice_id == _practice.c.id)
    .where(_practice.c.account_sid.is_not(None))
)


def known(connection: Connection) -> dict[str, frozenset[str]]:
    """The practices' own accounts, each with the numbers that are its practice's."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for account_sid, phone in connection.execute(_KNOWN):
        numbers[account_sid] |= {phone} if phone else set()
    return {account_sid: frozenset(phones) for account_sid, phones in numbers.items()}


def secret_name(account_sid: str) -> str:
    """Under what an account's token lies in the secret store."""
    return f"twilio-{account_sid}"


def masked(account_sid: str | None) -> str:
    """Enough of an account's SID to know it by: "AC…3f9c"."""
    return f"AC…{account_sid[-4:]}" if account_sid else ""


def bring(session: Session, coach: Coach, account_sid: str, token: str, now: datetime) -> tuple[str, str]:
    """From now on the practice texts from its own account, and only that account's token signs its webhooks.

    Answers the name and value of the secret to keep once this has committed: the store may be this very database.
    Raises NotAllowed unless the owner asks, Invalid when SID or token cannot be one, or another practice has it.
    """
    scope.require(coach, "set_money")
    account_sid, token = account_sid.strip(), token.strip()
    refused = {}
    if not _ACCOUNT_SID.fullmatch(account_sid):
        refused["account_sid"] = "An account's SID is AC and 32 digits or letters a to f, as Twilio's console shows it."
    elif _is_anothers(session, coach.practice_id, account_sid):
        refused["account_sid"] = "Another practice texts from this account."
    if not _TOKEN.fullmatch(token):
        refused["token"] = "Paste the account's primary auth token: 32 digits and letters in one piece."  # noqa: S105
    if refused:
        raise Invalid(refused)
    practice = session.get_one(Practice, coach.practice_id)
    practice.account_sid = account_sid
    _note(session, coach, "bring_account", account_sid, now)
    return secret_name(account_sid), token


def leave(session: Session, coach: Coach, now: datetime) -> str | None:
    """The practice texts from the installation's account again; answers the name of the secret to forget after."""
    scope.require(coach, "set_money")
    practice = session.get_one(Practice, coach.practice_id)
    if practice.account_sid is None:
        return None
    left = practice.account_sid
    _note(session, coach, "leave_account", left, now)
    practice.account_sid = None
    return secret_name(left)


def _is_anothers(session: Session, practice_id: int, account_sid: str) -> bool:
    found = select(Practice.id).where(Practice.account_sid == account_sid, Practice.id != practice_id)
    return session.scalars(found).first() is not None


def _note(session: Session, coach: Coach, action: str, account_sid: str, now: datetime) -> None:
    subject = f"practice:{coach.practice_id}"
    audit.record(session, coach.practice_id, audit.by(coach), action, subject, now, account=account_sid[-4:])
