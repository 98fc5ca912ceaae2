"""What an answer for one goal tells beside it: the day before as well, or another thing that was done."""

from datetime import date

import pytest

from tests.core.rules.replies.asking import heard, missed, won

TODAY, YESTERDAY, MONDAY = date(2026, 3, 4), date(2026, 3, 3), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("did 5, and yesterday too", {TODAY: 5, YESTERDAY: None}),
        ("done, yesterday too", {TODAY: None, YESTERDAY: None}),
        ("done. same yesterday", {TODAY: None, YESTERDAY: None}),
        ("5 today and yesterday as well", {TODAY: 5, YESTERDAY: None}),
        ("yes, Monday and yesterday too", {TODAY: None, YESTERDAY: None, MONDAY: None}),
        ("did 5 yesterday, and today too", {YESTERDAY: 5, TODAY: None}),
        ("hice 5, y ayer también", {TODAY: 5, YESTERDAY: None}),
        ("hecho, ayer también", {TODAY: None, YESTERDAY: None}),
        ("done, yesterday", {YESTERDAY: None}),
        ("did it last night and felt great", {YESTERDAY: None}),
    ],
    ids=str,
)
def test_a_day_that_is_added_leaves_today_its_win(text: str, expected: dict[date, float | None]) -> None:
    found = heard(text, "5 squats", locale="es" if text.startswith("h") else "en")
    assert {win.on: win.amount for win in found.wins} == expected


@pytest.mark.parametrize("text", ["no, yesterday too", "no, and not yesterday either", "no, ayer tampoco"])
def test_a_no_that_holds_for_more_days_stays_a_no(text: str) -> None:
    found = heard(text, "5 squats", locale="es" if "ayer" in text else "en")
    assert (won(found), missed(found)) == ([], [0])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("done, and rang my sister", None),
        ("done! then cleaned the kitchen", None),
        ("done. went for a swim too", None),
        ("did 5, and rang my sister", 5),
        ("hecho, y llamé a mi hermana", None),
        ("hice 5 y además cociné la cena", 5),
    ],
)
def test_another_deed_beside_the_answer_is_a_win_of_its_own(text: str, amount: float | None) -> None:
    found = heard(text, "5 squats", locale="es" if text.startswith("h") else "en")
    assert won(found) == [(0, amount), (None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "done, and felt great",
        "done and went to bed",
        "done, and the kids loved it",
        "made it to 4 then collapsed like a deckchair",
        "hecho y me sentí genial",
        "hecho y me fui a la cama",
    ],
)
def test_what_only_colours_the_answer_is_no_win_of_its_own(text: str) -> None:
    found = heard(text, "5 squats", locale="es" if text.startswith("h") else "en")
    assert [goal for goal, _ in won(found)] == [0]
