"""A step as it is sent: what each kind cannot do without, and what cannot be sent."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas.programme import StartSchema, StepSchema

WELCOME = {"body": "Welcome, {client}.", "starts": "after_enrolment", "days": "0"}
GOAL = {"kind": "goal", "title": "5 squats", "amount": "5", "unit": "squats", "ask_at": "8:30", "ask_days": ["mon"]}


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"body": ""}, "body", "Write what is sent."),
        ({"body": "Hi {first_name}"}, "body", "{first_name} stands for nothing here; there are {client}, {coach}."),
        ({"body": "Hi {client"}, "body", "Each { wants its }"),
        ({"body": "Hi {client.__class__}"}, "body", "Each { wants its }"),
        ({"body": "Hi {client!r:>99}"}, "body", "Each { wants its }"),
        ({"body": "Hi {}"}, "body", "Each { wants its }"),
        ({"body": "x" * 481}, "body", "at most 480"),
        ({"body": "Reply YES to go on"}, "body", "the carriers act on those words"),
        ({"body": "20% off this week"}, "body", "sells"),
        ({"kind": "question"}, "body", "with a question mark"),
        ({"kind": "goal"}, "title", "Write the tiny action"),
        ({"kind": "poem"}, "kind", "Choose one of goal, message, question."),
        ({"starts": "on_date"}, "on_date", "Choose the date."),
        ({"days": "400"}, "days", "from 0 to 366"),
        ({"days": "soon"}, "days", "a whole number"),
        ({"local_time": "22:00"}, "local_time", "no text is sent outside it"),
        ({"words": {"es": {"body": "Hola {nombre}"}}}, "words", "{nombre} stands for nothing here"),
        ({"words": {"fr": {"body": "Salut"}}}, "words", "Choose one of en, es."),
        ({"position": 3}, "position", "There is no such field here"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field(wrong, field, told):
    with pytest.raises(Invalid) as refused:
        StepSchema().read(WELCOME | wrong)
    assert told in refused.value.fields[field]


def test_a_goal_keeps_what_a_goal_has():
    step = StepSchema().read(GOAL)
    assert (step["amount"], step["cadence"], step["direction"]) == (5, "daily", "at_least")
    assert (step["ask_at"], step["ask_days"], step["body"]) == ("08:30", "1", None)


def test_a_message_keeps_nothing_of_a_goal():
    step = StepSchema().read(GOAL | WELCOME | {"kind": "message"})
    assert {step[name] for name in ("title", "amount", "unit", "cadence", "ask_at", "ask_days")} == {None}


def test_double_braces_are_braces():
    assert StepSchema().read({"body": "Set {{like this}}"})["body"] == "Set {{like this}}"


@pytest.mark.parametrize(("sent", "told"), [([], "at least one"), (list(range(1, 1002)), "at most 1,000")])
def test_a_start_names_one_to_a_thousand(sent, told):
    with pytest.raises(Invalid) as refused:
        StartSchema().read({"clients": sent})
    assert told in refused.value.fields["clients"]
