"""What a text reports, as a coach or a program says it: from the page's form and the API's JSON alike."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate

from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.fields import Line, RowId

MOST, LONGEST_TITLE = 50, 200
_HOW_MUCH = "Write a number above 0, such as 5 or 2.5, or leave it empty."
_WHICH_DAY = "Write a day, such as 2027-01-15."
_WHAT = f"Send a list of at most {MOST}."


class WinReadingSchema(InputSchema):
    """One thing done. Loads to {"goal_id", "amount", "on", "title"}, None where nothing was said."""

    goal_id = RowId(load_default=None, metadata={"description": "Left out for a win outside the goals."})
    amount = fields.Float(
        load_default=None,
        validate=validate.Range(min=0, max=1_000_000, min_inclusive=False, error=_HOW_MUCH),
        error_messages={"invalid": _HOW_MUCH, "special": _HOW_MUCH, "too_large": _HOW_MUCH},
        metadata={"example": 3},
    )
    on = fields.Date(
        required=True,
        error_messages={"required": _WHICH_DAY, "invalid": _WHICH_DAY},
        metadata={"description": "The client's local day it was done.", "example": "2027-01-15"},
    )
    title = Line(
        LONGEST_TITLE,
        load_default=None,
        metadata={"description": "A win outside the goals in the client's words; by default those that told of it."},
    )

    @post_load
    def name_only_what_is_outside(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A goal has a title of its own."""
        if data["goal_id"] is not None and data["title"] is not None:
            raise ValidationError("Leave this out: the goal has a title.", "title")
        return data


class ReadingSchema(InputSchema):
    """All that a text reports; what is left out was not reported. Loads to {"wins": [...], "misses": [goal_id]}."""

    wins = fields.List(
        fields.Nested(WinReadingSchema),
        load_default=list,
        validate=validate.Length(max=MOST, error=_WHAT),
        error_messages={"invalid": _WHAT},
    )
    misses = fields.List(
        RowId(metadata={"example": 12}),
        load_default=list,
        validate=validate.Length(max=MOST, error=_WHAT),
        error_messages={"invalid": _WHAT},
        metadata={"description": "The ids of goals said not to be done that day."},
    )
