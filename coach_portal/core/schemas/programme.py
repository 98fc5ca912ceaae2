"""Programmes, as sent and as told."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL
from coach_portal.core.rules.schedule import EVERY_DAY
from coach_portal.core.rules.texts.programmes import LONGEST, trouble
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.client import LOCALES
from coach_portal.core.schemas.fields import Attributes, Choice, Days, Line, Locale, LocalTime, RowId
from coach_portal.core.schemas.goal import GoalSchema
from coach_portal.core.schemas.roster import LeftOutOut
from coach_portal.core.schemas.schedule import ScheduleSchema
from coach_portal.core.schemas.text import TextBody

STEP_KINDS = ("goal", "message", "question")
STARTS = ("after_enrolment", "after_step", "when_automatic", "on_date")
LONGEST_WAIT = 366
MOST_AT_ONCE = 1000
USUAL_TIME = "09:00"
STATES = ("active", "paused", "finished", "stopped")

_DAYS = f"Write a whole number of days, from 0 to {LONGEST_WAIT}."


def _when_texts_may_go(local_time: str) -> None:
    if not LAW_FROM <= local_time < LAW_UNTIL:
        raise ValidationError(f"Choose a time from {LAW_FROM} until before {LAW_UNTIL}: no text is sent outside it.")


class StepText(TextBody):
    """A step's text: {client} and {coach} become first names, nothing else stands in braces."""

    def __init__(self, **options: Any):
        told = "What is sent; {client} and {coach} become first names."
        super().__init__(LONGEST, metadata={"description": told, "example": "Small is the point, {client}."}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        body = super()._deserialize(value, attr, data, **options)
        wrong = trouble(body)
        if wrong:
            raise ValidationError(wrong)
        return body


class ProgrammeSchema(InputSchema):
    """A programme's name and what it is about. Loads to {"name", "about", "locale"}."""

    name = Line(
        60,
        required=True,
        error_messages={"required": "Give it a name, such as Six weeks of better mornings."},
        metadata={"example": "Six weeks of better mornings"},
    )
    about = Line(300, load_default=None, metadata={"description": "For coaches: what it is for, and for whom."})
    locale = Locale(LOCALES, load_default="en", metadata={"description": "The language its words are written in."})


class WordsSchema(InputSchema):
    """A step's words in another language. Loads to those of {"body", "title", "anchor", "unit"} that were said."""

    body = StepText()
    title = Line(120)
    anchor = Line(120)
    unit = Line(32)


class StepSchema(InputSchema):
    """A step: a goal with its schedule, a message or a question, and when it starts.

    Loads to the columns of a step. Whoever speaks another language gets `words` in it, what they leave out as it was
    written.
    """

    kind = Choice(STEP_KINDS, load_default="message")
    starts = Choice(
        STARTS,
        load_default="after_step",
        metadata={
            "description": "When it begins: `days` after enrolment or after the step above, once the goal above "
            "has become automatic (with `days`, at the latest so many after the step above), or on a date."
        },
    )
    days = fields.Integer(
        load_default=None,
        validate=validate.Range(0, LONGEST_WAIT, error=_DAYS),
        error_messages={"invalid": _DAYS, "too_large": _DAYS},
    )
    on_date = fields.Date(load_default=None, error_messages={"invalid": "Write a date, such as 2027-01-11."})
    local_time = LocalTime(
        load_default=USUAL_TIME,
        validate=_when_texts_may_go,
        metadata={"description": "HH:MM on the client's clock, when its text goes."},
    )
    body = StepText(load_default=None)
    title = Line(120, load_default=None, metadata={"description": "Of a goal: the tiny action."})
    anchor = GoalSchema().fields["anchor"]
    area = GoalSchema().fields["area"]
    cadence = GoalSchema().fields["cadence"]
    amount = GoalSchema().fields["amount"]
    unit = GoalSchema().fields["unit"]
    direction = GoalSchema().fields["direction"]
    ask_days = Days(load_default=EVERY_DAY, metadata=ScheduleSchema().fields["days"].metadata)
    ask_at = LocalTime(
        load_default=None,
        validate=_when_texts_may_go,
        metadata={"description": "HH:MM when whoever is not asked yet is asked about it."},
    )
    words = fields.Dict(
        keys=Choice(LOCALES),
        values=fields.Nested(WordsSchema),
        load_default=dict,
        metadata={"description": "Its words in other languages.", "example": {"es": {"body": "Empieza pequeño."}}},
    )

    @validates_schema(skip_on_field_errors=True)
    def say_enough(self, data: dict[str, Any], **_: Any) -> None:
        """What each kind of step cannot do without."""
        if data["kind"] == "goal" and not data["title"]:
            raise ValidationError("Write the tiny action, such as 5 squats.", "title")
        if data["kind"] != "goal" and not data["body"]:
            raise ValidationError("Write what is sent.", "body")
        if data["kind"] == "question" and "?" not in data["body"]:
            raise ValidationError("Ask something, with a question mark, so that it can be answered.", "body")
        if data["starts"] == "on_date" and not data["on_date"]:
            raise ValidationError("Choose the date.", "on_date")

    @post_load
    def tidy(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out what this kind of step, and this way of starting, has no use for."""
        if data["kind"] != "goal":
            data |= dict.fromkeys(("title", "anchor", "area", "cadence", "amount", "unit", "direction"))
            data |= dict.fromkeys(("ask_days", "ask_at"))
        if data["starts"] != "on_date":
            data["on_date"] = None
        if data["starts"] == "on_date":
            data["days"] = None
        data["words"] = {locale: words for locale, words in data["words"].items() if words}
        return data


class MoveSchema(InputSchema):
    """Where a step goes. Loads to {"up": bool}."""

    up = fields.Boolean(load_default=True, metadata={"description": "One place up; false: one place down."})


class StartSchema(InputSchema):
    """Whom to start, and on which of their days. Loads to {"clients": [int], "starts_on": date or None}."""

    clients = fields.List(
        RowId(),
        required=True,
        validate=[
            validate.Length(min=1, error="Choose at least one client."),
            validate.Length(max=MOST_AT_ONCE, error=f"Choose at most {MOST_AT_ONCE:,} clients at once."),
        ],
        error_messages={"required": "Choose at least one client.", "invalid": "Send a list of client ids."},
    )
    starts_on = fields.Date(
        load_default=None,
        error_messages={"invalid": "Write a date, such as 2027-01-11."},
        metadata={"description": "The local day that counts as their enrolment; today unless given."},
    )


class CalendarSchema(InputSchema):
    """For whom to look ahead. Loads to {"starts_on": date or None, "locale": str or None}."""

    starts_on = fields.Date(load_default=None, error_messages={"invalid": "Write a date, such as 2027-01-11."})
    locale = Locale(LOCALES, load_default=None)


class ProgrammeOut(OutputSchema):
    """A programme, and how many are in it."""

    id = fields.Integer(attribute="programme.id", metadata={"example": 4})
    name = fields.String(attribute="programme.name")
    about = fields.String(attribute="programme.about", allow_none=True)
    locale = fields.String(attribute="programme.locale")
    steps = fields.Integer(metadata={"description": "How many steps it has."})
    active = fields.Integer(metadata={"description": "How many clients are in it now, those on a pause included."})
    finished = fields.Integer()
    created_at = fields.AwareDateTime(attribute="programme.created_at")
    retired_at = fields.AwareDateTime(attribute="programme.retired_at", allow_none=True)


class StepOut(OutputSchema):
    """A step. `begun` is how many clients it has begun for: what they got stays as it was."""

    id = fields.Integer(metadata={"example": 9})
    kind = fields.String()
    starts = fields.String()
    days = fields.Integer(allow_none=True)
    on_date = fields.Date(allow_none=True)
    local_time = fields.String()
    body = fields.String(allow_none=True)
    title = fields.String(allow_none=True)
    anchor = fields.String(allow_none=True)
    area = fields.String(allow_none=True)
    cadence = fields.String(allow_none=True)
    amount = fields.Float(allow_none=True)
    unit = fields.String(allow_none=True)
    direction = fields.String(allow_none=True)
    ask_days = Days(metadata={"type": "array", "items": {"type": "integer"}, "description": "ISO weekdays."})
    ask_at = fields.String(allow_none=True)
    words = fields.Dict(keys=fields.String(), values=fields.Nested(WordsSchema))
    begun = fields.Integer()


class CalendarTextOut(OutputSchema):
    """One text of the calendar, or a goal that begins without one (`segments` 0)."""

    step_id = fields.Integer()
    kind = fields.String()
    week = fields.Integer()
    on = fields.Date()
    local_time = fields.String()
    waits = fields.Boolean(metadata={"description": "It waits for a habit; this is the earliest day."})
    body = fields.String(allow_none=True)
    segments = fields.Integer()
    micros = fields.Integer(metadata={"description": "Its price in millionths of a US dollar, as a guess."})


class CalendarOut(OutputSchema):
    """What one client gets, day by day, for a client called Sam."""

    texts = fields.List(fields.Nested(CalendarTextOut))
    weeks = fields.Integer()
    segments = fields.Integer()
    micros = fields.Integer(metadata={"description": "All its texts to one client, in millionths of a US dollar."})


class StartedOut(OutputSchema):
    """Who began, and who did not, with the reason: already_in, archived or opted_out."""

    enrolments = fields.List(fields.Integer())
    left_out = fields.List(fields.Nested(LeftOutOut))


class EnrolmentOut(OutputSchema):
    """One client in one programme, and the step that comes next."""

    id = fields.Integer(attribute="enrolment.id", metadata={"example": 21})
    client_id = fields.Integer(attribute="client.id")
    client = fields.String(attribute="client.name")
    programme_id = fields.Integer(attribute="programme.id")
    programme = fields.String(attribute="programme.name")
    state = fields.String(attribute="enrolment.state", metadata={"enum": list(STATES)})
    starts_on = fields.Date(attribute="enrolment.starts_on")
    week = fields.Integer()
    begun = fields.Integer(metadata={"description": "Steps that have begun for them."})
    steps = fields.Integer(metadata={"description": "Steps that the programme has now."})
    next_step_id = fields.Integer(attribute="next_step.id", dump_default=None, allow_none=True)
    next_on = fields.Date(allow_none=True, metadata={"description": "Null while it waits for a habit, or is over."})
