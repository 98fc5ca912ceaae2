"""What a coach does with forms: each act through the page that offers it, each mistake told where it was made."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from coach_portal.core.models import AuditEvent, CheckInSchedule, Client, Consent, Goal, Message
from tests.cast import RUTHS_PHONE
from tests.web import history
from tests.web.page import look_at

ELI = {"name": "Eli Brandt", "phone": "+1 617 555 0112", "timezone": "America/Chicago", "locale": "en"}


@pytest.fixture
def ruth(cast):
    """The address of Ruth's page."""
    return f"/clients/{cast.ruth}"


def told(answer):
    """The page that came back with something to mend, whole and well made."""
    assert answer.status_code == 422
    return look_at(answer.text)


# ---------- inviting ----------


def test_inviting_sends_one_text_after_it_is_written(alice, database, queue):
    answer = alice.post("/clients/new", ELI)
    assert answer.status_code == 303
    with database.reading() as session:
        eli = session.scalars(select(Client).where(Client.phone == "+16175550112")).one()
        invitation = session.scalars(select(Message).where(Message.client_id == eli.id)).one()
        line = session.scalars(select(Consent).where(Consent.client_id == eli.id)).one()
        assert queue.message_ids == [invitation.id]
        assert (line.event, line.wording) == ("invited", invitation.body)
    page = alice.get(answer.location)
    assert "Eli has not said YES yet" in page.text
    assert "The words they saw" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "advice"),
    [
        ("phone", "617 555", "country code"),
        ("phone", RUTHS_PHONE, "already has this number"),
        ("name", " ", "Write the client's name"),
        ("timezone", "Atlantis", "no time zone"),
        ("locale", "tlh", "Choose one of"),
    ],
)
def test_mistake_is_told_at_its_field_and_the_rest_is_kept(alice, queue, field, typed, advice):
    page = told(alice.post("/clients/new", ELI | {field: typed}))
    assert advice in page.text
    assert f'id="{field}-error"' in page.html
    kept = {element.attributes.get("name"): element.attributes.get("value") for element in page.all("input")}
    for name in {"name", "phone", "timezone"} - {field}:
        assert kept[name] == ELI[name]
    assert queue.message_ids == []


def test_form_cannot_assign_what_is_not_the_coachs(alice, database):
    alice.post("/clients/new", ELI | {"consent": "granted", "practice_id": "2", "role": "owner"})
    with database.reading() as session:
        eli = session.scalars(select(Client).where(Client.phone == "+16175550112")).one()
        assert (eli.consent, eli.practice_id) == ("invited", 1)


def test_asking_again(alice, queue, database):
    location = alice.post("/clients/new", ELI).location
    queue.take_all()
    assert alice.post(f"{location}/invite", page="/clients/new").status_code == 303
    assert len(queue.take_all()) == 1


def test_nobody_who_agreed_is_asked_again(alice, ruth, queue):
    answer = alice.post(f"{ruth}/invite", page="/clients/new")
    assert "has already agreed" in alice.get(answer.location).text
    assert queue.message_ids == []


def test_changing_zone_moves_the_check_ins(alice, ruth, cast, database):
    alice.post(f"{ruth}/edit", {"name": "Ruth A", "timezone": "Europe/Madrid", "locale": "es"})
    with database.reading() as session:
        client = session.get_one(Client, cast.ruth)
        due = session.scalars(select(CheckInSchedule.next_due_at).where(CheckInSchedule.client_id == client.id)).one()
        assert (client.name, client.timezone, client.locale) == ("Ruth A", "Europe/Madrid", "es")
        assert due.hour == 17  # Sunday, 18:00 in Madrid


# ---------- goals and times ----------


def test_goal_in_four_fields_leads_on_to_its_time(alice, ruth, database):
    typed = {"title": "5 squats", "anchor": "after I brush my teeth", "area": "movement", "cadence": "daily"}
    answer = alice.post(f"{ruth}/goals/new", typed)
    assert answer.location == f"{ruth}/schedules/new"
    saved = alice.post(answer.location, {"kind": "check_in", "days": ["1", "3", "5"], "local_time": "08:30"})
    assert saved.location == ruth
    page = alice.get(ruth).text
    assert "after I brush my teeth, every day" in page
    assert "Check-in, Mon, Wed and Fri at 8:30" in page
    with database.reading() as session:
        goal = session.scalars(select(Goal)).one()
        assert (goal.title, goal.area, goal.position) == ("5 squats", "movement", 1)


def test_second_goal_leads_back_to_the_client(alice, ruth, database):
    alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "local_time": "08:30", "days": "1"})
    assert alice.post(f"{ruth}/goals/new", {"title": "One line"}).location == ruth


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"title": "x", "amount": "many"}, "amount"), ({"title": "x" * 121}, "title")],
)
def test_goal_mistakes(alice, ruth, typed, field):
    page = told(alice.post(f"{ruth}/goals/new", {"anchor": "after lunch"} | typed))
    assert f'id="{field}-error"' in page.html
    assert 'value="after lunch"' in page.html


def test_goal_changed_and_retired(alice, ruth, cast, database, now):
    with database.session() as session:
        goal_id = history.goal(session, cast.ruth, now).id
    assert 'value="5"' in alice.get(f"{ruth}/goals/{goal_id}").html
    alice.post(f"{ruth}/goals/{goal_id}", {"title": "3 squats", "amount": "3", "anchor": "", "cadence": "weekdays"})
    page = alice.get(ruth).text
    assert "3 squats" in page
    assert "after I brush my teeth" not in page
    alice.post(f"{ruth}/goals/{goal_id}/retire")
    assert "One goal retired: 3 squats." in alice.get(ruth).text


def test_preview_is_the_text_as_it_will_read(alice, ruth):
    typed = {"title": "two lines", "anchor": "after the kettle"}
    shown = alice.post(f"{ruth}/goals/preview", typed, page=f"{ruth}/goals/new").text
    assert "two lines, after the kettle" in shown
    assert "of 160 characters, $0.008" in shown


@pytest.mark.parametrize("local_time", ["07:59", "21:00", "25:00", "soon", ""])
def test_impossible_time_is_told_at_its_field(alice, ruth, local_time):
    page = told(alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "days": "1", "local_time": local_time}))
    assert 'id="local_time-error"' in page.html


def test_no_day_at_all_is_told(alice, ruth, cast, database):
    with database.session() as session:
        schedule_id = session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == cast.ruth))
    page = told(alice.post(f"{ruth}/schedules/{schedule_id}", {"local_time": "09:00"}))
    assert 'id="days-error"' in page.html


def test_evening_wins_and_weekly_reflection(alice, ruth):
    assert "Three small wins" in alice.get(f"{ruth}/schedules/new?kind=wins").text
    alice.post(f"{ruth}/schedules/new?kind=wins", {"kind": "wins", "days": list("1234567"), "local_time": "20:00"})
    page = alice.get(ruth).text
    assert "Evening wins, every day at 20:00" in page
    assert "Weekly reflection, Sunday at 18:00" in page


def test_schedule_changed_and_removed(alice, ruth, cast, database):
    with database.session() as session:
        schedule_id = session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == cast.ruth))
    address = f"{ruth}/schedules/{schedule_id}"
    alice.post(address, {"days": ["6", "7"], "local_time": "10:15"})
    assert "Weekly reflection, weekends at 10:15" in alice.get(ruth).text
    alice.post(f"{address}/remove", page=address)
    assert "10:15" not in alice.get(ruth).text
    alice.get(address, status=404)


# ---------- writing ----------


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


def test_weight_of_a_text_while_it_is_written(alice, ruth):
    def weigh(body):
        return alice.post(f"{ruth}/weigh", {"body": body}, page=ruth).text

    assert weigh("Well done") == "9 of 160 characters, $0.008"
    assert weigh("x" * 161) == "2 segments, 145 characters left in the last, $0.017"
    assert weigh("Well done 🌱").startswith("12 of 70 characters, shortened by an emoji")


# ---------- silence ----------


def test_pause_until_a_day_and_begin_again(alice, ruth, cast, database):
    alice.post(f"{ruth}/pause", {"until": "2026-11-25"})
    assert "Ruth is on a pause until Wed 25, 0:00" in alice.get(ruth).text
    alice.post(f"{ruth}/resume", page=ruth)
    assert "on a pause" not in alice.get(ruth).text


def test_pause_without_end(alice, ruth):
    alice.post(f"{ruth}/pause", {"until": ""})
    assert "Ruth is on a pause. No check-ins" in alice.get(ruth).text


@pytest.mark.parametrize("until", ["2026-11-17", "someday", "0000-00-00", "9999-99-99"])
def test_pause_until_no_day_to_come(alice, ruth, until):
    assert 'id="until-error"' in told(alice.post(f"{ruth}/pause", {"until": until})).html


def test_opting_out_closes_the_composer_and_says_why(alice, ruth):
    alice.get(f"{ruth}/opt-out")
    alice.post(f"{ruth}/opt-out")
    page = alice.get(ruth)
    assert "Ruth opted out" in page.text
    assert "Only they can change that, by texting START" in page.text
    assert not page.all("textarea")


def test_hold_is_cleared_by_hand(alice, ruth, cast, database, now):
    with database.session() as session:
        client = session.get_one(Client, cast.ruth)
        client.held_at, client.held_reason = now, "risk"
        history.alert(session, cast.ruth, "risk", now)
    assert "Texts are held" in alice.get(ruth).text
    alice.get(f"{ruth}/clear-hold")
    alice.post(f"{ruth}/clear-hold")
    page = alice.get(ruth).text
    assert "Texts are held" not in page
    assert "may be in danger" not in page


def test_closing_an_alert_leaves_a_trail(alice, ruth, cast, database, now):
    with database.session() as session:
        alert_id = history.alert(session, cast.ruth, "possible_risk", now).id
    answer = alice.post(f"/alerts/{alert_id}/close", {"next": ruth}, page="/")
    assert answer.location == ruth
    with database.reading() as session:
        actions = session.scalars(select(AuditEvent.action)).all()
    assert "close_alert" in actions


def test_what_is_taken_back_is_as_before(alice, ruth, cast, database):
    with database.session() as session:
        schedule_id = session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == cast.ruth))
    address = f"{ruth}/schedules/{schedule_id}"
    alice.post(f"{address}/remove", page=address)
    page = alice.get(ruth)
    assert "Not asked at that time any more." in page.text
    undo = page.all("form", action=f"{ruth}/schedules/new")
    assert len(undo) == 1
    sent = {field.attributes["name"]: field.attributes["value"] for field in page.all("input", type="hidden")}
    alice.post(f"{ruth}/schedules/new", {name: sent[name] for name in ("kind", "days", "local_time")})
    page = alice.get(ruth).text
    assert "Weekly reflection, Sunday at 18:00" in page
    assert "Not asked at that time" not in page


@pytest.mark.parametrize(
    ("typed", "amount", "unit"),
    [
        ({"title": "5 squats"}, 5, "squats"),
        ({"title": "10 minute walk"}, 10, "minute"),
        ({"title": "5 squats", "amount": "3"}, 3, None),
        ({"title": "Two lines"}, None, None),
        ({"title": "7:30 out of bed"}, None, None),
    ],
)
def test_number_an_action_begins_with_is_its_amount(alice, ruth, database, typed, amount, unit):
    alice.post(f"{ruth}/goals/new", typed)
    with database.reading() as session:
        goal = session.scalars(select(Goal)).one()
        assert (goal.amount, goal.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"kind": "check_in"}, "5 squats (after I brush my teeth) and Journal"),
        ({"kind": "check_in", "goals": ["2"]}, "Journal"),
        ({"kind": "wins"}, "wins"),
        ({"kind": "reflection"}, "Ruth"),
    ],
)
def test_text_is_shown_beside_its_days_and_time(alice, ruth, cast, database, now, chosen, told):
    with database.session() as session:
        history.goal(session, cast.ruth, now)
        history.goal(session, cast.ruth, now, title="Journal", anchor=None, amount=None, unit=None)
    shown = alice.post(f"{ruth}/schedules/preview", chosen, page=f"{ruth}/schedules/new").text
    assert told in shown
    assert "each time" in shown
