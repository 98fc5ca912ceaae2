"""How a coach wants to be reached, and when they are away, as sent."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from coach_portal.core.rules.reaching import EVERY, WAYS
from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.fields import Choice, Days, Line, LocalTime, RowId

_HOW_OFTEN = "Choose how often."
_A_DAY: dict[str, Any] = {"required": "Choose a day.", "invalid": "Write a date, such as 2026-11-30."}


class ReachSchema(InputSchema):
    """Way, days and hours on the coach's clock, and how often at most. Loads to the columns of `models.Coach`."""

    reached_by = Choice(WAYS, required=True)
    reach_days = Days(required=True, error_messages={"required": "Choose at least one day."})
    reach_from = LocalTime(required=True)
    reach_until = LocalTime(required=True)
    reach_every = fields.Integer(
        required=True,
        validate=validate.OneOf(EVERY, error=_HOW_OFTEN),
        error_messages={"required": _HOW_OFTEN, "invalid": _HOW_OFTEN},
    )

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if not data["reach_from"] < data["reach_until"]:
            raise ValidationError("Choose an hour after the first one.", "reach_until")


class AwaySchema(InputSchema):
    """From which day a coach is away, the day they are back, and who covers: a colleague's id, or a name.

    Loads to {"first_day": date, "back_on": date, "covered_by": int or None, "cover_name": str}.
    """

    first_day = fields.Date(required=True, error_messages=_A_DAY)
    back_on = fields.Date(required=True, error_messages=_A_DAY)
    covered_by = RowId(load_default=None, allow_none=True)
    cover_name = Line(120, load_default="")
