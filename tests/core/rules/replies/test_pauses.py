"""When the check-ins are held, when they are taken up again, and which day named is which."""

from datetime import date

import pytest

from tests.core.rules.replies.asking import heard


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("please pause for two weeks, off to Kerala tomorrow", date(2026, 3, 18)),
        ("pause please, off to Spain tomorrow", None),
        ("please pause, away from Friday", None),
        ("pause for a week, we fly on Sunday", date(2026, 3, 11)),
        ("pause please, I'm off till Monday", date(2026, 3, 9)),
        ("pausa por favor, me voy a Cuba mañana", None),
        ("pausa por dos semanas, salgo el lunes", date(2026, 3, 18)),
        ("pausa hasta el lunes, me voy a Cuba", date(2026, 3, 9)),
    ],
    ids=str,
)
def test_the_day_they_leave_is_not_the_day_they_are_back(text: str, back: date | None) -> None:
    found = heard(text, "Walk", prompt="none", locale="es" if text.startswith("pausa") else "en")
    assert (found.acts, found.until and found.until.date()) == ({"pause"}, back)


@pytest.mark.parametrize(
    "text",
    ["pause is over", "the pause can come off now", "pause off please", "se acabó la pausa", "ya terminó la pausa"],
)
def test_a_pause_that_is_over_is_taken_up_again(text: str) -> None:
    assert heard(text, "Walk", prompt="none", locale="es" if "la pausa" in text else "en").acts == {"resume"}
