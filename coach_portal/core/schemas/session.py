"""How a coach wants to be prepared for sessions, as sent."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.fields import Choice, LocalTime

WHEN = ("day", "hours", "page")
MOST_HOURS = 48
_HOURS = f"Write how many hours before, from 1 to {MOST_HOURS}."


class PreparedSchema(InputSchema):
    """When a preparation is emailed: on the day at a time, so many hours before, or only on the page.

    Loads to {"when", "local_time", "hours", "surnames"}.
    """

    when = Choice(WHEN, required=True)
    local_time = LocalTime(load_default=None, allow_none=True)
    hours = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, MOST_HOURS, error=_HOURS),
        error_messages={"invalid": _HOURS, "too_large": _HOURS},
    )

    @validates_schema
    def _said_when(self, data: dict[str, Any], **_: Any) -> None:
        if data["when"] == "day" and data["local_time"] is None:
            raise ValidationError("Write the time.", "local_time")
        if data["when"] == "hours" and data["hours"] is None:
            raise ValidationError(_HOURS, "hours")
