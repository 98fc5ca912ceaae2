"""Groups of clients: whose names they are, who is in them, and who may see that."""

import pytest

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, tables
from coach_portal.core.services.people import groups
from tests.factories import make_client, make_coach
from tests.rows import count, rows

ELI = {"name": "Eli Brandt", "phone": "+16175550112"}


@pytest.fixture
def dana(database, cast):
    """Another coach of Alice's practice."""
    return make_coach(database, cast)


@pytest.fixture
def eli(database, dana):
    """Dana's client."""
    return make_client(database, dana, **ELI)


@pytest.fixture
def act(database, now):
    """Do something with a group, as a coach: the group's name finds it."""

    def do(coach_id, what, name, *given):
        with database.session() as session:
            coach = session.get_one(Coach, coach_id)
            if what is groups.make:
                return what(session, coach, name, now).id
            (line,) = [one for one in groups.in_use(session, coach) if one.name == name]
            group = groups.group_of(session, coach, line.id)
            return what(session, coach, group, *given, *([] if what is groups.members else [now]))

    return do


def lines(database, coach_id):
    """Each group a coach finds, and how many members they see."""
    with database.reading() as session:
        return {line.name: line.members for line in groups.in_use(session, session.get_one(Coach, coach_id))}


@pytest.fixture
def sleepers(act, cast, eli):
    """A group with Ruth, who is Alice's, and Eli, who is Dana's."""
    act(cast.alice, groups.make, "Sleepers")
    act(cast.alice, groups.add, "Sleepers", [cast.ruth, eli])
    return "Sleepers"


def test_a_group_is_found_by_everybody_in_the_practice_and_by_nobody_else(database, cast, dana, sleepers):
    assert lines(database, cast.alice) == {"Sleepers": 2}
    assert lines(database, cast.bob) == {"Sleepers": 2}
    assert lines(database, cast.charlie) == {}


def test_a_coach_sees_of_its_members_their_own_clients(database, act, cast, dana, eli, sleepers):
    assert lines(database, dana) == {"Sleepers": 1}
    assert act(dana, groups.members, sleepers) == [eli]
    assert act(cast.bob, groups.members, sleepers) == [cast.ruth, eli]


def test_a_coach_puts_nobody_in_whom_they_do_not_see(act, cast, dana, sleepers):
    act(dana, groups.make, "Mine")
    for what in (groups.add, groups.take_out):
        with pytest.raises(NotFound):
            act(dana, what, "Mine", [cast.ruth])


def test_another_practices_group_is_not_found(database, cast, sleepers):
    theirs = rows(database, tables.client_group)[0].id
    with database.reading() as session, pytest.raises(NotFound):
        groups.group_of(session, session.get_one(Coach, cast.charlie), theirs)


def test_whoever_is_in_it_already_is_not_put_in_twice(database, act, cast, sleepers):
    assert act(cast.alice, groups.add, sleepers, [cast.ruth, cast.ruth]) == []
    assert count(database, tables.group_member, client_id=cast.ruth) == 1


def test_two_groups_are_not_called_the_same_however_it_is_spelt(act, cast, sleepers):
    with pytest.raises(Invalid):
        act(cast.alice, groups.make, "sleepers")
    act(cast.alice, groups.make, "Walkers")
    with pytest.raises(Invalid):
        act(cast.alice, groups.rename, "Walkers", "SLEEPERS")
    act(cast.alice, groups.rename, "Walkers", "walkers")


def test_another_practice_may_call_a_group_the_same(act, cast, sleepers):
    act(cast.charlie, groups.make, "Sleepers")


def test_a_group_goes_and_its_members_stay_clients(database, act, cast, sleepers):
    act(cast.alice, groups.drop, sleepers)
    assert lines(database, cast.alice) == {}
    assert count(database, tables.client) == 2


def test_a_coach_does_not_drop_a_group_with_a_colleagues_clients_in_it(act, cast, dana, sleepers):
    with pytest.raises(Invalid, match="colleagues"):
        act(dana, groups.drop, sleepers)


def test_who_left_a_group_is_out_of_it(act, cast, eli, sleepers):
    assert act(cast.alice, groups.take_out, sleepers, [eli]) == [eli]
    assert act(cast.alice, groups.members, sleepers) == [cast.ruth]


def test_the_log_says_who_was_put_in_and_taken_out(database, act, cast, eli, sleepers):
    act(cast.alice, groups.take_out, sleepers, [eli])
    told = [(one.action, one.detail) for one in rows(database, tables.audit_event) if one.subject.startswith("group:")]
    assert told == [
        ("make_group", {}),
        ("join_group", {"clients": [cast.ruth, eli]}),
        ("leave_group", {"clients": [eli]}),
    ]
