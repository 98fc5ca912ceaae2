"""The trial of texts in small; `python -m tests.trials.texts_back` is the whole. And whether its judge can tell."""

from pathlib import Path

import pytest

from coach_portal.core.db import Database
from tests.trials import situations
from tests.trials.judging import due_answer
from tests.trials.texts_back import trial
from tests.trials.tongue import is_in


def test_each_text_is_taken_once_and_given_the_answer_that_is_due(database: Database, tmp_path: Path) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    outcome = trial(url, tmp_path, situations.read(of_each=30), seed=3)
    assert outcome.is_good, str(outcome)
    assert outcome.answers["safety"] > 0
    assert outcome.answers["reply"] > 0


@pytest.mark.parametrize(
    ("prompt", "text", "acts", "risk", "wanted"),
    [
        ("check_in", "did 3", ["win"], None, "reply"),
        ("check_in", "thanks", ["chatter"], None, None),
        ("check_in", "hm", [], None, "reply"),
        ("none", "hm", [], None, None),
        ("none", "STOP", ["stop"], None, None),
        ("none", "please stop texting me", ["stop"], None, "goodbye"),
        ("opt_in", "yes", ["confirm"], None, "reply"),
        ("opt_in", "no", ["decline"], None, "goodbye"),
        ("opt_in", "did 3", ["win"], None, None),
        ("check_in", "...", ["crisis", "stop"], "explicit", "safety"),
        ("check_in", "...", ["chatter"], "possible", "reply"),
    ],
)
def test_the_rules_say_which_answer_is_due(prompt, text, acts, risk, wanted) -> None:
    person = situations.Person(0, {"prompt": prompt, "text": text, "locale": "en"})
    assert due_answer(person, {"acts": acts, "risk": risk, "maybe_stop": False}) == wanted


@pytest.mark.parametrize(
    ("body", "locale"),
    [("Logged: 5 squats. That counts.", "en"), ("Anotado: 5 sentadillas. Eso cuenta.", "es")],
)
def test_a_language_is_known_by_its_own_words(body, locale) -> None:
    assert is_in(body, locale)
    assert not is_in(body, "es" if locale == "en" else "en")
