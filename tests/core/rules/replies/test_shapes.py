"""What is told by the shape of a text rather than by one more phrase: openings, lists, what was done instead."""

import pytest

from coach_portal.core.rules.replies.language_file import read
from coach_portal.core.rules.replies.text import tokens_of
from tests.core.rules.replies.asking import heard, missed, won


def test_a_pattern_with_a_roof_stands_only_where_a_clause_begins() -> None:
    spoken = read("xx", "[class articles]\n[class openers]\nand\n[cue ask]\n^ is the gym")
    found = [
        bool(spoken.patterns.cues(tokens_of(text))) for text in ("is the gym open", "ok, is the gym", "this is the gym")
    ]
    assert found == [True, True, False]


@pytest.mark.parametrize(
    "text", ["does my sister count", "should I stretch first", "is it ok to swim instead"], ids=str
)
def test_a_question_is_known_by_its_opening(text: str) -> None:
    assert heard(text, "Text a friend", prompt="none").acts == {"message"}


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("chippy tea", "Cook dinner at home"),
        ("straight to voicemail", "Call Mum"),
        ("took the bus both ways", "Walk to work"),
        ("pedimos pizza", "Cocinar en casa"),
    ],
    ids=str,
)
def test_what_was_done_in_its_place_misses_the_goal(text: str, goal: str) -> None:
    found = heard(text, goal, locale="es" if goal.startswith("Coc") else "en")
    assert (won(found), missed(found)) == ([], [0])


@pytest.mark.parametrize(
    ("text", "goal", "amount"),
    [
        ("30 minutes plus ten", "Study 30 minutes", 40),
        ("five minutes became forty", "Tidy desk 5 minutes", 40),
        ("a chapter and a half", "Read a chapter", 1.5),
        ("steps 6k", "10,000 steps", 6000),
        ("not one, I chewed gum", "At most 5 cigarettes", None),
    ],
    ids=str,
)
def test_amounts_are_added_grown_and_halved(text: str, goal: str, amount: float | None) -> None:
    assert won(heard(text, goal)) == [(0, amount)]


def test_places_joined_by_commas_pick_their_goals() -> None:
    assert won(heard("1,2,4", "Pray", "Gym", "Lunch from home", "Sleep by 10")) == [(0, None), (1, None), (3, None)]


def test_what_is_left_open_is_neither_done_nor_missed() -> None:
    found = heard("water yes, steps no, bed who knows", "Water", "Steps", "Bed early")
    assert (won(found), missed(found)) == ([(0, None)], [1])


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("early night, clean kitchen, laundry", 3),
        ("🧺🦷", 2),
        ("my son built a shelf", 1),
        ("didn't throttle the printer", 1),
        ("nothing really", 0),
        ("long day", 0),
    ],
    ids=str,
)
def test_an_open_question_counts_things_named_and_what_the_family_did(text: str, many: int) -> None:
    assert len(heard(text, "Walk", prompt="wins").wins) == many


@pytest.mark.parametrize("text", ["idk", "pass", "ok", "🤷"])
def test_no_answer_is_no_reflection(text: str) -> None:
    assert heard(text, "Walk", prompt="reflection").acts == {"chatter"}


def test_an_injury_told_with_a_miss_is_passed_on() -> None:
    assert heard("no, pulled a hamstring", "Run 3k").acts == {"miss", "message"}


def test_a_number_put_right_later_takes_the_first_back() -> None:
    assert heard("sorry it was 7 pages not 17", "Read 10 pages", prompt="none").acts == {"undo", "win"}
