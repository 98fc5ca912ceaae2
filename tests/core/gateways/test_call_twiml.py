"""Every document of a call, in both languages: Twilio's verbs and nesting, people's words escaped, under a minute."""

import pytest

from coach_portal.core.gateways.twiml import call_response
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.rules.voice import saying
from coach_portal.core.rules.voice.saying import Caller
from coach_portal.core.rules.voice.script import Step, seconds_to_say
from tests import twiml

HOSTILE = '</Say><Dial>+1900</Dial><Say> & "quoted" ]]> \x00\x0b {client} %s'
NAMES = ["Ruth", "José Ñandú", HOSTILE]
GOALS = {
    "none": [],
    "one": [GoalWords("5 squats", "after I brush my teeth", 5, "squats", 1)],
    "five": [
        GoalWords(f"{place} pages of a rather long book about the sea", "", place, "pages", place)
        for place in range(1, 6)
    ],
    "twelve": [GoalWords(f"goal {place}", "", None, "", place) for place in range(1, 13)],
    "hostile": [GoalWords(HOSTILE, HOSTILE, None, "", 1), GoalWords("a" * 400, "", None, "", 2)],
}
STEP = Step("said", 7, 1)


def documents(caller, goals):
    """Everything that can be said with these goals."""
    yield saying.opening(saying.question(goals, caller), goals, caller, STEP)
    yield saying.opening(saying.question((), caller, wins=True), (), caller, STEP)
    yield from (saying.again(goals, caller, Step("said", 7, 2, tries), wins=not goals) for tries in (1, 2))
    yield from (saying.each(goal, caller, STEP) for goal in goals)
    yield saying.answered(["Logged 5 squats."], caller, STEP, "+16175550100")
    yield saying.goodbye("Okay.", caller=caller)
    yield saying.leave_message(caller, Step("left", 7), Step("transcribed", 7))
    yield saying.menu(caller, goals, STEP)
    yield saying.machine(caller, "+16175550100")
    yield saying.stranger(caller, STEP)


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("goals", GOALS.values(), ids=GOALS)
def test_twilio_would_take_it_and_it_takes_less_than_a_minute(locale, name, goals):
    caller = Caller(name, name, name, locale, "US")
    for document in documents(caller, goals):
        response = twiml.check(call_response(document, lambda step: f"https://hooks.example.com/?step={step.name}&a=1"))
        assert not list(response.iter("Dial"))
        assert seconds_to_say(document) < 60


def test_people_s_words_are_said_as_they_stand():
    caller = Caller("Ruth", "Al & Co <b>", "Moreau", "en", "US")
    document = saying.menu(caller, (), STEP)
    said = [say.text for say in twiml.check(call_response(document, lambda _: "https://x.example.com")).iter("Say")]
    assert "Al & Co <b>'s automatic line" in said[0]


@pytest.mark.parametrize(
    ("verb", "why"),
    [
        ("<Gather><Record/></Gather>", "may not stand in"),
        ("<Say volume='9'>x</Say>", "has no"),
        ("<Say language='tlh'>x</Say>", "tlh"),
    ],
)
def test_the_table_catches_what_twilio_would_not_take(verb, why):
    with pytest.raises(AssertionError, match=why):
        twiml.check(f"<Response>{verb}</Response>")


def test_numbers_to_call_are_said_digit_by_digit():
    assert saying.spell("call 988 or +1 617 555 0100 by 10 am") == "call 9 8 8 or 1 6 1 7 5 5 5 0 1 0 0 by 10 am"
