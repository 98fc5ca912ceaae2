"""Whoever wants no more texts gets none; whoever only says the word keeps getting them."""

import pytest

from tests.core.rules.replies.asking import heard

MUST = [
    "STOP", "stop.", "Stop!!", " s t o p ", "STOPALL", "stop all", "opt out", "opt-out", "OPTOUT", "Unsubscribe me",
    "please stop texting me", "no more messages pls", "take me off this list", "remove me", "leave me alone",
    "don't text me again", "ALTO", "BAJA", "no más mensajes", "ARRET", "stpo",
]  # fmt: skip
MUST_NOT = [
    "I can't stop eating sugar", "quit smoking day 3!", "I quit my job today", "end of week 2, done",
    "cancel my Thursday call", "stop by at 5?", "non-stop day",
]  # fmt: skip
ASK_FIRST = ["stop it", "enough", "not today", "can we stop?", "done with this"]
SAFETY_FIRST = ["I want it to stop", "make it stop", "I want it all to end"]


@pytest.mark.parametrize("text", MUST)
def test_it_opts_out(text: str) -> None:
    assert "stop" in heard(text, "Walk", "Read", prompt="none").acts


@pytest.mark.parametrize("text", MUST)
def test_it_opts_out_of_a_check_in_too(text: str) -> None:
    assert "stop" in heard(text, "Stop smoking").acts


@pytest.mark.parametrize("text", MUST_NOT)
def test_it_does_not_opt_out(text: str) -> None:
    assert "stop" not in heard(text, "Walk", "Read", prompt="none").acts


@pytest.mark.parametrize("text", ASK_FIRST)
def test_the_coach_is_asked_first(text: str) -> None:
    found = heard(text, "Walk", "Read", prompt="none")
    assert found.maybe_stop
    assert "stop" not in found.acts


@pytest.mark.parametrize("text", SAFETY_FIRST)
def test_safety_comes_before_an_opt_out(text: str) -> None:
    found = heard(text, "Walk", "Read", prompt="none")
    assert found.risk is not None
    assert "stop" not in found.acts


@pytest.mark.parametrize(
    "text",
    [
        "ya no me manden mensajes", "dejen de escribirme por favor", "quiero darme de baja", "borren mi número",
        "I'd like to be removed from your list", "kindly cease texting this number", "no more texts please",
        "do not contact me again", "please take my number off your system",
    ],
)  # fmt: skip
def test_an_opt_out_may_be_said_in_many_ways(text: str) -> None:
    assert "stop" in heard(text, "Caminar", "Leer", prompt="none", locale="es" if "m" in text[:8] else "en").acts


def test_a_keyword_counts_in_any_language_of_the_client() -> None:
    assert heard("STOP", "Caminar", locale="es").acts == {"stop"}


def test_a_keyword_counts_even_where_a_goal_holds_the_word() -> None:
    assert heard("QUIT", "Quit doomscrolling").acts == {"stop"}


def test_who_is_this_is_answered_and_the_coach_is_asked() -> None:
    found = heard("who is this?", "Walk", prompt="none")
    assert found.acts == {"help"}
    assert found.maybe_stop


def test_start_takes_the_texts_up_again() -> None:
    assert heard("START", "Walk", prompt="none").acts == {"start"}
