"""Which passwords are refused."""

import pytest

from coach_portal.core.rules.passwords import problem_with


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short1!", "too_short"),
        ("x" * 1025, "too_long"),
        ("password", "common"),
        ("password1!", "common"),
        ("P@ssw0rd2026", "common"),
        ("123456789", "common"),
        ("abcdefghij", "common"),
        ("aaaaaaaaaa", "common"),
        ("19840512", "common"),
        ("Iloveyou!!", "common"),
        ("qwertyuiop", "common"),
    ],
)
def test_refused(password, problem):
    assert problem_with(password) == problem


@pytest.mark.parametrize(
    "password",
    ["seven quiet mornings", "kettle then journal", "gT7#qLp2", "пароль на утро", "🌱🌿🌱🌿🌲🌳🌴🌵", "   a  space   "],
)
def test_accepted(password):
    assert problem_with(password) is None
