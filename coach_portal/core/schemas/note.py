"""A note about a client, as written and as told to the practice."""

from marshmallow import fields

from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Prose

LONGEST = 4000


class NoteSchema(InputSchema):
    """A note about a client, for the practice alone. Loads to {"body": str}."""

    body = Prose(
        LONGEST,
        required=True,
        error_messages={"required": "Write the note."},
        metadata={"example": "Do not bring up the move unless she does."},
    )


class NoteOut(OutputSchema):
    """A note about a client; no text or page of theirs ever has it."""

    id = fields.Integer(metadata={"example": 3})
    body = fields.String()
    author = fields.String(metadata={"description": "The coach who wrote it."})
    created_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime(allow_none=True)
