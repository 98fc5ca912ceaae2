"""What a coach writes by hand: nothing lost, and told before it is sent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from coach_portal.core.models import Message
from tests.web import history
from tests.web.page import told


def test_text_by_hand_is_queued_and_answers_what_waited(alice, ruth, cast, database, queue, now):
    with database.session() as session:
        asking = history.text_from(session, cast.ruth, "can we move?", now)
        history.alert(session, cast.ruth, "wants_answer", now, asking)
    answer = alice.post(f"{ruth}/texts", {"body": "Thursday at 4 works — see you then"}, page=ruth)
    assert answer.status_code == 303
    with database.reading() as session:
        message = session.scalars(select(Message).where(Message.kind == "by_hand")).one()
        assert message.body == "Thursday at 4 works - see you then"
        assert queue.message_ids == [message.id]
    assert "wants an answer" not in alice.get(ruth).text


@pytest.mark.parametrize("body", ["", "   ", "x" * 1601], ids=["nothing", "blanks", "too long"])
def test_text_that_cannot_be_sent_is_kept_in_its_field(alice, ruth, queue, body):
    page = told(alice.post(f"{ruth}/texts", {"body": body}, page=ruth))
    assert 'id="body-error"' in page.html
    assert body.strip() in page.html
    assert queue.message_ids == []


def test_text_to_someone_who_opted_out_meanwhile_is_not_lost(alice, ruth, queue):
    token = alice.token(ruth)
    alice.post(f"{ruth}/opt-out")
    page = told(alice.ask("POST", f"{ruth}/texts", data={"csrf_token": token, "body": "A long thought"}))
    assert "opted out of texts" in page.text
    assert "A long thought" in page.text
    assert queue.message_ids == []


def test_text_at_night_waits_for_the_morning_and_says_so(alice, ruth, cast, database, now):
    alice.post(f"{ruth}/texts", {"body": "Sleep well"}, page=ruth)
    with database.session() as session:
        message = session.scalars(select(Message).where(Message.kind == "by_hand")).one()
        message.send_after = now + timedelta(hours=23, minutes=30)
    assert "A text waits until tomorrow, 8:00" in alice.get(ruth).text.replace(" ,", ",")


@pytest.mark.parametrize(
    ("hour_there", "told"), [(7, "Send at 8:00"), (8, "Send now"), (20, "Send now"), (22, "Send tomorrow at 8:00")]
)
def test_button_says_when_a_text_goes(visitor, ruth, clock, hour_there, told):
    clock.move_to(datetime(2026, 11, 19, hour_there, 5, tzinfo=ZoneInfo("America/New_York")))
    visitor.sign_in("alice@example.com")
    assert told in visitor.get(ruth).text


def test_full_text_is_told_how_long_it_may_be(alice, ruth):
    full = alice.post(f"{ruth}/weigh", {"body": "x" * 1600}, page=ruth).text
    assert "at most 1,600 characters" in full
    assert "at most" not in alice.post(f"{ruth}/weigh", {"body": "x\r\n" * 799}, page=ruth).text


def test_weight_of_a_text_while_it_is_written(alice, ruth):
    def weigh(body):
        return alice.post(f"{ruth}/weigh", {"body": body}, page=ruth).text

    assert weigh("Well done") == "9 of 160 characters, $0.012"
    assert weigh("x" * 161) == "2 segments, 145 characters left in the last, $0.025"
    assert weigh("Well done 🌱").startswith("12 of 70 characters, shortened by an emoji")
