"""Which page of a list is asked for."""

from typing import Any

from marshmallow import fields, post_load, validate

from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.services.listing import USUAL, Window

LONGEST = 200
_HOW_MANY = f"Write a number from 1 to {LONGEST}."


class WindowSchema(InputSchema):
    """Which page is wanted. Loads to a Window."""

    limit = fields.Integer(
        load_default=USUAL,
        validate=validate.Range(1, LONGEST, error=_HOW_MANY),
        error_messages={"invalid": _HOW_MANY, "too_large": _HOW_MANY},
        metadata={"description": "How many at most."},
    )
    cursor = fields.String(metadata={"description": "What the page before gave as `next`."})

    @post_load
    def make_window(self, data: dict[str, Any], **_: Any) -> Window:
        """As services take it."""
        return Window(**data)
