"""A check-in by call: the coach named first, the same understanding as a text's, the same log."""

import pytest

from coach_portal.core.models import tables
from tests.cast import RUTHS_PHONE
from tests.core.services.calls.ringing import agree_to_calls, calls, calls_in, ringing
from tests.rows import rows


@pytest.fixture
def called(story):
    """Ruth, who has two goals and agreed to calls, is called at nine."""
    agree_to_calls(story)
    story.goal("5 squats", anchor="after I brush my teeth")
    story.goal("Read a page")
    story.schedule("09:00", channel="call")
    story.it_is("2026-11-19 09:00")
    return story


def wins(story):
    """The titles that Ruth won."""
    titles = {goal.id: goal.title for goal in story.rows(tables.goal)}
    return [titles[win.goal_id] for win in story.rows(tables.win)]


def test_nobody_is_called_who_did_not_agree_to_calls(story):
    story.goal()
    story.schedule("09:00", channel="call")
    story.it_is("2026-11-19 09:00")
    assert story.wired.caller.placed == []
    assert len(story.phone()) == 1


def test_who_agreed_is_called_and_not_texted(called):
    (call,) = called.wired.caller.placed
    assert call.to == RUTHS_PHONE
    assert called.phone() == []


def test_the_coach_is_named_first(called):
    said = ringing(called).answer().last
    assert said.startswith("This is Alice's check-in, an automatic call from Moreau Coaching. Hello Ruth.")


def test_the_number_of_the_practice_is_told_on_the_call(called):
    line = ringing(called).answer().press("1")
    assert "Our number is 1 6 1 7 5 5 5 0 1 0 0" in line.last


def test_it_asks_one_question_about_all_goals(called):
    said = ringing(called).answer().last
    assert said.count("?") == 1
    assert "5 squats and Read a page" in said


def test_words_are_understood_as_in_a_text(story):
    agree_to_calls(story)
    story.goal("5 squats")
    story.schedule("09:00", channel="call")
    story.it_is("2026-11-19 09:00")
    line = ringing(story).answer().say("I did two of them")
    assert story.row(tables.win).amount == 2
    assert "2 squats" in line.last


def test_the_answer_is_said_and_not_texted(called):
    ringing(called).answer().say("I did both")
    assert called.phone() == []


def test_what_was_said_stands_in_the_conversation(called):
    ringing(called).answer().say("I did both")
    (heard,) = rows(called.wired.database, tables.message, direction="in", channel="call")
    assert (heard.body, heard.check_in_id is not None) == ("I did both", True)


def test_the_same_word_told_twice_by_the_carrier_is_heard_once(called):
    line = ringing(called).answer()
    there = line.going_on
    first = line.say("I did both").last
    line.going_on = there
    assert line.say("I did both").last == first
    assert len(wins(called)) == 2


def test_one_is_all_done(called):
    ringing(called).answer().press("1")
    assert wins(called) == ["5 squats", "Read a page"]


def test_two_is_none_done(called):
    ringing(called).answer().press("2")
    assert wins(called) == []
    assert len(called.rows(tables.miss)) == 2


def test_four_goes_through_them_one_by_one(called):
    line = ringing(called).answer().press("4")
    assert line.last.startswith("5 squats")
    assert line.press("1").last.startswith("Read a page")
    line.press("2")
    assert wins(called) == ["5 squats"]
    assert len(called.rows(tables.miss)) == 1


def test_mumbling_is_asked_about_once_more_then_for_the_keys(called):
    line = ringing(called).answer().say("mmh grrmbl", "0.2")
    assert line.last.startswith("Sorry, I did not get that.")
    assert line.say("mmh grrmbl", "0.2").last.startswith("I still did not get that. Please use the keys")
    assert line.press("1").over is False
    assert wins(called) == ["5 squats", "Read a page"]


def test_whoever_drives_need_not_use_the_keys(called):
    line = ringing(called).answer().say("mmh grrmbl", "0.2").say("mmh grrmbl", "0.2")
    assert "or just hang up: a text will do later. Press 1 for all of it" in line.last


def test_what_was_badly_heard_records_nothing_and_is_kept_for_the_coach(called):
    ringing(called).answer().say("I did both", "0.1")
    assert wins(called) == []
    (heard,) = called.rows(tables.message, direction="in")
    assert (heard.body, heard.confidence) == ("I did both", 0.3)


def test_words_without_the_ears_own_doubt_count(called):
    ringing(called).answer().say("I did both", confidence="")
    assert len(wins(called)) == 2


def test_silence_ends_kindly(called):
    line = ringing(called).answer().silence().silence().silence()
    assert line.over
    assert "that is all right" in line.last


def test_nine_ends_the_calls_and_is_confirmed_on_the_call(called):
    line = ringing(called).answer().press("9")
    assert "You will get no more calls from Moreau Coaching" in line.last
    assert called.row(tables.client).calls == "revoked"
    assert called.row(tables.client).consent == "granted"


def test_after_nine_the_next_question_comes_by_text(called):
    ringing(called).answer().press("9")
    called.it_is("2026-11-20 09:00")
    assert len(called.wired.caller.placed) == 1
    assert len(called.phone()) == 1


def test_nine_twice_ends_the_texts_too(called):
    line = ringing(called).answer().press("9").press("9")
    assert line.over
    assert called.row(tables.client).consent == "revoked"
    assert called.row(tables.suppression).phone == RUTHS_PHONE


def test_stop_said_aloud_ends_texts_and_calls_and_is_confirmed_there(called):
    line = ringing(called).answer().say("please stop calling me")
    assert "no more texts or automated calls" in line.last
    assert (called.row(tables.client).consent, called.row(tables.client).calls) == ("revoked", "revoked")
    assert called.phone() == []


def test_both_ends_of_consent_are_lines_of_the_ledger(called):
    ringing(called).answer().press("9").press("9")
    lines = [(line.channel, line.event, line.method) for line in called.rows(tables.consent)]
    assert lines[-3:] == [("call", "granted", "coach"), ("call", "revoked", "call"), ("text", "revoked", "call")]


def test_danger_said_aloud_gets_the_lines_spoken_digit_by_digit(called):
    line = ringing(called).answer().say("I do not want to live any more")
    assert "9 8 8" in line.last
    assert "9 1 1" in line.last
    assert line.over


def test_danger_said_aloud_is_texted_too_and_alerts_the_coach(called):
    ringing(called).answer().say("I do not want to live any more")
    assert "988" in called.phone()[0]
    assert called.row(tables.alert).kind == "risk"
    assert called.row(tables.client).held_at is not None


def test_danger_badly_heard_is_still_danger(called):
    line = ringing(called).answer().say("I want to kill myself", "0.05")
    assert "9 8 8" in line.last


def test_a_later_that_is_said_on_the_call_is_a_call_later(called):
    ringing(called).answer().say("ask me at 11 please")
    called.it_is("2026-11-19 11:00")
    assert len(called.wired.caller.placed) == 2


def test_a_clients_own_text_before_the_call_spares_them_it(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", call_at="12:00")
    story.it_is("2026-11-19 09:00")
    story.text("did 5 squats")
    story.it_is("2026-11-19 12:00")
    assert story.wired.caller.placed == []


def test_a_call_follows_a_text_that_nothing_came_back_to(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", call_at="12:00")
    story.it_is("2026-11-19 09:00")
    story.it_is("2026-11-19 12:00")
    assert len(story.phone()) == 1
    assert len(story.wired.caller.placed) == 1
    assert "Hello Ruth" in ringing(story).answer().last


def test_a_held_client_is_not_called(story):
    agree_to_calls(story)
    story.goal()
    story.schedule("09:00", channel="call")
    story.change(tables.client, story.cast.ruth, held_at=story.wired.clock.now())
    story.it_is("2026-11-19 09:00")
    assert story.wired.caller.placed == []


def test_who_tells_of_danger_while_it_rings_is_not_asked_about_their_goals(called):
    line = ringing(called)
    called.text("I want to kill myself")
    said = line.answer().last
    assert "squats" not in said
    assert line.over


def test_it_is_spoken_in_the_clients_language(story):
    agree_to_calls(story)
    story.change(tables.client, story.cast.ruth, locale="es-US")
    story.goal("5 sentadillas")
    story.schedule("09:00", channel="call")
    story.it_is("2026-11-19 09:00")
    line = ringing(story).answer()
    assert line.languages == {"es-MX"}
    assert "¿Cómo fue?" in line.last
    assert "5 sentadillas" in line.say("hice las 5 sentadillas").last
    assert len(calls(story)) == 1


def test_a_stranger_who_calls_hears_who_this_is(story):
    line = calls_in(story, "+16175550999")
    assert "automatic line of Moreau Coaching" in line.last
    assert "9 8 8" in line.last


def test_a_stranger_can_have_their_number_left_alone(story):
    calls_in(story, "+16175550999").press("9")
    assert story.row(tables.suppression).phone == "+16175550999"
