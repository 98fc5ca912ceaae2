"""What a coach reads before a session: every figure held against the rows, in a fixed number of statements."""

from datetime import timedelta

import pytest

from coach_portal.core.errors import NotFound
from coach_portal.core.models import Appointment, Client, Coach, tables
from coach_portal.core.services.people import clients
from coach_portal.core.services.preparing import commitments, preparation
from coach_portal.core.services.progress import goals
from tests import factories
from tests.cast import NOW
from tests.rows import rows
from tests.web import history

TODAY = NOW.date()
DID = ("done", "did it, dead tired", "yes", "5 done, my daughter counted along out loud")
NOT = ("no", "too tired", "no, forgot", "migraine, no")


def meet(session, client_id, coach_id, at):
    """A session with a client."""
    practice_id = session.get_one(Client, client_id).practice_id
    row = Appointment(practice_id=practice_id, client_id=client_id, coach_id=coach_id, starts_at=at, minutes=45)
    session.add(row)
    session.flush()
    return row.id


def lived(session, cast, days=42):
    """Ruth's squats for so many days, every third one missed until a fortnight ago, then every sixth."""
    began = NOW - timedelta(days=days)
    of = history.goal(session, cast.ruth, began, title="5 squats", amount=None)
    for back in range(days, 0, -1):
        day, at = TODAY - timedelta(days=back), NOW - timedelta(days=back)
        history.asked(session, of, day, at)
        if back % (6 if back < 14 else 3) == 0:
            said = history.text_from(session, cast.ruth, NOT[back % 4], at, {"wins": []})
            history.miss(session, of, day, at, said)
        else:
            said = history.text_from(session, cast.ruth, DID[back % 4], at, {"wins": []})
            history.win(session, of, day, at, None, said)
    return of


@pytest.fixture
def upcoming(database, cast):
    """Ruth with six weeks behind her: a session a fortnight ago, one tomorrow."""
    with database.session() as session:
        lived(session, cast)
        meet(session, cast.ruth, cast.alice, NOW - timedelta(days=14))
        return meet(session, cast.ruth, cast.alice, NOW + timedelta(days=1))


def read(database, cast, appointment_id, coach=None, now=NOW):
    """The preparation as a coach reads it; Alice, unless told otherwise."""
    with database.reading() as session:
        return preparation.read(session, session.get_one(Coach, coach or cast.alice), cast.ruth, appointment_id, now)


def test_the_figures_of_a_trend_are_those_of_the_rows(database, cast, upcoming):
    found = read(database, cast, upcoming).report
    (moved,) = found.moved
    since = [row for row in rows(database, tables.win) if row.local_date >= found.since]
    missed = [row for row in rows(database, tables.miss) if row.local_date >= found.since]
    assert (moved.trend.now.done, moved.trend.now.missed) == (len(since), len(missed)) == (12, 2)
    assert set(moved.line.texts) == {row.message_id for row in [*since, *missed]}


def test_what_got_in_the_way_rests_on_the_texts_of_its_misses(database, cast, upcoming):
    found = read(database, cast, upcoming).report
    bodies = {row.id: row.body for row in rows(database, tables.message)}
    missed = {row.message_id for row in rows(database, tables.miss)}
    for obstacle in found.way.named:
        assert set(obstacle.texts) <= missed
    (forgot,) = found.way.named
    assert (forgot.kind, {bodies[each] for each in forgot.texts}) == ("forgot", {"no, forgot"})
    assert found.in_the_way[0].said == "named with one of the two misses."


def test_every_quote_is_as_it_was_written(database, cast, upcoming):
    found = read(database, cast, upcoming).report
    bodies = {row.id: row.body for row in rows(database, tables.message)}
    assert found.quotes
    for quote in found.quotes:
        assert bodies[quote.text_id] == quote.body


def test_every_text_a_line_names_is_this_clients(database, cast, upcoming):
    found = read(database, cast, upcoming).report
    theirs = {row.id for row in rows(database, tables.message, client_id=cast.ruth, direction="in")}
    lines = [*found.agreed, *found.in_the_way, *found.openings, *found.open, *found.alerts]
    lines += [moved.line for moved in found.moved]
    assert {each for line in lines for each in line.texts} <= theirs


def test_it_counts_the_sessions_and_looks_back_to_the_last(database, cast, upcoming):
    found = read(database, cast, upcoming)
    assert found.number == 2
    assert found.report.since == TODAY - timedelta(days=14)


def test_what_was_agreed_last_time_is_followed_up(database, cast, upcoming):
    with database.session() as session:
        alice = session.get_one(Coach, cast.alice)
        last = session.query(Appointment).order_by(Appointment.starts_at).first()
        commitments.add(session, alice, cast.ruth, last.id, "Tell Martin no", None, NOW)
    (line,) = read(database, cast, upcoming).report.agreed
    assert (line.lead, line.said) == ("Tell Martin no", "I do not know: no text speaks of it, so I would ask.")


def test_what_changed_is_told_with_its_day(database, cast, upcoming):
    with database.session() as session:
        alice, ruth = session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth)
        goals.edit_goal(session, alice, goals.goal_of(session, ruth, 1), {"title": "6 squats", "amount": 6}, NOW)
        goals.edit_goal(session, alice, goals.goal_of(session, ruth, 1), {"title": "8 squats", "amount": 8}, NOW)
        clients.pause_client(session, alice, ruth, NOW + timedelta(days=3), NOW)
        clients.edit_client(session, alice, ruth, {"name": ruth.name, "timezone": "Europe/Madrid", "locale": "en"}, NOW)
    told = [line.said for line in read(database, cast, upcoming).report.changed]
    assert "8 squats grew, from 6 squats." in told
    assert "A pause began, until Sat 21 Nov." in told
    assert "Moved from New York’s time to Madrid’s." in told


def test_before_a_session_that_is_over_it_tells_what_was_known_then(database, cast, upcoming):
    with database.reading() as session:
        first = session.query(Appointment).order_by(Appointment.starts_at).first().id
    then = read(database, cast, first).report
    assert max(day for moved in then.moved for day in [moved.trend.since]) <= TODAY - timedelta(days=14)
    texts = rows(database, tables.message, direction="in")
    known = [row for row in texts if row.created_at <= NOW - timedelta(days=14) and row.created_at.date() >= then.since]
    assert then.rests_on == len(known) > 0


def test_an_empty_history_is_one_page_that_admits_it(database, cast):
    with database.session() as session:
        appointment_id = meet(session, cast.ruth, cast.alice, NOW + timedelta(days=1))
    found = read(database, cast, appointment_id).report
    assert (found.moved, found.quotes, found.rests_on) == ((), (), 0)
    assert len(found.openings) == 2


def test_a_stranger_gets_what_a_missing_row_gets(database, cast, upcoming):
    for coach, appointment_id in ((cast.charlie, upcoming), (cast.alice, 999)):
        with pytest.raises(NotFound):
            read(database, cast, appointment_id, coach)


def test_another_clients_session_is_not_hers(database, cast, upcoming):
    other = factories.make_client(database, cast.alice, phone="+16175550112", name="Sam")
    with database.session() as session:
        theirs = meet(session, other, cast.alice, NOW + timedelta(days=1))
    with pytest.raises(NotFound):
        read(database, cast, theirs)


def test_two_years_take_as_many_statements_as_a_fortnight(database, cast, statements):
    counts = []
    for days in (14, 730):
        with database.session() as session:
            if days == 730:
                lived(session, cast, days)
            appointment_id = meet(session, cast.ruth, cast.alice, NOW + timedelta(days=days))
        statements.clear()
        read(database, cast, appointment_id)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 26
