"""Taking clients on, and silencing or waking their texts: what the coach does, and what then leaves."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Alert, AuditEvent, Client, Coach, tables
from coach_portal.core.services.alerting import alerts
from coach_portal.core.services.people import clients
from coach_portal.core.services.sending import texts
from tests.cast import RUTHS_PHONE
from tests.factories import make_client
from tests.story import local

ELI = "+16175550112"


@pytest.fixture
def alice_does(story):
    """Alice does something with a client of hers: Ruth, unless told otherwise."""

    def do(what, *args, client=None):
        with story.wired.database.session() as session:
            alice = session.get_one(Coach, story.cast.alice)
            ruth = session.get_one(Client, client or story.cast.ruth)
            return what(session, alice, ruth, *args, story.wired.clock.now())

    return do


def invite(story, **details):
    """Take Eli on, who has not answered yet."""
    return make_client(
        story.wired.database, story.cast.alice, **{"name": "Eli Brandt", "phone": ELI, "agreed": False, **details}
    )


def test_a_new_client_is_invited_and_nothing_else(story):
    eli = invite(story)
    (message,) = story.rows(tables.message, client_id=eli)
    assert (message.kind, message.state, message.to_phone) == ("invitation", "planned", ELI)
    assert story.row(tables.client, id=eli).consent == "invited"
    assert story.row(tables.coach_client, client_id=eli).coach_id == story.cast.alice


def test_a_new_client_gets_a_sunday_evening(story):
    (schedule,) = story.rows(tables.schedule, client_id=invite(story))
    assert (schedule.kind, schedule.days, schedule.local_time) == ("reflection", "7", "18:00")


def test_one_phone_is_one_client_of_a_practice(story):
    with pytest.raises(Invalid) as caught:
        invite(story, phone=RUTHS_PHONE)
    assert list(caught.value.fields) == ["phone"]


def test_an_invitation_at_night_leaves_in_the_morning(story):
    story.it_is("2026-11-18 23:00")
    eli = invite(story, now=story.wired.clock.now())
    story.wired.queue.put([story.row(tables.message, client_id=eli).id])
    story.send()
    assert story.phone(ELI) == []
    story.it_is("2026-11-19 08:00")
    assert len(story.phone(ELI)) == 1


def test_who_agreed_is_not_invited_again(alice_does):
    with pytest.raises(Invalid, match="already agreed"):
        alice_does(clients.invite)


def test_who_said_no_is_not_invited_again(story, alice_does):
    eli = invite(story)
    story.text("no", sender=ELI)
    with pytest.raises(Invalid, match="said no"):
        alice_does(clients.invite, client=eli)


def test_who_opted_out_is_not_invited_again(story, alice_does):
    story.text("STOP")
    with pytest.raises(Invalid, match="START"):
        alice_does(clients.invite)


def test_a_pause_and_a_resume_by_the_coach(story, alice_does):
    story.goal()
    story.schedule("09:00")
    alice_does(clients.pause_client, local("2026-11-20 08:00"))
    story.it_is("2026-11-18 09:00")
    assert story.phone() == []
    alice_does(clients.resume_client)
    story.it_is("2026-11-19 09:00")
    assert len(story.phone()) == 1


def test_a_hold_ends_when_a_human_has_looked(story, alice_does):
    story.goal()
    story.schedule("09:00")
    story.text("I want to kill myself")
    alice_does(clients.clear_hold)
    assert story.rows(tables.alert, closed_at=None) == []
    story.it_is("2026-11-18 09:00")
    assert story.row(tables.message, kind="check_in").state == "accepted"


def test_a_text_by_hand_answers_what_waited(story, alice_does):
    story.text("Can we move our session to Thursday?")
    assert len(story.rows(tables.alert, closed_at=None)) == 1
    (message,) = alice_does(texts.text_by_hand, "Thursday it is!")
    story.wired.queue.put([message])
    story.send()
    assert story.phone()[-1] == "Thursday it is!"
    assert story.row(tables.alert).closed_by == story.cast.alice


@pytest.mark.parametrize("consent", ["none", "invited", "declined", "revoked"])
def test_nobody_is_texted_by_hand_who_has_not_agreed(story, alice_does, consent):
    story.change(tables.client, story.cast.ruth, consent=consent)
    with pytest.raises(Invalid) as caught:
        alice_does(texts.text_by_hand, "Hello?")
    assert "Ruth" in caught.value.fields["body"]


def test_closing_an_alert_twice_keeps_who_was_first(story):
    story.text("Can we move our session to Thursday?")
    for who in (story.cast.alice, story.cast.bob):
        with story.wired.database.session() as session:
            alert = session.get_one(Alert, story.row(tables.alert).id)
            alerts.close_alert(session, session.get_one(Coach, who), alert, story.wired.clock.now())
    assert story.row(tables.alert).closed_by == story.cast.alice


def test_what_a_coach_does_is_on_the_trail(story, alice_does):
    before = len(story.rows(AuditEvent.__table__))
    for what in (clients.archive_client, clients.clear_hold, clients.opt_out):
        alice_does(what)
    trail = story.rows(AuditEvent.__table__)[before:]
    assert [line.action for line in trail] == ["archive_client", "clear_hold", "opt_out"]
    assert {(line.actor, line.subject) for line in trail} == {
        (f"coach:{story.cast.alice}", f"client:{story.cast.ruth}")
    }
