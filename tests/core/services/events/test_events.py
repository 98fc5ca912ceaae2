"""What befell is written down with it, and told in order."""

import pytest
from sqlalchemy import delete, insert, inspect, text

from coach_portal.core.models import Client, Coach, Win, tables
from coach_portal.core.schemas import AlertOut, ConsentOut, MissOut, ReflectionOut, WinOut
from coach_portal.core.services.events import stream
from coach_portal.core.services.progress import by_hand
from coach_portal.core.services.records import erasure, retention
from coach_portal.migrations.told_events import TOLD
from tests.fakes import Crash
from tests.rows import count, rows


def said_so(story):
    """What is told of the practice's events, in order, and no more."""
    with story.wired.database.transaction() as connection:
        if stream.has_new(connection, 1):
            stream.number_new(connection, 1, story.wired.clock.now())
    with story.wired.database.reading() as session:
        return stream.after(session, session.get_one(Coach, story.cast.alice), 0, 100)[0]


def kinds(story):
    """Their kinds."""
    return [event["kind"] for event in said_so(story)]


def by_alice(story, do, *args, **more):
    """Have something done as Alice, for Ruth."""
    with story.wired.database.session() as session:
        alice, ruth = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
        return do(session, alice, ruth, *args, **more)


def win(story, **more):
    """A win told to Alice; its id."""
    told = {"goal_id": None, "amount": None, "on": story.wired.clock.now().date(), "title": "slept", **more}
    return by_alice(story, lambda *who: by_hand.log(*who, told, story.wired.clock.now()).id)


def test_nothing_is_written_for_a_practice_without_programs(story):
    story.goal()
    story.text("did 5 squats")
    assert count(story.wired.database, tables.event) == 0


def test_a_text_tells_of_a_win_and_of_its_being_taken_back(story, software):
    software.switch_on()
    story.goal()
    story.text("did 5 squats")
    story.text("undo")
    assert kinds(story) == ["win.logged", "win.undone"]


def test_the_same_thing_told_twice_is_one_event(story, software):
    software.switch_on()
    story.goal()
    for _ in range(2):
        story.text("did 5 squats")
    assert kinds(story) == ["win.logged"]


def test_wins_by_hand_are_told_with_all_that_becomes_of_them(story, software):
    software.switch_on()
    win_id, now = win(story), story.wired.clock.now()
    with story.wired.database.session() as session:
        alice, row = session.get_one(Coach, story.cast.alice), session.get_one(Win, win_id)
        by_hand.change(session, alice, row, {**by_hand.given(row), "title": "slept well"}, now)
        by_hand.take_back(session, alice, row, now)
        by_hand.put_back(session, alice, row, now)
    assert kinds(story) == ["win.logged", "win.changed", "win.undone", "win.logged"]


def test_a_win_that_is_gone_was_undone(story, software):
    software.switch_on()
    win_id = win(story)
    with story.wired.database.transaction() as connection:
        connection.execute(delete(tables.win).where(tables.win.c.id == win_id))
    assert [(event["kind"], event["data"]) for event in said_so(story)] == [("win.logged", None), ("win.undone", None)]


def test_stop_is_told_as_an_opt_out_and_a_cry_as_an_alert(story, software):
    software.switch_on()
    story.text("I want to kill myself")
    story.text("STOP")
    told = kinds(story)
    assert "alert.raised" in told
    assert told[-1] == "consent.revoked"


def test_a_question_for_the_coach_needs_a_human(story, software):
    software.switch_on()
    story.text("can you call me please?")
    assert kinds(story) == ["reply.needs_human"]


def test_what_is_rolled_back_was_never_told(story, software):
    software.switch_on()

    def die_over_it(connection):
        day, now = story.wired.clock.now().date(), story.wired.clock.now()
        row = {"practice_id": 1, "client_id": story.cast.ruth, "local_date": day, "source": "x", "recorded_at": now}
        connection.execute(insert(tables.win), row)
        raise Crash

    with pytest.raises(Crash), story.wired.database.transaction() as connection:
        die_over_it(connection)
    assert kinds(story) == []


def test_numbers_rise_by_one_and_are_never_given_twice(story, software):
    software.switch_on()
    for title in ("slept", "walked"):
        win(story, title=title)
    assert [event["number"] for event in said_so(story)] == [1, 2]
    win(story, title="read")
    assert [event["number"] for event in said_so(story)] == [1, 2, 3]
    assert len({event["id"] for event in said_so(story)}) == 3


def test_events_of_another_practice_are_not_ours(story, software):
    software.switch_on()
    win(story)
    said_so(story)
    with story.wired.database.reading() as session:
        charlie = session.get_one(Coach, story.cast.charlie)
        assert stream.after(session, charlie, 0, 100) == ([], False)


def test_switched_off_nothing_more_is_written(story, software):
    software.switch_on()
    win(story)
    software.act(stream.switch, story.wired.clock.now(), on=False)
    win(story, title="walked")
    assert kinds(story) == ["win.logged"]


def test_who_is_erased_leaves_one_event_that_names_nobody(story, software):
    software.switch_on()
    story.goal()
    story.text("did 5 squats")
    said_so(story)
    with story.wired.database.session() as session:
        erasure.erase(session, session.get_one(Client, story.cast.ruth), story.wired.clock.now(), asked_by=None)
    (left,) = rows(story.wired.database, tables.event)
    assert (left.kind, left.client_id, left.subject_id) == ("client.erased", None, story.cast.ruth)
    assert said_so(story)[0]["data"] is None


def test_old_events_are_forgotten(story, software):
    software.switch_on()
    win(story)
    story.wired.clock.move_on(days=31)
    with story.wired.database.transaction() as connection:
        assert retention.tidy(connection, story.wired.clock.now())["events"] == 1


def test_an_event_says_what_the_lists_say(story, software):
    shown = {"win": WinOut, "miss": MissOut, "reflection": ReflectionOut, "alert": AlertOut, "consent": ConsentOut}
    for what, schema in shown.items():
        assert set(stream._ABOUT[what].selected_columns.keys()) == set(schema().fields), what


def test_every_trigger_stands_at_the_newest_schema(database):
    here = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if inspect(database.engine).dialect.name == "postgresql":
        here = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with database.reading() as session:
        standing = set(session.scalars(text(here)))
    assert {f"tell_{name}" for name, *_ in TOLD} <= standing
