"""Links that open one thing, for one person, for as long as they should."""

from datetime import timedelta

import pytest

from coach_portal.core.rules.links import ALERT_GOOD_FOR, SECOND, AlertPass, Links
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import coach_alert
from tests.cast import NOW

LINKS = Links("https://portal.example.com", "a secret")


def written(_row_id):
    """Whatever row it is, it was written now."""
    return NOW


def token(url):
    """The last part of an address."""
    return url.rsplit("/", 1)[1]


@pytest.mark.parametrize("who", ["c3", SECOND])
def test_an_alerts_link_says_which_alert_and_who(who):
    link = LINKS.alert(17, NOW, who, NOW)
    assert link.startswith("https://portal.example.com/a/")
    assert LINKS.read_alert(token(link), NOW, written) == AlertPass(17, who)


def test_an_alerts_link_ends_and_no_earlier_than_it_should():
    mine = token(LINKS.alert(17, NOW, "c3", NOW))
    assert LINKS.read_alert(mine, NOW + ALERT_GOOD_FOR, written) is not None
    assert LINKS.read_alert(mine, NOW + ALERT_GOOD_FOR + timedelta(hours=1), written) is None


def test_a_link_to_stop_never_ends():
    assert LINKS.read_stop(token(LINKS.stop(42, NOW)), written) == 42


@pytest.mark.parametrize("place", range(0, 34, 3))
def test_a_link_that_was_changed_anywhere_opens_nothing(place):
    mine = token(LINKS.alert(17, NOW, "c3", NOW))
    place = min(place, len(mine) - 1)
    changed = mine[:place] + ("0" if mine[place] != "0" else "1") + mine[place + 1 :]
    assert LINKS.read_alert(changed, NOW, written) is None


def test_a_link_of_one_kind_opens_nothing_of_the_other():
    assert LINKS.read_stop(token(LINKS.alert(17, NOW, "c3", NOW)), written) is None
    assert LINKS.read_alert(token(LINKS.stop(17, NOW)), NOW, written) is None


def test_another_installations_link_opens_nothing_here():
    assert Links("https://portal.example.com", "another").read_stop(token(LINKS.stop(42, NOW)), written) is None


def test_a_link_to_one_who_is_gone_opens_nobody_who_got_their_number():
    later = NOW + timedelta(seconds=1)
    assert LINKS.read_stop(token(LINKS.stop(42, NOW)), lambda _: later) is None
    assert LINKS.read_alert(token(LINKS.alert(17, NOW, "c3", NOW)), NOW, lambda _: later) is None


def test_a_link_to_nobody_opens_nothing():
    assert LINKS.read_stop(token(LINKS.stop(42, NOW)), lambda _: None) is None


@pytest.mark.parametrize("rubbish", ["", ".", "x", "17", "17.", ".sig", "é.é", "1.c1.ffffffff.", "\x00"])
def test_rubbish_opens_nothing(rubbish):
    assert LINKS.read_alert(rubbish, NOW, written) is None
    assert LINKS.read_stop(rubbish, written) is None


def test_a_secret_is_in_no_repr():
    assert "a secret" not in repr(LINKS)


def test_an_alert_with_its_link_fits_one_text():
    for locale in ("en", "es"):
        assert segments(coach_alert("Ruth", LINKS.alert(999, NOW, "c99", NOW), locale)).count == 1
