"""Lists a page at a time: {"items": [...], "next": cursor or null}."""

from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, fields, post_load, validate

from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.services.listing import USUAL, Window
from coach_portal.web.api.blueprint import v1

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


@cache
def page_of(item: type[Schema]) -> type[Schema]:
    """The schema of a page of these."""
    name = item.__name__.removesuffix("Out") + "PageSchema"
    cursor = fields.String(allow_none=True, metadata={"description": "Send it as `cursor` for the page after."})
    return Schema.from_dict({"items": fields.List(fields.Nested(item)), "next": cursor}, name=name)


windowed = v1.arguments(WindowSchema, location="query", unknown=RAISE)
"""Gives a view the Window that was asked for."""
