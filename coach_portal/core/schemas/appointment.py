"""A coaching session, as sent and as told."""

from marshmallow import fields, validate

from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Line, LocalTime

REMIND_HOURS = (0, 2, 24, 48)
USUAL_MINUTES = 50
REPEATS = (0, 1, 2, 4)
MOST_TIMES = 26
_HOW_OFTEN = f"Write how many sessions, from 1 to {MOST_TIMES}."
_HOW_LONG = "Write how many minutes it lasts, from 5 to 480."


class AppointmentSchema(InputSchema):
    """When a session is, on the coach's clock, where, and how many hours before the client is reminded (0: not).

    Loads to {"day": date, "local_time": "HH:MM", "minutes": int, "place": str or None, "remind_hours": int,
    "repeat_weeks": int, "times": int}.
    """

    day = fields.Date(
        required=True,
        error_messages={"required": "Choose a day.", "invalid": "Write a date, such as 2026-11-30."},
        metadata={"example": "2026-11-30"},
    )
    local_time = LocalTime(required=True, metadata={"description": "HH:MM on the coach's clock.", "example": "10:00"})
    minutes = fields.Integer(
        load_default=USUAL_MINUTES,
        validate=validate.Range(5, 480, error=_HOW_LONG),
        error_messages={"invalid": _HOW_LONG, "too_large": _HOW_LONG},
    )
    place = Line(120, load_default=None, metadata={"description": "Where, or by which means.", "example": "Zoom"})
    remind_hours = fields.Integer(
        load_default=24,
        validate=validate.OneOf(REMIND_HOURS, error="Choose 0, 2, 24 or 48 hours before."),
        error_messages={"invalid": "Choose 0, 2, 24 or 48 hours before."},
        metadata={"description": "How many hours before the client is reminded by text; 0 for no reminder."},
    )
    repeat_weeks = fields.Integer(
        load_default=0,
        validate=validate.OneOf(REPEATS, error="Choose 0, 1, 2 or 4 weeks."),
        error_messages={"invalid": "Choose 0, 1, 2 or 4 weeks."},
        metadata={"description": "Every so many weeks at the same local time; 0 for once."},
    )
    times = fields.Integer(
        load_default=1,
        validate=validate.Range(1, MOST_TIMES, error=_HOW_OFTEN),
        error_messages={"invalid": _HOW_OFTEN, "too_large": _HOW_OFTEN},
        metadata={"description": "How many sessions, this one included, where they repeat."},
    )


class AppointmentOut(OutputSchema):
    """A session of `minutes`."""

    id = fields.Integer(metadata={"example": 5})
    starts_at = fields.AwareDateTime()
    minutes = fields.Integer()
    place = fields.String(allow_none=True)
    remind_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "When the client is reminded; empty if they are not."}
    )
    reminded_at = fields.AwareDateTime(allow_none=True)
    cancelled_at = fields.AwareDateTime(allow_none=True)
