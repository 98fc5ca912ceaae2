"""What must not wait is never missed, and what only sounds like it alarms nobody."""

import pytest

from coach_portal.core.rules.replies.language_file import language
from coach_portal.core.rules.replies.text import WORD, Token
from tests.core.rules.replies.asking import heard
from tests.replies import train

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


@pytest.mark.parametrize(
    "text",
    [
        "I can't do this any more. I don't want to live", "hate being alive", "can't see myself alive by summer",
        "you'd all cope better if I just vanished", "they'd be calmer without me", "took 24 paracetamol",
        "scared of what she might do to the kids", "keep burning my arm again", "no quiero estar viva",
        "estarían más tranquilos sin mí", "me tomé 20 pastillas", "me golpearon",
    ],
)  # fmt: skip
def test_the_same_told_in_other_words_is_as_serious(text: str) -> None:
    assert heard(text, "Walk", locale="es" if text.startswith(("no ", "est", "me ")) else "en").risk == "explicit"


@pytest.mark.parametrize(
    "text",
    [
        "kill me now lol this workout", "can't breathe in this dress", "said my goodbyes to the old office",
        "my coach will kill me if I skip it", "don't want to live in that flat any more", "no puedo más con este frío",
        "me pegó fuerte el calor", "took 2 paracetamol",
    ],
)  # fmt: skip
def test_of_an_everyday_thing_it_is_no_alarm(text: str) -> None:
    assert heard(text, "Walk", locale="es" if text.startswith(("no ", "me ")) else "en").risk != "explicit"


@pytest.mark.parametrize("text", ["no plans to hurt myself", "I'm not suicidal, just tired"])
def test_a_denial_is_shown_to_the_coach_only(text: str) -> None:
    assert heard(text, "Walk", prompt="none").risk == "possible"


@pytest.mark.parametrize("name", ["en", "es"])
def test_no_figure_of_speech_is_one_small_word(name: str) -> None:
    # One such word would silence every alarm it stands in.
    written = language(name)
    small = written.classes["filler"] + ("up", "down", "a", "the", "when", "me", "my")
    tokens = [Token(word, WORD, 0, 1) for word in small]
    assert not [cue for one in tokens for cue in written.patterns.cues([one]) if cue.name == "figure"]


def test_a_figure_of_speech_beside_it_does_not_silence_it() -> None:
    assert heard("this job is killing me so I might kill myself", "Walk").risk == "explicit"


def test_what_is_long_over_is_shown_to_the_coach_only() -> None:
    assert heard("had chest pain two years ago, all clear since", "Walk", prompt="none").risk == "possible"
    assert heard("chest pain again, like two hours ago", "Walk").risk == "explicit"


@pytest.mark.parametrize(
    "text",
    ["he punched me on the sofa again", "mum has collapsed in the garden", "I can't breathe in the office"],
)
def test_where_it_happened_is_no_everyday_thing(text: str) -> None:
    assert heard(text, "Walk").risk == "explicit"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("gave the dog to my neighbour for good, he's got the vet papers and everything", "self"),
        ("wife's mouth has gone crooked and she's talking rubbish, arm gone numb", "medical"),
        ("I'm in the loo with the door locked, he's shouting and I'm scared", "violence"),
    ],
    ids=str,
)
def test_the_model_hears_what_no_rule_names_and_picks_the_card(text: str, kind: str) -> None:
    found = heard(text, "Walk", prompt="none")
    assert (found.risk, found.risk_kind) == ("explicit", kind)


@pytest.mark.parametrize(
    "text",
    [
        "five years ago this week I tried to end my life, today I ate ice cream with my girls",
        "when I was 19 I took an overdose, I teach yoga these days",
        "my son had a seizure in spring, meds are working and he ran with me",
    ],
    ids=str,
)
def test_what_is_told_of_years_past_answers_nobody_at_once(text: str) -> None:
    assert heard(text, "Walk", prompt="none").risk != "explicit"


@pytest.mark.parametrize(
    "text",
    [
        "read the suicide chapter for my psych module",
        "3 years clean from self harm today",
        "self harm awareness training",
    ],
    ids=str,
)
def test_a_subject_studied_or_left_behind_is_no_alarm(text: str) -> None:
    assert heard(text, "Walk", prompt="none").risk != "explicit"


@pytest.mark.parametrize("name", ["en", "es"])
def test_no_answer_or_command_in_its_usual_words_is_an_alarm(name: str) -> None:
    alarming = [
        phrase for phrase in train.plain_phrases(name) if heard(phrase, "Floss", locale=name).risk == "explicit"
    ]
    assert alarming == []
