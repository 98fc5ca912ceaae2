"""How a coach quiets texts and takes them up again, each act with its trail."""

import pytest
from sqlalchemy import select

from coach_portal.core.models import AuditEvent, CheckInSchedule, Client
from tests.web import history
from tests.web.page import told


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
    assert not page.all("textarea", id="body")


def test_hold_is_cleared_by_hand(alice, ruth, cast, database, now):
    with database.session() as session:
        client = session.get_one(Client, cast.ruth)
        client.held_at, client.held_reason = now, "risk"
        history.alert(session, cast.ruth, "risk", now)
    assert "texts are held" in alice.get(ruth).text
    alice.get(f"{ruth}/clear-hold")
    alice.post(f"{ruth}/clear-hold")
    page = alice.get(ruth).text
    assert "texts are held" not in page
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


def test_a_wrong_number_shows_and_can_be_set_right(alice, ruth, story):
    story.text("wrong number")
    page = alice.get(ruth)
    assert "Whoever has this number says that they are not Ruth." in page.text
    alice.post(f"{ruth}/theirs-after-all", page=ruth)
    page = alice.get(ruth)
    assert "Ruth opted out" in page.text
    assert "says that they are not Ruth" not in page.text
    story.text("START")
    assert alice.get(ruth).all("textarea")
