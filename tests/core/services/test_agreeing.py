"""Yes, no, stop and start by text: who agreed to what, and that it holds at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.people import clients, consent
from tests.cast import ALICES_NUMBER, CHARLIES_NUMBER
from tests.factories import make_client

ELI = "+16175550112"


@pytest.fixture
def eli(story):
    """Eli has been invited and has not answered."""
    return make_client(story.wired.database, story.cast.alice, name="Eli Brandt", phone=ELI, agreed=False)


def consent_of(story, client):
    """Where the ledger stands."""
    return story.row(tables.client, id=client).consent


def ledger(story, client):
    """What happened, in order."""
    return [line.event for line in story.rows(tables.consent, client_id=client)]


def test_a_yes_to_the_invitation_agrees_and_is_welcomed(story, eli):
    story.text("Yes please!", sender=ELI)
    assert consent_of(story, eli) == "granted"
    (welcome,) = story.phone(ELI)
    assert "STOP" in welcome


def test_two_yes_at_once_are_one_yes(story, eli):
    with ThreadPoolExecutor(2) as callers:
        list(callers.map(lambda word: story.text(word, sender=ELI), ["YES", "yes!"]))
    story.send()
    assert ledger(story, eli) == ["invited", "granted"]
    assert len(story.phone(ELI)) == 1


def test_the_ledger_keeps_the_words_they_agreed_to(story, eli):
    story.text("YES", sender=ELI, sid="SM" + "f" * 32)
    invited, granted = story.rows(tables.consent, client_id=eli)
    assert (invited.event, granted.event) == ("invited", "granted")
    assert granted.wording == invited.wording == story.row(tables.message, kind="invitation", client_id=eli).body
    assert (granted.method, granted.message_sid) == ("text", "SM" + "f" * 32)
    assert granted.version == invited.version


def test_a_no_is_confirmed_and_then_there_is_silence(story, eli):
    story.text("no thanks", sender=ELI)
    story.text("no thanks", sender=ELI)
    assert consent_of(story, eli) == "declined"
    assert len(story.phone(ELI)) == 1


def test_schedules_sleep_until_the_yes(story, eli):
    (reflection,) = story.rows(tables.schedule, client_id=eli)
    assert reflection.next_due_at is None
    story.text("yes", sender=ELI)
    (reflection,) = story.rows(tables.schedule, client_id=eli)
    assert reflection.next_due_at is not None


@pytest.mark.parametrize(
    "word", ["STOP", "stop", "Quit", "END", "revoke", "cancel", "Unsubscribe", "STOPALL", "optout"]
)
def test_a_stop_word_stops_and_the_carrier_says_goodbye(story, word):
    story.text(word)
    assert consent_of(story, story.cast.ruth) == "revoked"
    assert story.phone() == []


@pytest.mark.parametrize(
    "sentence", ["please stop texting me", "take me off this list", "Opt out", "no more messages please"]
)
def test_a_stop_sentence_stops_and_is_confirmed_once(story, sentence):
    story.text(sentence)
    story.text(sentence)
    assert consent_of(story, story.cast.ruth) == "revoked"
    assert len(story.phone()) == 1


def test_a_stop_silences_one_practice(story):
    make_client(story.wired.database, story.cast.charlie)
    story.text("STOP", to=ALICES_NUMBER)
    story.text("STATUS", to=CHARLIES_NUMBER)
    assert len(story.phone()) == 1


def test_a_start_begins_again(story):
    story.goal()
    story.schedule("09:00")
    story.text("STOP")
    story.text("START")
    assert consent_of(story, story.cast.ruth) == "granted"
    assert story.rows(tables.suppression) == []
    story.it_is("2026-11-18 09:00")
    assert len(story.phone()) == 2


def test_a_start_of_someone_who_agreed_changes_nothing(story):
    before = ledger(story, story.cast.ruth)
    story.text("START")
    assert ledger(story, story.cast.ruth) == before
    assert story.phone() == []


@pytest.mark.parametrize("word", ["YES", "yes please", "ok", "did 5 squats", "hello"])
def test_nothing_but_start_ends_an_opt_out(story, word):
    story.goal()
    story.text("STOP")
    story.text(word)
    assert consent_of(story, story.cast.ruth) == "revoked"
    assert story.phone() == []


def test_help_is_answered_even_after_a_stop(story):
    story.text("STOP")
    story.text("HELP")
    (answer,) = story.phone()
    assert "Moreau Coaching" in answer


def test_the_ledger_only_grows(story, eli):
    story.text("yes", sender=ELI)
    kept = story.rows(tables.consent, client_id=eli)
    for word in ("STOP", "START", "STOP"):
        story.text(word, sender=ELI)
    assert story.rows(tables.consent, client_id=eli)[: len(kept)] == kept
    assert ledger(story, eli) == ["invited", "granted", "revoked", "granted", "revoked"]


def test_the_coach_can_note_an_opt_out(story):
    with story.wired.database.session() as session:
        ruth = session.get_one(clients.Client, story.cast.ruth)
        clients.opt_out(session, session.get_one(clients.Coach, story.cast.alice), ruth, story.wired.clock.now())
    assert story.rows(tables.consent)[-1].method == "coach"
    assert story.row(tables.suppression).reason == "coach"


def test_a_suppression_holds_in_the_practice_it_was_said_to(story):
    story.text("STOP")
    ruth = story.row(tables.client)
    with story.wired.database.transaction() as connection:
        assert consent.is_suppressed(connection, ruth.practice_id, ruth.phone)
        assert not consent.is_suppressed(connection, ruth.practice_id + 1, ruth.phone)
