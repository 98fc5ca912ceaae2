"""Which wins are worth a word."""

from datetime import date

import pytest

from coach_portal.core.rules.worth import worth

TODAY, YESTERDAY, LAST_WEEK = date(2026, 11, 18), date(2026, 11, 17), date(2026, 11, 11)
USUAL = {"is_own": False, "at_most": False, "last_win": YESTERDAY, "last_of_goal": YESTERDAY, "most": 5.0}


@pytest.mark.parametrize(
    ("amount", "known", "told"),
    [
        pytest.param(5.0, {}, None, id="as always"),
        pytest.param(6.0, {}, "most", id="more than ever"),
        pytest.param(6.0, {"at_most": True}, None, id="more of what is limited is no win"),
        pytest.param(None, {"most": None}, None, id="done, without an amount"),
        pytest.param(5.0, {"last_of_goal": None}, "first", id="the first time of a goal"),
        pytest.param(None, {"last_win": None, "last_of_goal": None, "is_own": True}, "first", id="the very first"),
        pytest.param(5.0, {"last_win": LAST_WEEK}, "back", id="back after a week"),
        pytest.param(None, {"is_own": True, "last_of_goal": None}, "own", id="outside the goals"),
    ],
)
def test_worth(amount, known, told):
    assert worth(TODAY, amount, **USUAL | known) == told
