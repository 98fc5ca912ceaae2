"""The week as a picture."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.marks import Tally
from coach_portal.core.rules.pictures import _MARKS, EDGE, WIDTH, GoalStrip, PicturedWeek, picture, told
from tests.pictures.weeks import MONDAY, WEEKS, strip, week

STOCK = Path("coach_portal/web/templates/marks.svg")


def said(svg: str) -> str:
    """All words of a drawing."""
    return " ".join("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter() if "text" in text.tag)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_it_bears_their_name_the_dates_and_the_goals(locale):
    words = said(picture(WEEKS[locale]["full"], locale))
    expected = {
        "en": ("Ruth’s week", "November 16 to 22", "5 squats after I brush my teeth", "7 of 7"),
        "es": ("La semana de Lucía", "Del 16 al 22 de noviembre", "Paseo de 20 minutos", "7 de 7"),
    }
    assert [each for each in expected[locale] if each not in words] == []


def test_what_was_not_done_is_not_held_up_in_numbers():
    assert "0 of" not in said(picture(WEEKS["en"]["empty"], "en"))
    assert "0 of" not in said(picture(WEEKS["en"]["own-wins"], "en"))


def test_an_empty_week_is_told_kindly():
    assert "A quiet week. Nothing is lost by it." in said(picture(WEEKS["en"]["empty"], "en"))
    assert "quiet" not in said(picture(WEEKS["en"]["own-wins"], "en"))


def test_of_many_goals_the_rest_are_counted():
    words = said(picture(WEEKS["en"]["many"], "en"))
    assert "Breathe" in words
    assert "Floss" not in words
    assert "+ 2" in words


def test_where_only_other_wins_were_had_they_come_first():
    words = said(picture(WEEKS["en"]["own-wins"], "en"))
    assert words.index("got up before nine") < words.index("Write one page")


def test_what_the_fonts_cannot_show_is_left_out():
    words = said(picture(week("李", strip("Run 🎉", "ddddddd")), "en"))
    assert "Your week" in words
    assert "🎉" not in words


def test_people_may_write_what_they_like():
    body = picture(
        week("<Ruth> & co", strip('"5" <b>squats</b>', "ddddddd"), quote="a < b && c > d is what I did"), "en"
    )
    assert "a < b && c > d is what I did" in said(body)


def test_a_long_name_stays_on_the_sheet():
    svg = picture(replace(WEEKS["en"]["full"], client="Wolfeschlegelsteinhausenbergerdorff"), "en")
    size = float(re.search(r'font-size="([\d.]+)"[^>]*>Wolfe', svg)[1])
    assert size * len("Wolfeschlegelsteinhausenbergerdorff’s week") * 0.45 < WIDTH - 2 * EDGE


def test_it_can_be_told_to_who_cannot_see_it():
    assert told(WEEKS["en"]["cutting-down"], "en") == "Marcus’s week, At most 2 coffees 5 of 7"


def test_the_marks_are_those_of_every_page():
    """The same forms and sizes, except that lines are finer on the larger ones."""
    stock = STOCK.read_text()
    for kind in ("done", "missed", "silent"):
        radius = re.search(r'r="([\d.]+)"', _MARKS[kind])[1]
        assert re.search(rf'id="{kind}" r="{radius}"', stock), kind


@given(
    st.text(max_size=60),
    st.lists(st.builds(GoalStrip, st.text(max_size=80), st.just(["done"] * 7), st.just(Tally(7, 7))), max_size=12),
    st.lists(st.text(max_size=60), max_size=7),
    st.none() | st.text(max_size=120),
)
def test_any_week_can_be_drawn(client, goals, wins, quote):
    days = week("x").days
    drawn = ElementTree.fromstring(picture(PicturedWeek(client, days, goals, wins, quote, "Northlight"), "en"))
    assert drawn.get("width") == "1080"
    assert days[0] == MONDAY
