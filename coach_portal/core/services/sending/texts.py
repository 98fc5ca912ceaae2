"""A coach's own text to a client."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Alert, Client, Coach
from coach_portal.core.rules.policies import POLICIES
from coach_portal.core.rules.selling import selling_words
from coach_portal.core.services import audit
from coach_portal.core.services.moments.facts import PROMOTIONAL, agreed_to_promotions
from coach_portal.core.services.sending import outbox

_REFUSED = {
    "none": "{name} has not been invited yet.",
    "invited": "{name} has not said YES to the invitation yet, so nothing else may be sent.",
    "declined": "{name} said no to the invitation. They can text START to begin.",
    "revoked": "{name} opted out of texts. They can text START to begin again.",
}


def text_by_hand(session: Session, coach: Coach, client: Client, body: str, now: datetime) -> list[int]:
    """Write to a client; answers the ids to queue. Also answers whatever text of theirs waited for an answer.

    Raises Invalid when the client has not agreed to texts, or to offers where the text makes one.
    """
    if client.consent != POLICIES["by_hand"].consent:
        raise Invalid({"body": _REFUSED[client.consent].format(name=client.name)})
    sells = selling_words(body)
    if sells and not agreed_to_promotions(session.connection(), client.id):
        raise Invalid(
            {"body": f"“{sells}” reads as an offer, and {client.name} has agreed to check-ins, not to offers."}
        )
    row = outbox.to_client(session, client, "by_hand", body, now, purpose=PROMOTIONAL if sells else None)
    message_id = outbox.plan(session, row)
    waiting = (Alert.client_id == client.id, Alert.kind == "wants_answer", Alert.closed_at.is_(None))
    session.execute(update(Alert).where(*waiting).values(closed_at=now, closed_by=coach.id))
    audit.record(session, client.practice_id, audit.by(coach), "text_by_hand", f"message:{message_id}", now)
    return [message_id]
