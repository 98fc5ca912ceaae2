"""What each role may do."""

import pytest

from coach_portal.core.rules import roles


@pytest.mark.parametrize("act", roles.TABLE)
def test_the_owner_may_do_everything(act):
    assert roles.may("owner", act)


def test_an_assistant_sees_every_client_and_a_coach_their_own():
    assert roles.may("assistant", "see_everyone")
    assert not roles.may("coach", "see_everyone")


@pytest.mark.parametrize("act", ["manage_people", "hand_over", "erase", "export_practice", "set_hours", "read_trail"])
@pytest.mark.parametrize("role", ["coach", "assistant", "", "Owner"])
def test_what_changes_the_practice_is_the_owners(role, act):
    assert not roles.may(role, act)


def test_every_role_is_described():
    assert set(roles.ABOUT) == set(roles.ROLES)
