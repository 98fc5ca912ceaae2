"""Every code we store has its plain words on the pages."""

from typing import get_args

import pytest

from coach_portal.core.rules.marks import Mark
from coach_portal.core.rules.may_send import Rule
from coach_portal.core.rules.message_state import FINAL, OPEN
from coach_portal.core.rules.replies.understanding import Act
from coach_portal.core.rules.standing import Standing
from coach_portal.core.schemas import CADENCES, KINDS, LOCALES
from coach_portal.core.services.moments.silence import REASONS
from coach_portal.web import drawing, words


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        pytest.param(get_args(Standing), words.STANDINGS, id="standings"),
        pytest.param(get_args(Rule), words.SILENCES, id="silences"),
        pytest.param(get_args(Rule), words.WHY_NOT, id="silences that are over"),
        pytest.param(REASONS, words.NOTHING_DUE, id="days on which nothing is due"),
        pytest.param(OPEN | FINAL | {"accepted", "sent"}, words.STATES, id="states"),
        pytest.param(set(get_args(Act)) - {"win", "miss", "chatter"}, words.UNDERSTOOD, id="acts"),
        pytest.param(get_args(Mark), drawing.MARKS_IN_WORDS, id="marks"),
        pytest.param(KINDS, words.KINDS, id="kinds of question"),
        pytest.param(LOCALES, words.LANGUAGES, id="languages"),
    ],
)
def test_no_code_is_without_words(codes, table):
    assert set(codes) <= set(table)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("1234567", "every day"),
        ("12345", "weekdays"),
        ("67", "weekends"),
        ("3", "Wednesday"),
        ("14", "Monday and Thursday"),
        ("531", "Mon, Wed and Fri"),
    ],
)
def test_days_in_words(days, told):
    assert words.days_in_words(days) == told


def test_every_cadence_reads_as_people_say_it():
    told = [words.cadence(code) for code in CADENCES]
    assert told[:5] == ["every day", "weekdays", "weekends", "once a week", "2 times a week"]
    assert len(set(told)) == len(CADENCES)


def test_marks_are_told_in_runs():
    assert drawing.in_words(("done", "done", "missed", "done")) == "done 2, missed 1, done 1"
