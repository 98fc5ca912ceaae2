"""Ruth's goals, and texts of hers that we are unsure of."""

import pytest

from coach_portal.core.models import CheckIn, CheckInSchedule, Message
from tests.web import history

BODY = "squats done i think, then rang my sister"
SQUATS_DONE = {"acts": ["win"], "risk": None, "evidence": {}, "confidence": 0.4}


@pytest.fixture
def squats(cast, database, now):
    """Ruth's goal."""
    with database.session() as session:
        return history.goal(session, cast.ruth, now).id


@pytest.fixture
def journal(cast, database, now, squats):
    """Ruth's second goal."""
    with database.session() as session:
        return history.goal(session, cast.ruth, now, title="Journal", amount=None, unit=None).id


@pytest.fixture
def heard(cast, database, now, squats, journal):
    """Ruth texts something we are unsure of, taken for squats unless told otherwise; answers its id."""

    def text(body=BODY, of=(squats,), asked=(), **more):
        wins = [{"goal_id": goal, "amount": 3.0, "on": "2026-11-18", "start": 0, "end": 6} for goal in of]
        with database.session() as session:
            message = history.text_from(
                session, cast.ruth, body, now, SQUATS_DONE | {"wins": wins, "misses": []} | more
            )
            message.confidence = 0.4
            if asked:
                message.check_in_id = ask(session, cast.ruth, list(asked), now)
            return message.id

    return text


def ask(session, client_id, goal_ids, now):
    """A question that waits; answers its id."""
    schedule = session.query(CheckInSchedule).filter_by(client_id=client_id).first()
    question = CheckIn(practice_id=schedule.practice_id, client_id=client_id, schedule_id=schedule.id, kind="check_in")
    question.local_date, question.due_at, question.state = now.date(), now, "asked"
    question.goal_ids = question.open_goal_ids = goal_ids
    session.add(question)
    session.flush()
    ours = {"direction": "out", "kind": "check_in", "body": "Did the 5 squats happen?", "state": "delivered"}
    phones = {"from_phone": "+16175550100", "to_phone": "+16175550111"}
    more = {"practice_id": schedule.practice_id, "client_id": client_id, "check_in_id": question.id, "created_at": now}
    session.add(Message(**ours, **phones, **more))
    return question.id


@pytest.fixture
def at(cast):
    """The address of one text of Ruth's."""
    return lambda message_id: f"/clients/{cast.ruth}/texts/{message_id}"
