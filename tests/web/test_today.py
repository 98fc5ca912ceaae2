"""Today: beside what waits, who went quiet, which wins are worth a word, and the day on one line of time."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Appointment, Client
from tests.factories import make_client
from tests.web import history
from tests.web.test_reading import TODAY


@pytest.fixture
def quiet(database, cast, now):
    """Ruth was asked for five days and said nothing since."""
    with database.session() as session:
        of = history.goal(session, cast.ruth, now)
        for back in range(1, 6):
            history.asked(session, of, TODAY - timedelta(days=back), now - timedelta(days=back))
        history.text_from(session, cast.ruth, "mad week, ask me after", now - timedelta(days=6))
        return of.id


def told(database, cast, now, body="to the second lamppost and back", understanding=None, **more):
    """A win of Ruth's of this morning, in her words, after one of yesterday."""
    with database.session() as session:
        of = history.goal(session, cast.ruth, now)
        history.win(session, of, TODAY - timedelta(days=1), now - timedelta(days=2), 5)
        message = history.text_from(session, cast.ruth, body, now, understanding)
        history.win(session, of, TODAY, now, more.get("amount", 11), message)


def test_who_went_quiet_stands_with_their_last_words(alice, quiet):
    page = alice.get("/")
    assert "Ruth has gone quiet." in page.text.replace(" .", ".")
    assert "Gone quiet 1" in page.text
    assert "mad week, ask me after" in page.text
    assert "Write a line" in page.text


def test_who_did_not_say_whether_to_go_on_stands_there_once(alice, quiet, database, cast, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "silent_client", now)
    page = alice.get("/")
    assert "Asked whether to go on" in page.text
    assert "To look at" not in page.text


def test_words_of_danger_stand_in_no_list(alice, quiet, database, cast, now):
    with database.session() as session:
        history.text_from(session, cast.ruth, "I cannot go on", now - timedelta(days=5), {"risk": "high"})
    page = alice.get("/")
    assert "Gone quiet 1" in page.text
    assert "I cannot go on" not in page.text


def test_a_win_beyond_all_before_is_worth_a_word(alice, database, cast, now):
    told(database, cast, now)
    page = alice.get("/")
    assert "Worth a word 1" in page.text
    assert "to the second lamppost and back" in page.text
    assert "11 squats: the most so far" in page.text.replace(" :", ":")


def test_a_win_like_any_other_is_not(alice, database, cast, now):
    told(database, cast, now, amount=5)
    assert "Worth a word" not in alice.get("/").text


def test_nobody_on_hold_is_praised(alice, database, cast, now):
    told(database, cast, now)
    with database.session() as session:
        session.get_one(Client, cast.ruth).held_at = now
    assert "Worth a word" not in alice.get("/").text


def test_sessions_and_texts_stand_on_one_line_of_time(alice, ruth, cast, database, now):
    with database.session() as session:
        row = Appointment(practice_id=1, client_id=cast.ruth, coach_id=cast.alice, minutes=45)
        row.starts_at = now + timedelta(hours=2)
        session.add(row)
    alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "days": list("1234567"), "local_time": "20:30"})
    text = alice.get("/").text
    assert text.index("8:30") < text.index("10:30 Ruth Adeyemi") < text.index("20:30 Ruth Adeyemi")


def test_to_whom_nothing_is_sent_is_told_with_the_way_to_them(alice, cast, database):
    make_client(database, cast.alice, agreed=False, name="Eli Brandt", phone="+16175550112")
    page = alice.get("/")
    assert "One not yet confirmed" in page.text
    assert page.all("a", href="/clients?standing=not_confirmed")


def test_the_calendar_tells_the_sessions_to_come(alice, ruth, cast, database, now):
    assert "No session in these 4 weeks" in alice.get("/calendar").text
    with database.session() as session:
        row = Appointment(practice_id=1, client_id=cast.ruth, coach_id=cast.alice, minutes=45, place="Phone")
        row.starts_at = now + timedelta(days=9, hours=2)
        session.add(row)
    page = alice.get("/calendar")
    assert "One session in 4 weeks" in page.text
    assert "10:30 Ruth Adeyemi 45 min, Phone" in page.text
    assert "No session" in alice.get("/calendar?from=2027-03-01").text
    assert "One session" in alice.get("/calendar?from=nonsense").text


def test_a_strangers_calendar_and_day_hold_nothing_of_hers(charlie, quiet, database, cast, now):
    told(database, cast, now)
    with database.session() as session:
        row = Appointment(practice_id=1, client_id=cast.ruth, coach_id=cast.alice, minutes=45)
        row.starts_at = now + timedelta(hours=2)
        session.add(row)
    for path in ("/", "/calendar", "/clients", "/clients/next-steps"):
        assert "Ruth" not in charlie.get(path).text
