"""The whole loop, function by function: asked, answered, logged, given back on Sunday."""

from datetime import date

from coach_portal.core.models import tables
from tests.factories import make_client


def test_a_habit_is_asked_about_answered_and_given_back(story):
    squats = story.goal("5 squats", anchor="I brush my teeth", amount=5, unit="squats")
    story.schedule("09:00")

    story.it_is("2026-11-18 09:00")
    assert "squats" in story.phone()[-1]

    story.text("did 5!")
    win = story.row(tables.win)
    assert (win.goal_id, win.amount, win.local_date) == (squats, 5, date(2026, 11, 18))
    assert len(story.phone()) == 2

    story.it_is("2026-11-22 18:00")
    question = story.row(tables.digest).question
    assert question in story.phone()[-1]
    assert "squats" in story.phone()[-1]

    story.text("That small things add up when I do them right after breakfast.")
    reflection = story.row(tables.reflection)
    assert (reflection.question, reflection.body[:22]) == (question, "That small things add ")


def test_a_stop_ends_it_all(story):
    story.goal()
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")

    story.text("STOP")
    told = len(story.phone())
    for day in range(19, 26):
        story.it_is(f"2026-11-{day} 09:00")
        story.it_is(f"2026-11-{day} 18:00")

    assert len(story.phone()) == told
    assert story.row(tables.client, id=story.cast.ruth).consent == "revoked"


def test_nothing_but_the_invitation_leaves_before_a_yes(story):
    eli = "+16175550112"
    client = make_client(story.wired.database, story.cast.alice, name="Eli Brandt", phone=eli, agreed=False)
    story.goal("Stretch", client=client)
    story.schedule("09:00", client=client)
    story.wired.queue.put([message.id for message in story.rows(tables.message, kind="invitation", state="planned")])
    for day in (18, 19):
        story.it_is(f"2026-11-{day} 09:00")
    (invitation,) = story.phone(eli)
    assert "YES" in invitation

    story.text("Yes!", sender=eli)
    story.it_is("2026-11-20 09:00")
    assert "Stretch" in story.phone(eli)[-1]


def test_the_same_minute_swept_again_asks_once(story):
    story.goal()
    story.schedule("09:00")
    for _ in range(3):
        story.it_is("2026-11-18 09:00")
    assert len(story.phone()) == 1
