"""A goal, as sent and as told."""

from marshmallow import fields, validate

from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice, Line

AREAS = ("movement", "food", "sleep", "mind", "work", "money", "home", "people", "learning", "other")
CADENCES = (
    "daily", "weekdays", "weekends", "weekly", "2_per_week", "3_per_week", "4_per_week", "5_per_week", "6_per_week",
)  # fmt: skip
DIRECTIONS = ("at_least", "at_most")

_HOW_MUCH = "Write a number above 0, such as 5 or 2.5."


class GoalSchema(InputSchema):
    """A tiny action, the cue it is tied to, how often, perhaps how much.

    Loads to {"title", "anchor", "area", "cadence", "amount", "unit", "direction"}, None where nothing was said.
    """

    title = Line(
        120,
        required=True,
        error_messages={"required": "Write the tiny action, such as 5 squats."},
        metadata={"example": "5 squats"},
    )
    anchor = Line(
        120, load_default=None, metadata={"description": "The cue it is tied to.", "example": "after I brush my teeth"}
    )
    area = Choice(AREAS, load_default=None, metadata={"description": "The area of life it belongs to."})
    cadence = Choice(CADENCES, load_default="daily")
    amount = fields.Float(
        load_default=None,
        validate=validate.Range(min=0, max=1_000_000, min_inclusive=False, error=_HOW_MUCH),
        error_messages={"invalid": _HOW_MUCH, "special": _HOW_MUCH, "too_large": _HOW_MUCH},
        metadata={"example": 5},
    )
    unit = Line(32, load_default=None, metadata={"example": "squats"})
    direction = Choice(
        DIRECTIONS, load_default="at_least", metadata={"description": "`at_most` when something is cut down."}
    )


class IdeaSchema(InputSchema):
    """Something to try one day. Loads to {"title": str, "area": str or None}."""

    title = Line(
        120,
        required=True,
        error_messages={"required": "Write the tiny action, such as 5 squats."},
        metadata={"example": "5 squats"},
    )
    area = Choice(AREAS, load_default=None, metadata={"description": "The area of life it belongs to."})


class IdeaOut(OutputSchema):
    """Something to try one day."""

    id = fields.Integer(metadata={"example": 3})
    title = fields.String()
    area = fields.String(allow_none=True)
    created_at = fields.AwareDateTime()


class ExampleOut(OutputSchema):
    """An example of a tiny action, small enough for a worst day."""

    area = fields.String()
    title = fields.String()
    anchor = fields.String()
    amount = fields.Float(allow_none=True)
    unit = fields.String(allow_none=True)
    locale = fields.String()


class GoalOut(OutputSchema):
    """A goal. `position` is its place in the order the client sees; they may answer by it."""

    id = fields.Integer(metadata={"example": 12})
    position = fields.Integer()
    title = fields.String()
    anchor = fields.String(allow_none=True)
    area = fields.String(allow_none=True)
    cadence = fields.String()
    amount = fields.Float(allow_none=True)
    unit = fields.String(allow_none=True)
    direction = fields.String()
    created_at = fields.AwareDateTime()
    retired_at = fields.AwareDateTime(allow_none=True)
    smaller = fields.String(
        dump_default=None,
        allow_none=True,
        metadata={
            "description": "Only when it is agreed: a smaller one to think of, where this is much for a worst day."
        },
    )


class EffortOut(OutputSchema):
    """A goal in effort."""

    goal = fields.Nested(GoalOut)
    marks = fields.List(fields.String(), metadata={"description": "The last 14 days, oldest first."})
    done = fields.Integer(metadata={"description": "Days on which it was done, in all."})


class WonOut(OutputSchema):
    """A goal that runs by itself, or was retired after it was done."""

    goal = fields.Nested(GoalOut)
    done = fields.Integer(metadata={"description": "Days on which it was done, in all."})
    until = fields.Date(allow_none=True, metadata={"description": "When it was retired; null if it runs by itself."})


class BoardOut(OutputSchema):
    """A client's progress board."""

    to_try = fields.List(fields.Nested(IdeaOut))
    in_effort = fields.List(fields.Nested(EffortOut))
    win = fields.List(fields.Nested(WonOut))


class HabitOut(OutputSchema):
    """How a goal goes. What was asked and told counts; pauses and days not asked about cost nothing."""

    goal_id = fields.Integer(metadata={"example": 12})
    title = fields.String()
    strength = fields.Integer(
        metadata={
            "description": "0 to 100: how reliably it has been done, the last weeks weighing most.",
            "example": 72,
        }
    )
    streak = fields.Integer(metadata={"description": "Days (weeks, where `in_weeks`) it holds, slips forgiven."})
    in_weeks = fields.Boolean(metadata={"description": "Whether the goal is judged by the week."})
    freezes = fields.Integer(metadata={"description": "Slips that the streak can still take, at most 2."})
    done = fields.Integer(metadata={"description": "Days done, wholly or partly, of the last 14."})
    days = fields.Integer(metadata={"description": "Days of the last 14 that counted."})
    advice = fields.String(
        allow_none=True,
        metadata={"enum": ["automatic", "failing", None], "description": "Ready to grow, or to shrink."},
    )
