"""Stop, start, yes and no: what a client agrees to and takes back, and the one answer to it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from coach_portal.core.rules.links import Links
from coach_portal.core.rules.texts import consents
from coach_portal.core.services.alerting import safety
from coach_portal.core.services.alerting.alerts import raise_alert
from coach_portal.core.services.people import consent
from coach_portal.core.services.replies.arrival import Arrival, InboundSms
from coach_portal.core.services.sending import outbox

CONFIRMED_WITHIN = timedelta(minutes=5)
"""How late an opt-out may still be confirmed: until then the text counts as agreed to (47 CFR 64.1200(a)(12))."""

CARRIER_STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
"""Words to which, alone, Twilio itself answers and blocks the number (advanced-opt-out tutorial): we add nothing."""


def carry_out(connection: Connection, arrival: Arrival) -> list[int] | None:
    """Stop, start, yes or no: the one answer to it, or None where the text is about none of them."""
    acts = arrival.understood.acts
    if "stop" in acts:
        return _stop(connection, arrival)
    if "start" in acts:
        return _start(connection, arrival)
    if arrival.around.row.consent == "invited" and acts & {"confirm", "decline"}:
        return _opt_in(connection, arrival)
    return None


def _stop(connection: Connection, arrival: Arrival) -> list[int]:
    row = arrival.around.row
    proof = consent.Proof(arrival.text.channel, arrival.text.body, "", arrival.text.sid)
    already = row.consent == "revoked"
    consent.revoke(connection, _party(arrival), proof, arrival.around.now)
    if arrival.understood.wrong_number:
        consent.note_reassigned(connection, row.practice_id, arrival.text.from_phone)
        alert(connection, arrival, "wrong_number")
    if already or _carrier_says_goodbye(arrival.text):
        return []
    body = consents.stop_confirmation(row.practice_name, arrival.around.situation.locale)
    return say(connection, arrival, "goodbye", body, arrival.around.now + CONFIRMED_WITHIN)


def _start(connection: Connection, arrival: Arrival) -> list[int]:
    row = arrival.around.row
    if row.consent == "granted":
        return []
    if consent.is_reassigned(connection, row.practice_id, arrival.text.from_phone):
        # Whoever has this number now cannot agree to somebody else's coaching.
        alert(connection, arrival, "wants_answer")
        return []
    again = row.consent in {"revoked", "declined"}
    if not consent.grant(connection, _party(arrival), arrival.text.sid, arrival.around.now):
        return []
    if not again:
        return _welcome(connection, arrival)
    body = consents.start_again(arrival.around.terms, arrival.around.situation.locale)
    return say(connection, arrival, "reply", body)


def _opt_in(connection: Connection, arrival: Arrival) -> list[int]:
    around, party = arrival.around, _party(arrival)
    if "decline" in arrival.understood.acts:
        proof = consent.Proof("text", arrival.text.body, "", arrival.text.sid)
        consent.decline(connection, party, proof, around.now)
        body = consents.declined(around.terms, around.situation.locale)
        return say(connection, arrival, "goodbye", body)
    if not consent.grant(connection, party, arrival.text.sid, around.now):
        return []
    return _welcome(connection, arrival)


def _welcome(connection: Connection, arrival: Arrival) -> list[int]:
    around = arrival.around
    first_name = around.row.name.partition(" ")[0]
    body = consents.welcome(around.terms, first_name, around.situation.locale)
    return say(connection, arrival, "reply", body)


def say(connection: Connection, arrival: Arrival, kind: str, body: str, until: datetime | None = None) -> list[int]:
    """Answer with this text; answers the ids to queue."""
    # After the lines to call nothing else of ours may follow.
    if arrival.understood.risk == "explicit":
        return []
    return [outbox.plan(connection, arrival.reply(kind, body, deadline_at=until))]


def heed(connection: Connection, arrival: Arrival, links: Links) -> list[int]:
    """Danger and a stop alone, in words that the coach reads anyway: a message left on a call. Answers ids to queue."""
    danger = safety.respond(connection, arrival, links)
    return [*danger.to_queue, *(_stop(connection, arrival) if "stop" in arrival.understood.acts else [])]


def alert(connection: Connection, arrival: Arrival, kind: str) -> None:
    """Put a text before the coach's eyes."""
    row = arrival.around.row
    raise_alert(
        connection,
        kind=kind,
        practice_id=row.practice_id,
        client_id=row.client_id,
        message_id=arrival.message_id,
        now=arrival.around.now,
    )


def _party(arrival: Arrival) -> consent.Party:
    row = arrival.around.row
    return consent.Party(row.practice_id, row.client_id, arrival.text.from_phone)


def _carrier_says_goodbye(text: InboundSms) -> bool:
    # `OptOutType` is there where Twilio's Advanced Opt-Out took the text for a STOP, in whatever words, and answered.
    if text.is_call:
        return False
    return text.params.get("OptOutType") == "STOP" or text.body.strip().casefold() in CARRIER_STOP_WORDS
