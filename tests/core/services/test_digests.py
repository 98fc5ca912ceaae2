"""The week given back: once, on Sunday evening, with what was done and one question."""

from datetime import date

import pytest
from sqlalchemy import insert

from coach_portal.core.models import tables
from coach_portal.core.services.week import digests
from tests.factories import make_client
from tests.story import local

SUNDAY = "2026-11-22"
MOST_STATEMENTS = 3 * digests.BATCH // 1000
"""Three for every thousand clients of a batch."""


@pytest.fixture
def plan(story):
    """Plan the digests that are due now; answers how many were."""

    def now():
        with story.wired.database.transaction() as connection:
            return digests.plan_digests(connection, story.wired.clock.now(), "https://portal.example.com").claimed

    return now


def test_it_comes_at_six_on_sunday_where_they_are(story):
    story.it_is(f"{SUNDAY} 17:59")
    assert story.rows(tables.digest) == []
    story.it_is(f"{SUNDAY} 18:00")
    assert len(story.phone()) == 1


def test_it_comes_once_a_week(story):
    for day in (22, 23, 25, 29, 30):
        story.it_is(f"2026-11-{day} 18:00")
    assert [digest.week_start for digest in story.rows(tables.digest)] == [date(2026, 11, 16), date(2026, 11, 23)]
    assert len(story.phone()) == 2


def test_a_schedule_changed_within_the_week_brings_no_second(story, plan):
    story.it_is(f"{SUNDAY} 18:00")
    story.schedule("19:00", kind="reflection", days="7")
    story.it_is(f"{SUNDAY} 19:00")
    assert len(story.rows(tables.digest)) == 1


def test_after_weeks_away_only_the_latest_is_given(story):
    story.it_is("2026-12-13 18:05")
    assert story.row(tables.digest).week_start == date(2026, 12, 7)


def test_days_done_are_counted_and_not_texts(story):
    story.goal("5 squats", cadence="daily")
    for day, body in ((19, "did 5 squats"), (19, "did 3 squats"), (20, "did 5 squats")):
        story.wired.clock.move_to(local(f"2026-11-{day} 12:00"))
        story.text(body)
    story.it_is(f"{SUNDAY} 18:00")
    assert "2 of 5" in story.phone()[-1], "the goal began on Wednesday"


def test_what_was_taken_back_does_not_count(story):
    story.goal("5 squats")
    story.text("did 5 squats")
    story.text("undo")
    story.it_is(f"{SUNDAY} 18:00")
    assert "1 of" not in story.phone()[-1]


def test_last_weeks_wins_stay_in_last_week(story):
    story.goal("5 squats")
    story.text("did 5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    assert "1 of 5" in story.phone()[-1]
    story.it_is("2026-11-29 18:00")
    assert "1 of" not in story.phone()[-1]


def test_their_own_words_come_back(story):
    story.goal("5 squats")
    story.text("did 5 squats and felt strong after")
    story.it_is(f"{SUNDAY} 18:00")
    assert "felt strong after" in story.phone()[-1]


def test_words_that_worried_us_do_not_come_back(story):
    story.goal("5 squats")
    story.text("did 5 squats but I can't do this anymore")
    assert story.row(tables.alert).kind == "possible_risk"
    story.it_is(f"{SUNDAY} 18:00")
    assert story.row(tables.message, kind="digest").state == "accepted"
    assert "anymore" not in story.phone()[-1]


def test_the_question_in_the_text_is_the_one_that_is_kept(story):
    story.it_is(f"{SUNDAY} 18:00")
    assert story.row(tables.digest).question in story.phone()[-1]


def test_no_one_is_asked_the_same_two_weeks_running(story):
    for day in (22, 29):
        story.it_is(f"2026-11-{day} 18:00")
    first, second = (digest.question for digest in story.rows(tables.digest))
    assert first != second


def test_who_is_paused_gets_none_and_the_page_says_why(story):
    story.text("pause")
    told = len(story.phone())
    story.it_is(f"{SUNDAY} 18:00")
    assert len(story.phone()) == told
    assert story.row(tables.message, kind="digest").reason == "paused"


def test_an_archived_client_gets_none(story):
    story.change(tables.client, story.cast.ruth, archived_at=story.wired.clock.now())
    story.it_is(f"{SUNDAY} 18:00")
    assert story.phone() == []


def test_nothing_due_writes_nothing(story, plan, statements):
    assert plan() == 0
    assert all(statement.startswith(("BEGIN", "SELECT")) for statement in statements)


def test_last_weeks_answer_is_woven_in(story):
    story.it_is(f"{SUNDAY} 18:00")
    story.text("the kettle in the morning, it starts everything")
    story.it_is("2026-11-29 18:00")
    assert 'A week ago you wrote: "the kettle in the morning, it starts everything".' in story.phone()[-1]


def test_an_answer_that_worried_us_is_not(story):
    story.it_is(f"{SUNDAY} 18:00")
    story.text("nothing really, I can't do this anymore and nobody would notice")
    assert story.row(tables.alert).kind in {"risk", "possible_risk"}
    story.change(tables.client, story.cast.ruth, held_at=None)
    story.it_is("2026-11-29 18:00")
    assert story.row(tables.digest, week_start=date(2026, 11, 23)).theme == "kindness"
    assert "notice" not in story.row(tables.message, kind="digest", body=story.phone()[-1]).body


def test_a_day_over_the_limit_is_not_called_done(story):
    story.goal("2 coffees", amount=2, unit="coffees", direction="at_most")
    story.wired.clock.move_to(local("2026-11-19 21:00"))
    story.text("had 2 coffees")
    story.wired.clock.move_to(local("2026-11-20 21:00"))
    story.text("had 5 coffees")
    story.it_is(f"{SUNDAY} 18:00")
    assert "2 coffees 1 of 5 days" in story.phone()[-1]


def test_a_week_is_set_beside_their_own_last_ones(story):
    story.goal("5 squats")
    for day in (18, 25, 26, 27, 28):
        story.wired.clock.move_to(local(f"2026-11-{day} 12:00"))
        story.text("did 5 squats")
    story.it_is("2026-12-06 18:00")
    assert "The 5 times of the weeks before still count." in story.phone()[-1]


def test_a_practices_own_question_is_asked_of_its_own_clients(story):
    practice = story.row(tables.client).practice_id
    number = (date(2026, 11, 22).toordinal() - 1) // 7 + story.cast.ruth
    with story.wired.database.transaction() as connection:
        for owner, body in ((practice + 1, "What did their river look like?"), (practice, "How was the river?")):
            connection.execute(
                insert(tables.reflection_question).values(
                    practice_id=owner,
                    coach_id=story.cast.alice,
                    theme="kindness",
                    locale="en",
                    body=body,
                    slot=number % 13,
                    created_at=story.wired.clock.now(),
                )
            )
    story.it_is(f"{SUNDAY} 18:00")
    assert story.phone()[-1].endswith("How was the river?")


def test_whoever_did_something_can_open_its_picture(story):
    story.goal("5 squats")
    story.text("did 5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    token = story.row(tables.digest).picture_token
    assert f"https://portal.example.com/w/{token}" in story.phone()[-1]


def test_a_practice_without_pictures_sends_no_link(story):
    story.change(tables.practice, story.row(tables.client).practice_id, pictures="off")
    story.goal("5 squats")
    story.text("did 5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    assert "http" not in story.phone()[-1]
    assert story.row(tables.digest).picture_token is None


def test_a_batch_takes_as_many_statements_for_many_as_for_one(story, plan, statements):
    story.goal("5 squats")
    story.text("did 5 squats and felt the morning air")
    for number in range(12):
        make_client(story.wired.database, story.cast.alice, phone=f"+16175550{300 + number}")
    story.wired.clock.move_to(local(f"{SUNDAY} 18:00"))
    del statements[:]
    assert plan() == 13
    assert len([said for said in statements if not said.startswith(("BEGIN", "COMMIT"))]) <= MOST_STATEMENTS


def test_on_sunday_the_week_takes_the_place_of_the_evenings_questions(story):
    story.goal("5 squats")
    story.schedule("17:00")
    story.schedule("20:00", kind="wins")
    for moment in ("17:00", "18:00", "20:00"):
        story.it_is(f"{SUNDAY} {moment}")
    assert [text.kind for text in story.rows(tables.message, state="accepted", direction="out")] == ["digest"]
    silent = [text.reason for text in story.rows(tables.message, state="not_sent") if text.check_in_id]
    assert silent == ["week_instead", "too_late", "week_instead"], "Saturday's question had waited too long"


def test_the_mornings_question_stays(story):
    story.goal("5 squats")
    story.schedule("09:00")
    story.it_is(f"{SUNDAY} 09:00")
    assert len(story.phone()) == 1


def test_on_other_evenings_they_are_asked(story):
    story.goal("5 squats")
    story.schedule("20:00")
    story.it_is("2026-11-21 20:00")
    assert len(story.phone()) == 1


def test_where_mms_is_had_the_picture_goes_along_instead_of_its_link(story):
    story.change(tables.practice, story.row(tables.client).practice_id, pictures="mms")
    story.goal("5 squats")
    story.text("did 5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    sent = story.wired.sender.sent[-1]
    assert sent.media_url == f"https://portal.example.com/w/{story.row(tables.digest).picture_token}"
    assert "http" not in sent.body


def test_elsewhere_the_link_stays(story):
    story.change(tables.practice, story.row(tables.client).practice_id, pictures="mms")
    story.change(tables.client, story.cast.ruth, country="ES")
    story.goal("5 squats")
    story.text("did 5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    assert story.wired.sender.sent[-1].media_url is None
    assert "http" in story.phone()[-1]


def test_days_on_a_pause_are_not_counted_against_them(story):
    story.goal("5 squats")
    story.text("did 5 squats")
    story.text("pause until Saturday")
    assert story.row(tables.pause).ended_at is None
    story.it_is(f"{SUNDAY} 18:00")
    assert "5 squats 1 of 2 days" in story.phone()[-1]


def test_a_goal_retired_in_the_week_was_done_until_then(story):
    goal = story.goal("5 squats")
    story.text("did 5 squats")
    story.wired.clock.move_to(local("2026-11-20 12:00"))
    story.change(tables.goal, goal, retired_at=story.wired.clock.now())
    story.it_is(f"{SUNDAY} 18:00")
    assert "5 squats 1 of 3 days" in story.phone()[-1]
    story.it_is("2026-11-29 18:00")
    assert "squats" not in story.phone()[-1]


@pytest.mark.parametrize("body", ["did 5 squats today", "done", "Squats done!"])
def test_a_bare_report_in_answer_to_the_week_is_a_win(story, body):
    story.goal("5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    story.text(body)
    assert story.row(tables.win).local_date == date(2026, 11, 22)
    assert story.rows(tables.reflection) == []


@pytest.mark.parametrize("body", ["the squats", "I did the squats with my daughter, she counts out loud", "the river"])
def test_an_answer_stays_an_answer(story, body):
    story.goal("5 squats")
    story.it_is(f"{SUNDAY} 18:00")
    story.text(body)
    assert story.row(tables.reflection).body == body
    assert story.rows(tables.win) == []
