"""Groups on the pages: made, filled from the list, shown alone, and taken apart with a way back."""

import pytest

from coach_portal.core.models import tables
from tests.factories import make_client
from tests.rows import count, row
from tests.web.test_roster import names

GROUPS = "/clients/groups"


@pytest.fixture
def group(alice, cast, database):
    """The address of a group with Ruth in it."""
    alice.post("/clients/many/group", {"clients": str(cast.ruth), "name": "Sleepers"}, page="/clients/new")
    return f"{GROUPS}/{row(database, tables.client_group).id}"


def test_who_was_ticked_goes_into_a_new_group_that_the_list_shows_alone(alice, cast, database, group):
    make_client(database, cast.alice, name="Eli Brandt", phone="+16175550112")
    assert names(alice.get("/clients")) == ["Eli Brandt", "Ruth Adeyemi"]
    assert names(alice.get(f"/clients?group={group.rsplit('/', 1)[1]}")) == ["Ruth Adeyemi"]
    assert names(alice.get("/clients?group=999")) == []


def test_a_group_is_chosen_when_there_is_one(alice, cast, database, group):
    eli = make_client(database, cast.alice, name="Eli Brandt", phone="+16175550112")
    assert "Sleepers" in alice.get(f"/clients/many?act=group&client={eli}").text
    form = {"clients": str(eli), "group": group.rsplit("/", 1)[1]}
    assert alice.post("/clients/many/group", form, page="/clients/new").status_code == 303
    assert "Eli Brandt" in alice.get(group).text


def test_without_a_name_there_is_no_group(alice, cast, database):
    form = {"clients": str(cast.ruth), "name": " "}
    assert alice.post("/clients/many/group", form, page="/clients/new").status_code == 422
    assert alice.post(GROUPS, {"name": ""}).status_code == 422
    assert count(database, tables.client_group) == 0


def test_who_was_taken_out_can_be_put_back(alice, cast, database, group):
    alice.post(f"{group}/take-out", {"client": str(cast.ruth)}, page=group)
    assert "Ruth Adeyemi is no longer in the group." in alice.get(group).text
    alice.post(f"{group}/put-in", {"client": str(cast.ruth)}, page=group)
    assert count(database, tables.group_member) == 1


def test_it_is_renamed_and_ended(alice, database, group):
    alice.post(GROUPS, {"name": "Walkers"})
    assert alice.post(group, {"name": "WALKERS"}).status_code == 422
    assert alice.post(group, {"name": "Night owls"}).status_code == 303
    alice.post(f"{group}/drop", page=group)
    assert "Night owls" not in alice.get(GROUPS).text
    assert count(database, tables.client) == 1
