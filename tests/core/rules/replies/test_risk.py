"""What must not wait is never missed, and what only sounds like it alarms nobody."""

import pytest

from tests.core.rules.replies.asking import heard

EXPLICIT = [
    ("killed my workout. honestly want to kill myself", "self"),
    ("I'm not suicidal but I don't want to wake up", "self"),
    ("haha I should just kill myself", "self"),
    ("my sister wants to die", "other"),
    ("everyone would be better off without me", "self"),
    ("I took all my pills", "self"),
    ("I want to end my life", "self"),
    ("thinking of self-harm again", "self"),
    ("sucide is all I think about", "self"),
    ("kms", "self"),
    ("I can't go on like this any more", "self"),
    ("he's going to kill me", "violence"),
    ("he hit me again last night", "violence"),
    ("I'm not safe here", "violence"),
    ("chest pain and my arm is numb", "medical"),
    ("I can't breathe", "medical"),
    ("I think dad is having a stroke", "medical"),
    ("me quiero morir", "self"),
    ("mi marido me pegó otra vez", "violence"),
    ("me duele mucho el pecho", "medical"),
]
FIGURES = [
    "killed my workout", "that leg day killed me", "dying to try it", "this is killing me lol", "I'm dead 😂",
    "to die for", "kill two birds", "deadline", "dead lifts done", "deadlift PR", "cutting carbs", "on a cut",
    "cut myself some slack", "shoot, forgot", "hang in there", "give up sugar", "I'm done!", "done for today",
    "finished the suicide runs", "suicide sprints done", "bombed my pitch", "murdered that presentation",
    "overdosed on coffee", "overdosed on Netflix", "suicide prevention walk fundraiser", "watched 13 Reasons",
    "I would die of embarrassment", "battery died", "my phone is dead", "jump off the couch",
]  # fmt: skip
POSSIBLE = [
    "I feel hopeless", "I'm worthless", "what's the point", "I can't cope any more", "had a panic attack today",
    "I want it to stop", "lost my brother to suicide last year", "3 years ago I tried to end my life",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), EXPLICIT)
def test_explicit_risk_is_never_missed(text: str, kind: str) -> None:
    found = heard(text, "Walk")
    assert found.risk == "explicit"
    assert "crisis" in found.acts
    assert found.risk_kind == kind


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_of_speech_is_no_alarm(text: str) -> None:
    assert heard(text, "Walk").risk != "explicit"


@pytest.mark.parametrize("text", POSSIBLE)
def test_what_may_be_risk_is_shown_to_the_coach_only(text: str) -> None:
    found = heard(text, "Walk", prompt="none")
    assert found.risk == "possible"
    assert "crisis" not in found.acts


def test_a_joke_does_not_silence_it() -> None:
    assert heard("lol gonna kill myself fr 😂", "Walk").risk == "explicit"


def test_negation_does_not_silence_it() -> None:
    assert heard("I'm not going to kill myself, I just want to be dead", "Walk").risk == "explicit"


def test_letters_hidden_between_letters_do_not_silence_it() -> None:
    assert heard("I want to k\u200bill mys\u200belf", "Walk").risk == "explicit"


def test_curly_apostrophes_and_none_read_alike() -> None:
    assert heard("I don’t want to be here any more", "Walk").risk == "explicit"
    assert heard("I dont want to be here any more", "Walk").risk == "explicit"


def test_an_opt_out_is_kept_beside_a_crisis() -> None:
    assert heard("stop texting me, I'm going to kill myself", "Walk").acts == {"crisis", "stop"}


def test_the_span_that_raised_the_alarm_is_marked() -> None:
    text = "did the walk. want to kill myself though"
    span = heard(text, "Walk").evidence["crisis"]
    assert "kill myself" in text[span.start : span.end]
