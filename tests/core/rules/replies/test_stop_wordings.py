"""Which wordings stop the texts, which do not, and which are asked about (R4, R7)."""

from datetime import datetime

import pytest

from coach_portal.core.rules.replies import understand
from coach_portal.core.rules.replies.understanding import Situation

# Ours, from what the FCC, CTIA and Twilio say must count, and from how people write.
STOPS = [
    "STOP", "stop.", "Stop!!", " s t o p ", "STOPALL", "stop all", "opt out", "opt-out", "OPTOUT", "Unsubscribe me",
    "please stop texting me", "no more messages pls", "take me off this list", "remove me", "leave me alone",
    "don't text me again", "ALTO", "BAJA", "no más mensajes", "ARRET", "stpo", "quit", "end", "revoke", "cancel",
]  # fmt: skip
NO_STOPS = [
    "I can't stop eating sugar", "quit smoking day 3!", "I quit my job today", "end of week 2, done",
    "cancel my Thursday call", "stop by at 5?", "non-stop day",
]  # fmt: skip
PERHAPS = ["stop it", "enough", "can we stop?", "done with this"]
DANGER_FIRST = ["I want it to stop", "make it stop", "I want it all to end"]
NOON = datetime(2026, 11, 18, 12)  # noqa: DTZ001  the wall clock of a situation has no zone
PROMPTS = ("none", "check_in", "wins", "reflection", "opt_in")


def understood(text, prompt):
    """What a text means in a situation."""
    asked = (0, 1) if prompt == "check_in" else ()
    goals = ("5 squats", "Write one line in my journal")
    return understand(text, Situation(prompt, goals, asked, NOON))


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("text", STOPS)
def test_r4_every_reasonable_wording_stops(text, prompt):
    assert "stop" in understood(text, prompt).acts


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("text", NO_STOPS)
def test_r4_words_of_stopping_in_daily_life_do_not(text, prompt):
    found = understood(text, prompt)
    assert "stop" not in found.acts
    assert not found.maybe_stop


@pytest.mark.parametrize("prompt", PROMPTS[:4])
@pytest.mark.parametrize("text", PERHAPS)
def test_r7_what_might_be_a_stop_is_asked_about(text, prompt):
    found = understood(text, prompt)
    assert found.maybe_stop
    assert "stop" not in found.acts


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("text", DANGER_FIRST)
def test_r4_a_cry_for_it_all_to_end_is_danger_and_no_opt_out(text, prompt):
    found = understood(text, prompt)
    assert found.risk is not None
    assert "stop" not in found.acts
