"""Programmes on the portal: written step by step, looked at as a calendar, started, held and stopped."""

import pytest

from coach_portal.core.models import tables
from tests import rows

PAGE = "/programmes"
NAME = {"name": "Better mornings", "about": "For heavy mornings", "locale": "en"}
GOAL = {
    "kind": "goal", "title": "5 squats", "anchor": "after I brush my teeth", "cadence": "daily", "starts": "after_step",
    "days": "0", "local_time": "09:00", "ask_days": ["1", "2"], "ask_at": "08:30", "direction": "at_least",
}  # fmt: skip
WELCOME = {
    "kind": "message",
    "body": "Welcome, {client}.",
    "starts": "after_enrolment",
    "days": "0",
    "local_time": "09:00",
}


@pytest.fixture
def course(alice, database):
    """The address of an empty programme of Alice's."""
    assert alice.post(f"{PAGE}/new", NAME).status_code == 303
    return f"{PAGE}/{rows.row(database, tables.programme).id}"


def write(alice, course, step, **more):
    """Add a step; answers what the page answered."""
    return alice.post(f"{course}/steps/new", step | more, page=f"{course}/steps/new?kind={step['kind']}")


def start(alice, course, cast):
    """Start Ruth."""
    programme = course.rsplit("/", 1)[-1]
    return alice.post(
        f"{PAGE}/start", {"programme": programme, "client": str(cast.ruth)}, page=f"{PAGE}/start?programme={programme}"
    )


def test_an_empty_list_says_what_a_programme_is(alice):
    assert "a sequence you write once" in alice.get(PAGE).text


def test_a_programme_is_written_step_by_step(alice, course):
    write(alice, course, WELCOME)
    write(alice, course, GOAL)
    page = alice.get(course)
    assert "Message, on the day they begin, at 9:00" in page.text
    assert "Goal, right after the step above" in page.text
    assert "after I brush my teeth, daily" in page.text.replace("every day", "daily")


def test_a_number_in_the_action_is_its_amount(alice, course, database):
    write(alice, course, GOAL)
    step = rows.row(database, tables.programme_step)
    assert (step.amount, step.unit, step.ask_days) == (5, "squats", "12")


def test_what_cannot_be_sent_is_said_at_the_field_and_kept(alice, course):
    answer = write(alice, course, WELCOME, body="Hi {first_name}")
    assert answer.status_code == 422
    assert 'id="body-error">{first_name} stands for nothing here; there are {client}, {coach}.' in answer.text
    assert "Hi {first_name}</textarea>" in answer.text


def test_words_in_another_language_are_kept_beside_the_first(alice, course, database):
    write(alice, course, WELCOME, **{"es-body": "Hola, {client}."})
    step = rows.row(database, tables.programme_step)
    assert step.words == {"es": {"body": "Hola, {client}."}}
    assert "Hola, {client}." in alice.get(f"{course}/steps/{step.id}").text
    assert "Also in Spanish." in alice.get(course).text
    assert "Hola, Sam." in alice.get(f"{course}/calendar?locale=es").text


def test_a_name_in_braces_is_checked_in_every_language(alice, course):
    answer = write(alice, course, WELCOME, **{"es-body": "Hola, {nombre}."})
    assert answer.status_code == 422
    assert "{nombre} stands for nothing here" in answer.text


def test_steps_move_up_and_down_and_out_and_back(alice, course, database):
    for body in ("One.", "Two.", "Three."):
        write(alice, course, WELCOME, body=body)
    one, _, three = rows.rows(database, tables.programme_step)

    def order():
        text = alice.get(course).text
        return sorted((text.index(body), body) for body in ("One.", "Two.", "Three.") if body in text)

    alice.post(f"{course}/steps/{three.id}/move", {"to": "up"}, page=course)
    alice.post(f"{course}/steps/{one.id}/move", {"to": "down"}, page=course)
    assert [body for _, body in order()] == ["Three.", "One.", "Two."]
    alice.post(f"{course}/steps/{three.id}/remove", page=course)
    assert [body for _, body in order()] == ["One.", "Two."]
    alice.post(f"{course}/steps/put-back", {"step": str(three.id)}, page=course)
    assert [body for _, body in order()] == ["Three.", "One.", "Two."]


def test_the_calendar_tells_day_text_weight_and_price(alice, course):
    write(alice, course, WELCOME)
    write(alice, course, GOAL)
    write(alice, course, GOAL, title="a walk", starts="when_automatic", days="", body="From today, {client}: 5 squats.")
    text = alice.get(f"{course}/calendar?starts_on=2026-11-23").text
    assert "Mon 23 Nov" in text
    assert "Welcome, Sam." in text
    assert "one segment, $0.012" in text
    assert "Mon 21 Dec" in text
    assert "at the earliest" in text
    assert "about $0.02 a client" in text


def test_a_client_is_started_and_seen_in_it(alice, course, cast):
    write(alice, course, WELCOME, days="3")
    assert start(alice, course, cast).location.endswith(course)
    text = alice.get(course).text
    assert "Ruth Adeyemi" in text
    assert "0 of 1. Next: a message, Sat 21." in text
    assert "one client in it" in alice.get(PAGE).text
    assert "Everybody who could begin it is in it already." in alice.get(f"{PAGE}/start?programme=1").text


def test_a_start_is_taken_back(alice, course, cast, database):
    write(alice, course, WELCOME)
    start(alice, course, cast)
    enrolment = rows.row(database, tables.enrolment)
    alice.post(f"{PAGE}/take-back", {"enrolments": str(enrolment.id)}, page=course)
    assert rows.row(database, tables.enrolment).state == "stopped"


def test_it_rests_goes_on_and_ends_for_one_client(alice, course, cast, database):
    write(alice, course, WELCOME)
    start(alice, course, cast)
    here = f"/enrolments/{rows.row(database, tables.enrolment).id}"
    for act, state in (("pause", "paused"), ("resume", "active"), ("stop", "stopped"), ("take-up", "active")):
        assert alice.post(f"{here}/{act}", page=course).status_code == 303
        assert rows.row(database, tables.enrolment).state == state


def test_one_that_is_put_away_starts_nobody(alice, course, cast, database):
    write(alice, course, WELCOME)
    alice.post(f"{course}/retire", page=course)
    assert start(alice, course, cast).status_code == 422
    assert rows.rows(database, tables.enrolment) == []
    alice.post(f"{course}/take-up", page=course)
    assert start(alice, course, cast).status_code == 303


def test_a_copy_has_the_same_steps(alice, course, database):
    write(alice, course, WELCOME)
    copied = alice.post(f"{course}/copy", page=course).location
    assert "Better mornings, copy 1" in alice.get(copied).text
    assert "Welcome, {client}." in alice.get(copied).text


def test_nobody_is_started_without_being_ticked(alice, course):
    write(alice, course, WELCOME)
    answer = alice.post(f"{PAGE}/start", {"programme": "1"}, page=f"{PAGE}/start?programme=1")
    assert answer.status_code == 422
    assert "Choose at least one client." in answer.text


def test_another_practice_starts_neither_our_programme_nor_our_clients(alice, charlie, course, cast, database):
    write(alice, course, WELCOME)
    ours = {"programme": "1", "client": str(cast.ruth)}
    assert charlie.post(f"{PAGE}/start", ours, page=PAGE + "/new").status_code == 404
    charlie.post(f"{PAGE}/new", NAME)
    theirs = rows.rows(database, tables.programme)[-1].id
    charlie.post(f"{PAGE}/{theirs}/steps/new", WELCOME)
    assert charlie.post(f"{PAGE}/start", ours | {"programme": str(theirs)}, page=PAGE + "/new").status_code == 404
    assert charlie.get(f"{PAGE}/start?client={cast.ruth}", status=404)
    assert rows.rows(database, tables.enrolment) == []
