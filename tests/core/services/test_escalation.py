"""Someone may be in danger: who is told, when, again and again, until somebody has it in hand (R20)."""

import pytest
from sqlalchemy import insert

from coach_portal.core.errors import CarrierError, EmailError
from coach_portal.core.models import Alert, Client, Coach, tables
from coach_portal.core.services.alerting import alerts, escalation
from coach_portal.core.services.people import clients
from tests.factories import make_client

DANGER = "I want to kill myself"
ALICES, BETHS = "+16175550199", "+16175550198"
ALICE_MAIL, BETH_MAIL, BOB_MAIL = "alice@example.com", "beth@example.com", "bob@example.com"


@pytest.fixture
def staffed(story):
    """Alice has a phone, and named Beth as the second contact."""
    story.change(tables.coach, story.cast.alice, phone=ALICES)
    practice_id = story.row(tables.client).practice_id
    with story.wired.database.transaction() as connection:
        beth = {"name": "Beth Ames", "phone": BETHS, "email": BETH_MAIL, "changed_at": story.wired.clock.now()}
        connection.execute(insert(tables.second_contact), {"practice_id": practice_id, **beth})
    return story


def told(story):
    """How many texts and emails Alice and Beth have had."""
    mail = story.wired.emails
    return (
        len(story.phone(ALICES)), len(mail.to(ALICE_MAIL)), len(story.phone(BETHS)), len(mail.to(BETH_MAIL))
    )  # fmt: skip


def steps(story):
    """What is on the record, in order."""
    return [step.step for step in story.rows(tables.alert_step)]


def acknowledge(story, actor="coach:1", name="Alice Moreau"):
    """Somebody has it in hand."""
    with story.wired.database.session() as session:
        alert = session.scalars(tables_of_alerts()).first()
        return alerts.acknowledge(session, alert, actor, name, story.wired.clock.now())


def tables_of_alerts():
    """The oldest alert first."""
    from sqlalchemy import select

    return select(Alert).order_by(Alert.id)


def minutes_later(story, minutes):
    """Time passes, and all scheduled work is done."""
    story.wired.clock.move_on(minutes=minutes)
    story.tick()


def test_r20_the_coach_is_told_by_text_and_by_email(staffed):
    staffed.text(DANGER)
    assert told(staffed) == (1, 0, 0, 0), "the text goes at once"
    staffed.tick()
    assert told(staffed) == (1, 1, 0, 0), "the email with the next tick"


def test_r20_unacknowledged_after_fifteen_minutes_the_second_contact_is_told_by_both(staffed):
    staffed.text(DANGER)
    minutes_later(staffed, 14)
    assert told(staffed) == (1, 1, 0, 0)
    minutes_later(staffed, 1)
    assert told(staffed) == (2, 2, 1, 1)


def test_rounds_go_on_until_somebody_has_it(staffed):
    staffed.text(DANGER)
    for minutes in (15, 15, 30, 60, 120):
        minutes_later(staffed, minutes)
    assert told(staffed) == (6, 6, 5, 5)
    acknowledge(staffed)
    minutes_later(staffed, 600)
    assert told(staffed) == (6, 6, 5, 5)


@pytest.mark.parametrize(("actor", "name"), [("coach:1", "Alice Moreau"), ("second_contact", "Beth Ames")])
def test_whoever_acknowledges_ends_the_telling(staffed, actor, name):
    staffed.text(DANGER)
    minutes_later(staffed, 10)
    assert acknowledge(staffed, actor, name)
    minutes_later(staffed, 60)
    assert told(staffed) == (1, 1, 0, 0)
    assert staffed.row(tables.alert).acknowledged_by == actor


def test_a_second_acknowledgement_changes_nothing(staffed):
    staffed.text(DANGER)
    assert acknowledge(staffed)
    assert not acknowledge(staffed, "second_contact", "Beth Ames")
    assert staffed.row(tables.alert).acknowledged_by == "coach:1"


def test_closing_or_letting_texts_go_ends_the_telling_too(staffed):
    staffed.text(DANGER)
    with staffed.wired.database.session() as session:
        coach, ruth = session.get_one(Coach, staffed.cast.alice), session.get_one(Client, staffed.cast.ruth)
        clients.clear_hold(session, coach, ruth, staffed.wired.clock.now())
    minutes_later(staffed, 60)
    assert told(staffed)[2:] == (0, 0)
    assert steps(staffed)[-1] == "cleared"


def test_the_record_tells_every_step_in_order(staffed):
    staffed.text(DANGER)
    minutes_later(staffed, 15)
    acknowledge(staffed)
    round_one = ["raised", "answered", "held", "coach_text", "coach_email"]
    round_two = ["coach_text", "coach_email", "second_text", "second_email"]
    assert steps(staffed) == [*round_one, *round_two, "acknowledged"]


def test_no_text_nor_email_quotes_the_client_and_the_second_contact_learns_no_name(staffed):
    staffed.text(DANGER)
    minutes_later(staffed, 15)
    mail = staffed.wired.emails.sent
    everything = [*staffed.phone(ALICES), *staffed.phone(BETHS), *(f"{one.subject} {one.body}" for one in mail)]
    assert all("kill" not in words and "+1617" not in words for words in everything)
    to_beth = [*staffed.phone(BETHS), *(f"{one.subject} {one.body}" for one in staffed.wired.emails.to(BETH_MAIL))]
    assert all("Ruth" not in words and "Alice" in words for words in to_beth)


def test_a_second_text_of_danger_is_told_again_and_begins_no_second_chain(staffed):
    staffed.text(DANGER)
    minutes_later(staffed, 5)
    staffed.text("I really will kill myself")
    staffed.tick()
    assert told(staffed) == (2, 2, 0, 0)
    minutes_later(staffed, 10)
    assert told(staffed) == (3, 3, 1, 1)


def test_one_acknowledgement_is_for_all_that_is_urgent_about_a_client(staffed):
    staffed.text(DANGER)
    staffed.text("I really will kill myself")
    acknowledge(staffed)
    assert all(alert.acknowledged_at for alert in staffed.rows(tables.alert))


def test_new_danger_after_an_acknowledgement_is_told_anew(staffed):
    staffed.text(DANGER)
    acknowledge(staffed)
    minutes_later(staffed, 60)
    staffed.text("I really will kill myself")
    minutes_later(staffed, 15)
    assert told(staffed)[2:] == (1, 1)


def test_without_a_second_contact_that_is_on_the_record_and_the_coach_is_told_again(story):
    story.change(tables.coach, story.cast.alice, phone=ALICES)
    story.text(DANGER)
    minutes_later(story, 15)
    minutes_later(story, 15)
    assert told(story) == (3, 3, 0, 0)
    assert steps(story).count("nobody_else") == 1


def test_the_owner_stands_in_for_a_second_contact_of_another_coachs_client(story):
    practice_id = story.row(tables.client).practice_id
    with story.wired.database.session() as session:
        dana = Coach(
            practice_id=practice_id, name="Dana Fox", email="dana@example.com", role="coach", password_hash="-",
            timezone="UTC", created_at=story.wired.clock.now(),
        )  # fmt: skip
        session.add(dana)
        session.flush()
        dana_id = dana.id
    make_client(story.wired.database, dana_id, name="Eli Brandt", phone="+16175550112")
    story.text(DANGER, sender="+16175550112")
    minutes_later(story, 15)
    assert len(story.wired.emails.to("dana@example.com")) == 2
    assert len(story.wired.emails.to(ALICE_MAIL)) == 1


def test_a_strangers_danger_is_told_to_the_owner(staffed):
    staffed.text(DANGER, sender="+447700900123")
    staffed.tick()
    assert told(staffed) == (1, 1, 0, 0)
    assert "a number we do not know" in staffed.phone(ALICES)[0]


def test_a_coach_without_a_phone_is_told_by_email(story):
    story.text(DANGER)
    story.tick()
    assert len(story.wired.emails.to(ALICE_MAIL)) == 1


def test_each_practice_is_told_of_its_own_alone(staffed):
    make_client(staffed.wired.database, staffed.cast.charlie, name="Zoe", phone="+16175550170")
    staffed.text(DANGER, sender="+16175550170", to="+16175550200")
    minutes_later(staffed, 15)
    assert told(staffed) == (0, 0, 0, 0)
    assert len(staffed.wired.emails.to("charlie@example.com")) == 2


def test_a_text_that_the_carrier_would_not_take_goes_when_it_does(staffed):
    staffed.wired.sender.refusing = CarrierError("20429", "busy", permanent=False)
    staffed.text(DANGER)
    assert told(staffed)[0] == 0
    staffed.wired.sender.refusing = None
    minutes_later(staffed, 11)
    assert told(staffed)[0] == 1


def test_an_email_that_the_server_would_not_take_goes_when_it_does(staffed):
    staffed.wired.emails.refusing = EmailError("451", permanent=False)
    staffed.text(DANGER)
    staffed.tick()
    staffed.wired.emails.refusing = None
    minutes_later(staffed, 1)
    assert told(staffed)[1] == 1


def test_after_downtime_there_is_one_round_and_no_burst(staffed):
    staffed.text(DANGER)
    minutes_later(staffed, 600)
    assert told(staffed) == (2, 2, 1, 1)


def test_told_by_two_at_once_it_is_told_once(staffed):
    staffed.text(DANGER)
    staffed.wired.clock.move_on(minutes=15)
    wired, now = staffed.wired, staffed.wired.clock.now()
    for _ in range(2):
        with wired.database.transaction() as connection:
            for alert_id in escalation.due(connection, now):
                wired.queue.put(escalation.tell(connection, alert_id, wired.links, now, now))
    staffed.send()
    assert told(staffed)[2] == 1


def test_when_telling_breaks_the_person_is_answered_and_the_next_tick_tells(staffed, monkeypatch):
    def breaks(*_):
        raise RuntimeError("never seen before")

    with monkeypatch.context() as patch:
        patch.setattr(escalation, "tell", breaks)
        assert "988" in staffed.text(DANGER)["body"]
    staffed.tick()
    assert told(staffed)[:2] == (1, 1)


def test_r20_what_may_be_worrying_is_one_email_to_the_coach_and_no_text(staffed):
    make_client(staffed.wired.database, staffed.cast.alice, name="Eli Brandt", phone="+16175550112")
    staffed.text("I feel so hopeless")
    staffed.text("I feel so hopeless", sender="+16175550112")
    minutes_later(staffed, 9)
    assert told(staffed) == (0, 0, 0, 0)
    minutes_later(staffed, 1)
    minutes_later(staffed, 60)
    assert told(staffed) == (0, 1, 0, 0)
    (letter,) = staffed.wired.emails.sent
    assert letter.subject == "To read soon: Ruth and Eli"


def test_what_the_coach_has_read_meanwhile_is_not_told(staffed):
    staffed.text("I feel so hopeless")
    with staffed.wired.database.session() as session:
        alert = session.scalars(tables_of_alerts()).first()
        alerts.close_alert(session, session.get_one(Coach, staffed.cast.alice), alert, staffed.wired.clock.now())
    minutes_later(staffed, 30)
    assert staffed.wired.emails.sent == []


def test_a_safety_answer_that_got_lost_is_told_at_once(staffed):
    staffed.text(DANGER)
    acknowledge(staffed)
    answer = staffed.row(tables.message, kind="safety")
    staffed.report("SM" + "c" * 32, "undelivered", message=answer.id, error="30003")
    staffed.tick()
    assert [alert.kind for alert in staffed.rows(tables.alert)] == ["risk", "not_delivered"]
    assert staffed.wired.emails.sent[-1].subject == "Ruth did not get the safety answer"


def test_in_spanish_the_alert_is_in_spanish(staffed):
    staffed.change(tables.client, staffed.cast.ruth, locale="es")
    staffed.text("quiero matarme")
    minutes_later(staffed, 15)
    assert "puede tratar de su seguridad" in staffed.phone(ALICES)[0]
    assert staffed.wired.emails.to(BETH_MAIL)[0].subject == "Alguien a quien acompaña Alice puede necesitar ayuda ahora"
