"""The sweep: everyone is asked once, at their own local minute, about what they have not told us of yet."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.moments import check_ins, schedules
from coach_portal.core.services.moments.schedules import schedule_of
from coach_portal.core.services.people import clients
from tests.factories import make_client, make_goal, make_schedule
from tests.fakes import Crash
from tests.story import local


@pytest.fixture
def sweep(story):
    """Plan what is due now, and answer the ids to queue."""

    def plan(batch=1000, then=None):
        with story.wired.database.transaction() as connection:
            swept = check_ins.plan_check_ins(connection, story.wired.clock.now(), batch)
            if then:
                raise then
            return swept

    return plan


@pytest.fixture
def ruth_at_nine(story):
    """Ruth has a goal and is asked at nine."""
    story.goal()
    story.schedule("09:00")
    return story


def asked_on(story):
    """The local dates that a check-in text was planned for, in order."""
    dates = {check_in.id: check_in.local_date for check_in in story.rows(tables.check_in)}
    return [dates[text.check_in_id] for text in story.rows(tables.message, kind="check_in", state="accepted")]


def reasons(story, kind="check_in"):
    """Why texts of this kind were not sent, None for those that were."""
    return [text.reason for text in story.rows(tables.message, kind=kind, direction="out")]


def test_not_a_minute_early(ruth_at_nine):
    ruth_at_nine.it_is("2026-11-18 08:59")
    assert ruth_at_nine.phone() == []


def test_once_for_each_local_date(ruth_at_nine):
    for moment in ("18 09:00", "18 09:01", "18 21:00", "19 09:00", "19 09:05"):
        ruth_at_nine.it_is(f"2026-11-{moment}")
    assert asked_on(ruth_at_nine) == [date(2026, 11, 18), date(2026, 11, 19)]


def test_only_on_the_chosen_days(story):
    story.goal()
    story.schedule("09:00", days="46")
    for day in range(18, 25):
        story.it_is(f"2026-11-{day} 09:00")
    assert asked_on(story) == [date(2026, 11, 19), date(2026, 11, 21)]


def test_at_the_clients_own_hour(story):
    there = make_client(story.wired.database, story.cast.alice, phone="+61255501234", timezone="Australia/Lord_Howe")
    make_goal(story.wired.database, story.cast, client=there)
    make_schedule(story.wired.database, story.cast, "09:00", client=there)
    story.it_is("2026-11-19 08:59", "Australia/Lord_Howe")
    assert story.phone("+61255501234") == []
    story.it_is("2026-11-19 09:00", "Australia/Lord_Howe")
    assert len(story.phone("+61255501234")) == 1


def test_after_days_away_only_the_latest_is_asked(ruth_at_nine):
    ruth_at_nine.it_is("2026-11-22 09:20")
    assert asked_on(ruth_at_nine) == [date(2026, 11, 22)]
    assert len(ruth_at_nine.rows(tables.check_in, kind="check_in")) == 1


def test_an_hour_late_is_asked_still(ruth_at_nine):
    ruth_at_nine.it_is("2026-11-18 10:00")
    assert asked_on(ruth_at_nine) == [date(2026, 11, 18)]


def test_past_its_deadline_it_is_shown_and_not_sent(ruth_at_nine):
    ruth_at_nine.it_is("2026-11-18 13:00")
    assert ruth_at_nine.phone() == []
    assert reasons(ruth_at_nine) == ["too_late"]
    assert ruth_at_nine.row(tables.check_in).state == "not_sent"


def test_what_was_told_already_is_not_asked(ruth_at_nine):
    ruth_at_nine.text("did 5 squats")
    ruth_at_nine.it_is("2026-11-18 09:00")
    assert reasons(ruth_at_nine) == ["already_told"]


def test_what_was_missed_already_is_not_asked(ruth_at_nine):
    ruth_at_nine.wired.clock.move_to(local("2026-11-18 08:40"))
    ruth_at_nine.text("no squats today, my knee is bad")
    ruth_at_nine.it_is("2026-11-18 09:00")
    assert reasons(ruth_at_nine) == ["already_told"]


def test_only_what_was_not_told_yet_is_asked(ruth_at_nine):
    ruth_at_nine.goal("Stretch")
    ruth_at_nine.text("did 5 squats")
    ruth_at_nine.it_is("2026-11-18 09:00")
    assert "Stretch" in ruth_at_nine.phone()[-1]
    assert "squats" not in ruth_at_nine.phone()[-1]


def test_without_a_goal_there_is_nothing_to_ask(story):
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    assert reasons(story) == ["no_goals"]


@pytest.mark.parametrize(
    ("silenced", "reason"),
    [
        ({"held_at": local("2026-11-18 08:00")}, "held"),
        ({"paused_until": local("2026-11-25 08:00")}, "paused"),
        ({"unreachable_at": local("2026-11-18 08:00")}, "unreachable"),
        ({"consent": "invited"}, "no_consent"),
        ({"consent": "revoked"}, "opted_out"),
    ],
)
def test_who_may_not_be_texted_is_not_and_the_page_says_why(ruth_at_nine, silenced, reason):
    ruth_at_nine.change(tables.client, ruth_at_nine.cast.ruth, **silenced)
    ruth_at_nine.it_is("2026-11-18 09:00")
    assert ruth_at_nine.phone() == []
    assert reasons(ruth_at_nine) == [reason]


def test_before_the_practice_opens_it_waits_for_the_hour(story):
    story.goal()
    story.schedule("07:30")
    story.it_is("2026-11-19 07:30")
    assert story.phone() == []
    story.it_is("2026-11-19 08:00")
    assert len(story.phone()) == 1


def test_goals_are_asked_about_on_their_own_days(story):
    story.goal("Weekday walk", cadence="weekdays")
    story.goal("Weekend rest", cadence="weekends")
    story.schedule("09:00")
    story.it_is("2026-11-20 09:00")
    story.it_is("2026-11-21 09:00")
    friday, saturday = story.phone()
    assert ("walk" in friday, "rest" in friday) == (True, False)
    assert ("walk" in saturday, "rest" in saturday) == (False, True)


def test_chosen_goals_alone_are_asked_about(story):
    story.goal("5 squats")
    stretch = story.goal("Stretch")
    story.schedule("09:00", goal_ids=[stretch])
    story.it_is("2026-11-18 09:00")
    assert "squats" not in story.phone()[-1]
    assert story.row(tables.check_in).goal_ids == [stretch]


def test_a_schedule_moved_to_later_does_not_ask_twice_a_day(ruth_at_nine):
    ruth_at_nine.it_is("2026-11-18 09:00")
    edit(ruth_at_nine, local_time="11:00")
    ruth_at_nine.it_is("2026-11-18 11:00")
    ruth_at_nine.it_is("2026-11-19 11:00")
    assert asked_on(ruth_at_nine) == [date(2026, 11, 18), date(2026, 11, 19)]


def test_a_client_who_flies_west_is_not_asked_twice_for_a_date(ruth_at_nine):
    ruth_at_nine.it_is("2026-11-18 09:00")
    moved = {"name": "Ruth Adeyemi", "timezone": "Pacific/Honolulu", "locale": "en"}
    with ruth_at_nine.wired.database.session() as session:
        ruth, alice = session.get_one(Client, ruth_at_nine.cast.ruth), session.get_one(Coach, ruth_at_nine.cast.alice)
        clients.edit_client(session, alice, ruth, moved, ruth_at_nine.wired.clock.now())
    ruth_at_nine.it_is("2026-11-18 09:00", "Pacific/Honolulu")
    ruth_at_nine.it_is("2026-11-19 09:00", "Pacific/Honolulu")
    assert asked_on(ruth_at_nine) == [date(2026, 11, 18), date(2026, 11, 19)]


def test_a_removed_schedule_asks_no_more(ruth_at_nine):
    with ruth_at_nine.wired.database.session() as session:
        schedule = session.get_one(schedules.CheckInSchedule, ruth_at_nine.row(tables.schedule, kind="check_in").id)
        alice = session.get_one(Coach, ruth_at_nine.cast.alice)
        schedules.remove_schedule(session, alice, schedule, ruth_at_nine.wired.clock.now())
    ruth_at_nine.it_is("2026-11-18 09:00")
    assert ruth_at_nine.phone() == []


def test_batches_follow_one_another_until_none_is_left(story):
    crowd(story, 7)
    story.it_is("2026-11-18 09:00")
    assert len(story.wired.sender.sent) == 7


def test_a_batch_takes_no_more_than_it_is_told(story, sweep):
    crowd(story, 3)
    story.wired.clock.move_to(local("2026-11-18 09:00"))
    assert [sweep(batch=2).claimed for _ in range(3)] == [2, 1, 0]


def test_two_sweeps_at_once_claim_nothing_twice(story, sweep):
    crowd(story, 12)
    story.wired.clock.move_to(local("2026-11-18 09:00"))
    with ThreadPoolExecutor(4) as sweepers:
        swept = list(sweepers.map(lambda _: sweep(batch=5), range(8)))
    planned = [message_id for each in swept for message_id in each.message_ids]
    assert len(planned) == len(set(planned)) == 12
    assert len(story.rows(tables.check_in)) == 12


def test_a_sweep_that_breaks_off_plans_nothing_and_can_be_repeated(story, sweep):
    crowd(story, 3)
    story.wired.clock.move_to(local("2026-11-18 09:00"))
    with pytest.raises(Crash):
        sweep(then=Crash())
    assert story.rows(tables.check_in) == []
    assert len(sweep().message_ids) == 3


def test_a_schedule_that_cannot_be_computed_holds_up_nobody(ruth_at_nine):
    story = ruth_at_nine
    lost = make_client(story.wired.database, story.cast.alice, name="Lost", phone="+16175550112")
    make_goal(story.wired.database, story.cast, client=lost)
    make_schedule(story.wired.database, story.cast, client=lost)
    story.change(tables.client, lost, timezone="Atlantis/Capital")
    story.it_is("2026-11-18 09:00")
    assert reasons(story) == [None]
    story.it_is("2026-11-19 09:00")
    assert reasons(story) == [None, None]


def test_nothing_due_writes_nothing(story, sweep, statements):
    assert sweep().claimed == 0
    assert all(statement.startswith(("BEGIN", "SELECT")) for statement in statements)


def test_the_statements_do_not_grow_with_the_crowd(story, sweep, statements):
    def needed(day):
        story.wired.clock.move_to(local(f"2026-11-{day} 09:00"))
        statements.clear()
        sweep()
        return len(statements)

    crowd(story, 2)
    few = needed(18)
    crowd(story, 20, first=2)
    assert needed(19) == few


def crowd(story, size, first=0):
    """So many clients are asked at nine."""
    for number in range(first, first + size):
        client = make_client(story.wired.database, story.cast.alice, phone=f"+1617555{2000 + number}")
        make_goal(story.wired.database, story.cast, client=client)
        make_schedule(story.wired.database, story.cast, "09:00", client=client)


def edit(story, **changes):
    """Change the check-in's schedule."""
    with story.wired.database.session() as session:
        ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
        schedule = schedule_of(session, ruth, story.row(tables.schedule, kind="check_in").id)
        data = {"days": schedule.days, "local_time": schedule.local_time, **changes}
        schedules.edit_schedule(session, alice, schedule, data, story.wired.clock.now() + timedelta(minutes=1))
