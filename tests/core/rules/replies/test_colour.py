"""What stands beside an answer and is none: asides, reasons, news, comparisons, numbers of other things."""

import pytest

from tests.core.rules.replies.asking import heard, missed, won


@pytest.mark.parametrize(
    ("text", "goal", "amount"),
    [
        ("Went this morning, should have said", "Gym", None),
        ("forgot to text you, done though", "Gym", None),
        ("I read more than yesterday at least!", "Read 10 pages", None),
        ("I'm at six", "Drink 8 glasses of water", 6),
        ("barely two, shame on me", "Drink 8 glasses of water", 2),
        ("Ten minutes of pretending not to think", "Meditate 10 minutes", 10),
        ("ran 2.4 before my hip said absolutely not", "Run 3 km", 2.4),
        ("three if chips don't count", "Eat 5 portions of veg", 3),
        ("did 5, found my 2019 passport", "5 minute tidy", 5),
        ("138/82 this morning", "Take blood pressure", None),
        ("39 hours clean", "No smoking", None),
        ("head hit the pillow 10.50", "In bed by 11", None),
        ("stuck at two", "Max 2 coffees", 2),
        ("jrnl done", "Journal", None),
    ],
    ids=str,
)
def test_a_win_keeps_its_own_amount(text: str, goal: str, amount: float | None) -> None:
    assert won(heard(text, goal)) == [(0, amount)]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("texted him instead", "Call Dad"),
        ("two at the party", "No smoking"),
        ("one biscuit. ok three.", "No sugar"),
        ("four. it was a four coffee day", "Max 2 coffees"),
        ("I regret to report I did not.", "Physio exercises"),
    ],
    ids=str,
)
def test_a_thing_in_its_place_or_what_was_to_be_left_alone_is_a_miss(text: str, goal: str) -> None:
    assert missed(heard(text, goal)) == [0]


@pytest.mark.parametrize(
    "text", ["my dad passed away this morning", "my dad died on Monday", "se murió mi abuela esta mañana"]
)
def test_grave_news_to_a_check_in_is_for_the_coach_and_no_win(text: str) -> None:
    found = heard(text, "Walk 20 minutes")
    assert (found.acts, found.wins) == ({"message"}, ())


@pytest.mark.parametrize("text", ["ok", "ok thanks", "vale gracias"])
def test_a_mere_ok_is_no_report(text: str) -> None:
    assert heard(text, "Walk").acts == {"chatter"}


@pytest.mark.parametrize("text", ["I'll get it done tomorrow", "gonna be done by tomorrow"])
def test_done_that_is_still_to_come_is_no_win(text: str) -> None:
    assert not heard(text, "Hoover upstairs").wins


def test_a_question_that_answers_itself_is_not_for_the_coach() -> None:
    assert heard("Can you see the floor? No you cannot.", "Tidy 10 minutes").acts == {"miss"}


def test_a_question_that_nobody_asked_for_is_for_the_coach() -> None:
    assert heard("did my wife put you up to this?", "Walk", prompt="none").acts == {"message"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("got out of bed. that's it. that's the win", 1),
        ("The garden is finally weeded.", 1),
        ("I found a job. I FOUND A JOB.", 1),
        ("survived Monday", 1),
        ("tidied the spare room and then collapsed on the sofa", 1),
        ("My daughter slept through!!", 1),
    ],
    ids=str,
)
def test_colour_is_no_win_of_its_own(text: str, expected: int) -> None:
    assert len(heard(text, "Walk", prompt="wins").wins) == expected


def test_what_was_logged_is_put_right() -> None:
    found = heard("sorry, it was 20 not 30", "Revise 30 min", prompt="none")
    assert (found.acts, won(found)) == ({"undo", "win"}, [(0, 20)])
