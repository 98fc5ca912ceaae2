"""How a client stands: what a human must see comes before everything else."""

from datetime import timedelta

import pytest

from coach_portal.core.rules.marks import days_of
from coach_portal.core.rules.standing import Situation, standing
from tests.cast import NOW

QUIET = days_of(("done", "silent", "silent", "silent", "not_asked"))
SLIPS = days_of(("done", "missed", "missed", "missed", "not_asked"))
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("situation", "told"),
    [
        pytest.param(Situation("revoked", {"risk"}), "safety", id="danger, also of who opted out"),
        pytest.param(Situation("granted", {"risk", "bad_number"}, held=True), "safety", id="danger before all"),
        pytest.param(Situation("granted", {"wants_answer"}), "wants_you", id="a question"),
        pytest.param(Situation("granted", {"maybe_stop"}, held=True), "wants_you", id="perhaps a stop"),
        pytest.param(Situation("granted", {"bad_number"}), "number_broken", id="an alert about the number"),
        pytest.param(Situation("granted", unreachable=True), "number_broken", id="a number that takes no texts"),
        pytest.param(Situation("granted", held=True), "held", id="held"),
        pytest.param(Situation("granted", paused_until=LATER, days=QUIET), "paused", id="away is not silent"),
        pytest.param(Situation("granted", paused_until=EARLIER, days=QUIET), "silent", id="back and silent"),
        pytest.param(Situation("granted", days=SLIPS), "slipping", id="slipping"),
        pytest.param(Situation("granted", days=days_of(("done",))), "on_track", id="on track"),
        pytest.param(Situation("granted", has_goal=False), "no_goal", id="nothing agreed"),
        pytest.param(Situation("none"), "not_confirmed", id="not asked"),
        pytest.param(Situation("invited"), "not_confirmed", id="asked"),
        pytest.param(Situation("declined"), "declined", id="said no"),
        pytest.param(Situation("revoked", {"wants_answer"}), "opted_out", id="opted out"),
    ],
)
def test_standing(situation, told):
    assert standing(situation, NOW) == told


def test_who_has_gone_quiet_is_silent_whatever_the_marks():
    assert standing(Situation("granted", alerts={"silent_client"}, days=days_of(["done"] * 14)), NOW) == "silent"
