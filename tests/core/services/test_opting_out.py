"""Every way out counts, at once and for good, and only their own START leads back (R4 to R10)."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from coach_portal.core.errors import CarrierError, Invalid
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.schemas import ClientSchema
from coach_portal.core.services.people import clients, consent
from functions import receive_sms
from tests import webhooks
from tests.cast import RUTH, RUTHS_PHONE
from tests.factories import make_client


def test_r7_what_might_be_a_stop_holds_everything_and_asks_the_coach(story):
    story.goal()
    story.schedule("09:00")
    story.text("enough")
    assert [alert.kind for alert in story.rows(tables.alert)] == ["maybe_stop"]
    story.it_is("2026-11-18 09:00")
    assert story.row(tables.message, kind="check_in").reason == "held"


def test_r3_a_stop_wins_over_a_text_that_is_queued_already(story):
    message_id = story.message("How are you?")
    story.wired.queue.take_all()
    story.text("STOP")
    story.wired.queue.put([message_id])
    story.send()
    assert (story.row(tables.message, id=message_id).reason, story.phone()) == ("opted_out", [])


def test_r5_an_opt_out_is_for_every_kind_of_text_of_the_practice(story):
    story.text("please stop texting me")
    confirmed = len(story.phone())
    for kind in ("check_in", "wins", "digest", "reminder", "by_hand", "reply", "invitation"):
        story.message(f"a {kind}", kind=kind)
    story.send()
    assert len(story.phone()) == confirmed
    assert {row.reason for row in story.rows(tables.message, state="not_sent")} == {"opted_out"}


def test_r6_there_is_one_confirmation_and_then_silence(story):
    for text in ("please stop texting me", "stop texting me!", "STOP", "take me off this list"):
        story.text(text)
    (said,) = story.phone()
    assert said == "Moreau Coaching: you are opted out. You will get no more texts or automated calls from us."


@pytest.mark.parametrize("word", ["STOP", "unsubscribe", "End", "quit", "stopall", "REVOKE", "optout", "cancel"])
def test_r6_there_is_none_where_the_carrier_confirms(story, word):
    story.text(word)
    assert story.phone() == []


def test_r6_there_is_none_where_twilios_advanced_opt_out_confirmed(story):
    fields = {
        "MessageSid": "SM" + "d" * 32,
        "From": RUTHS_PHONE,
        "To": "+16175550100",
        "Body": "please stop texting me",
    }
    receive_sms.handler(webhooks.sms(story.wired.settings, **fields, OptOutType="STOP"), None)
    story.send()
    assert (story.row(tables.client).consent, story.phone()) == ("revoked", [])


def test_r6_a_confirmation_that_is_late_is_not_sent(story):
    story.wired.sender.refusing = CarrierError("20429", "busy", permanent=False)
    story.text("please stop texting me")
    story.wired.sender.refusing = None
    story.wired.clock.move_on(minutes=11)
    story.tick()
    assert (story.row(tables.message, kind="goodbye").reason, story.phone()) == ("too_late", [])


@pytest.mark.parametrize("word", ["START", "unstop", " start "])
def test_r8_start_and_unstop_resume(story, word):
    story.text("STOP")
    story.text(word)
    assert story.row(tables.client).consent == "granted"


@pytest.mark.parametrize("word", ["YES", "yes please", "ok", "did 5 squats", "Sí"])
def test_r8_a_yes_resumes_nothing_though_the_carrier_takes_it_for_one(story, word):
    story.goal()
    story.text("STOP")
    story.text(word)
    assert story.row(tables.client).consent == "revoked"
    assert len(story.rows(tables.suppression)) == 1


def test_r9_the_carriers_opt_out_becomes_ours_and_the_coach_is_told(story):
    story.wired.sender.refusing = CarrierError("21610", "opted out", permanent=True)
    story.message("How are you?")
    story.send()
    assert (story.row(tables.client).consent, story.row(tables.suppression).reason) == ("revoked", "carrier")
    assert story.row(tables.alert).kind == "opted_out"
    story.message("And now?")
    story.send()
    assert len(story.rows(tables.alert)) == 1


def test_r9_an_opt_out_the_carrier_tells_of_late_does_not_undo_a_start(story):
    story.message("How are you?")
    story.send()
    sid = story.rows(tables.message, kind="by_hand")[-1].sid
    story.wired.clock.move_on(minutes=1)
    story.text("STOP")
    story.text("START")
    story.report(sid, "undelivered", error="21610")
    assert story.row(tables.client).consent == "granted"


def test_r9_a_stranger_whom_the_carrier_shields_is_suppressed_here_too(story):
    story.wired.sender.refusing = CarrierError("21610", "opted out", permanent=True)
    story.text("hello", sender="+447700900123")
    assert story.row(tables.suppression).phone == "+447700900123"


WRONG = [
    "wrong number", "Wrong number!", "you have the wrong number", "you've got the wrong person", "número equivocado",
    "sorry, nobody here by that name", "se equivocó de número", "I just got this number, stop",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_r10_a_wrong_number_is_an_opt_out_a_flag_and_news_for_the_coach(story, text):
    story.goal()
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    story.text(text)
    assert story.row(tables.client).consent == "revoked"
    assert story.row(tables.suppression).reason == "reassigned"
    assert [alert.kind for alert in story.rows(tables.alert)] == ["wrong_number"]
    assert story.rows(tables.win) == story.rows(tables.miss) == []
    assert "opted out" in story.phone()[-1]


@pytest.mark.parametrize(
    "text", ["Sorry mate wrong number, meant 2 txt Gaz", "dialled the wrong number twice today", "sorry wrong number"]
)
def test_r10_a_text_of_their_own_that_went_astray_is_no_wrong_number(story, text):
    story.text(text)
    assert story.row(tables.client).consent == "granted"


def test_r10_not_even_start_agrees_for_somebody_else(story):
    story.text("wrong number")
    story.text("START")
    assert story.row(tables.client).consent == "revoked"
    assert [alert.kind for alert in story.rows(tables.alert)] == ["wrong_number", "wants_answer"]


def test_r10_when_it_was_theirs_after_all_their_start_counts_again(story):
    story.text("wrong number")
    practice_id = story.row(tables.client).practice_id
    with story.wired.database.transaction() as connection:
        consent.note_theirs_after_all(connection, practice_id, RUTHS_PHONE)
    assert story.row(tables.client).consent == "revoked"
    story.text("START")
    assert story.row(tables.client).consent == "granted"


@pytest.mark.parametrize("text", ["who is this", "Who is this?", "whos this??", "¿quién es?"])
def test_r10_who_is_this_gets_the_help_answer_and_everything_waits_for_the_coach(story, text):
    story.goal()
    story.schedule("09:00")
    story.text(text)
    (answer,) = story.phone()
    assert "988" in answer
    assert [alert.kind for alert in story.rows(tables.alert)] == ["who_is_this"]
    story.it_is("2026-11-18 09:00")
    assert story.row(tables.message, kind="check_in").reason == "held"


def test_r10_help_alone_holds_nothing(story):
    story.text("HELP")
    assert story.row(tables.client).held_at is None
    assert story.rows(tables.alert) == []


def test_a_lesser_reason_does_not_take_the_place_of_safety(story):
    story.text("I want to kill myself")
    story.text("enough")
    assert story.row(tables.client).held_reason == "safety"


def erase(story):
    """Ruth's row is gone, as after an erasure."""
    with story.wired.database.transaction() as connection:
        for table in (tables.alert_step, tables.alert, tables.message, tables.schedule, tables.coach_client):
            connection.execute(delete(table))
        connection.execute(delete(tables.client))


def test_r12_neither_erasing_nor_taking_on_again_revives_an_opt_out(story):
    story.text("STOP")
    erase(story)
    with pytest.raises(Invalid) as refused:
        make_client(story.wired.database, story.cast.alice)
    assert "START" in refused.value.fields["phone"]
    assert story.rows(tables.client) == []


def test_r12_after_an_erasure_their_own_start_lifts_it(story):
    story.text("STOP")
    erase(story)
    story.text("START")
    assert make_client(story.wired.database, story.cast.alice, agreed=False)


def test_r12_nor_does_another_spelling_of_the_number(story):
    story.text("STOP")
    erase(story)
    for spelled in ("(617) 555-0111", "+1 617-555-0111", "1 617 555 0111"):
        try:
            data = ClientSchema().read(RUTH | {"phone": spelled})
        except Invalid:
            continue
        with story.wired.database.session() as session, pytest.raises(Invalid, match="START"):
            clients.add_client(session, session.get_one(Coach, story.cast.alice), data, story.wired.clock.now())


def test_r1_without_a_line_in_the_ledger_nothing_is_sent(story):
    with story.wired.database.session() as session:
        number = session.get_one(Client, story.cast.ruth).sending_number_id
        known = {**RUTH, "name": "Stray", "phone": "+16175550177", "created_at": story.wired.clock.now()}
        stray = Client(practice_id=story.row(tables.client).practice_id, sending_number_id=number, **known)
        session.add(stray)
        session.flush()
        stray_id = stray.id
    story.message("hello", client_id=stray_id, to_phone="+16175550177")
    story.send()
    assert (story.row(tables.message, client_id=stray_id).reason, story.phone("+16175550177")) == ("no_consent", [])


def test_r1_the_ledger_says_for_what_in_which_words_when_and_how(story):
    story.text("STOP")
    story.text("START")
    line = story.rows(tables.consent)[-1]
    assert (line.channel, line.purpose, line.event, line.method) == ("text", "check_in", "granted", "text")
    assert line.wording
    assert line.version.startswith("invitation-")
    assert line.at - story.wired.clock.now() < timedelta(seconds=1)
