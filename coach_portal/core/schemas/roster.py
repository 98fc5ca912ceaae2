"""The roster: which clients are wanted and how they are told, and what is done for many of them at once."""

from typing import Any

from marshmallow import fields, validate

from coach_portal.core.rules.standing import ORDER
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice, Line, RowId
from coach_portal.core.schemas.text import TextSchema

SORTS = ("needs", "name", "done", "heard", "session")
LONGEST_TAG = 24
MOST_AT_ONCE = 1000
_WHO = "Choose at least one client."
_WHICH_PAGE = "Write a page's number, from 1 on."


class Tag(Line):
    """A word to sort clients by. Commas keep tags apart where several are written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(LONGEST_TAG, **options)


class WantedSchema(InputSchema):
    """Which clients: loads to {"standing", "tag", "group", "find", "sort", "page"}."""

    standing = Choice(ORDER, load_default=None, metadata={"description": "Only those who stand so."})
    tag = fields.String(load_default=None, metadata={"description": "Only those with this tag."})
    group = RowId(load_default=None, metadata={"description": "Only those in this group."})
    find = fields.String(load_default=None, metadata={"description": "Only those with this in their name or a tag."})
    sort = Choice(SORTS, load_default="needs", metadata={"description": "Who comes first."})
    page = fields.Integer(
        load_default=1,
        validate=validate.Range(1, 10**6, error=_WHICH_PAGE),
        error_messages={"invalid": _WHICH_PAGE, "too_large": _WHICH_PAGE},
    )


class ManySchema(InputSchema):
    """Whom it is for."""

    clients = fields.List(
        RowId(),
        required=True,
        validate=validate.Length(1, MOST_AT_ONCE, error=f"Choose between 1 and {MOST_AT_ONCE} clients."),
        error_messages={"required": _WHO, "invalid": _WHO},
        metadata={"description": "Their ids.", "example": [7]},
    )


class TextManySchema(TextSchema, ManySchema):
    """One text to many. Loads to {"clients": [int], "body": str}."""


class PauseManySchema(ManySchema):
    """A pause for many. Loads to {"clients": [int], "until": date or None}."""

    until = fields.Date(
        load_default=None,
        error_messages={"invalid": "Write a day, such as 2027-01-15, or leave it empty."},
        metadata={"description": "The day they are back; left out, until someone begins again."},
    )


class TagManySchema(ManySchema):
    """A tag for many. Loads to {"clients": [int], "tag": str, "off": bool}."""

    tag = Tag(
        required=True,
        error_messages={"required": "Write a tag, such as head teachers."},
        metadata={"example": "head teachers"},
    )
    off = fields.Boolean(load_default=False, metadata={"description": "Take it off instead."})


class RosterOut(OutputSchema):
    """One client in the roster."""

    id = fields.Integer(metadata={"example": 7})
    name = fields.String()
    timezone = fields.String()
    standing = fields.String(metadata={"enum": list(ORDER), "description": "What about them comes first."})
    tags = fields.List(fields.String())
    marks = fields.List(fields.String(), metadata={"description": "What became of the last 14 days, oldest first."})
    done = fields.Integer(attribute="tally.done", metadata={"description": "Days done, wholly or partly."})
    days = fields.Integer(attribute="tally.days", metadata={"description": "Days that counted."})
    heard_at = fields.AwareDateTime(allow_none=True, metadata={"description": "When they last wrote."})
    next_at = fields.AwareDateTime(allow_none=True, metadata={"description": "Their next session."})


class LeftOutOut(OutputSchema):
    """Someone for whom it was not done."""

    client_id = fields.Integer()
    name = fields.String()
    rule = fields.String(metadata={"description": "Which rule said no.", "example": "no_consent"})


class ManyOut(OutputSchema):
    """For whom it was done, and for whom not."""

    clients = fields.List(fields.Integer(), metadata={"description": "Those for whom it was done."})
    left_out = fields.List(fields.Nested(LeftOutOut))
