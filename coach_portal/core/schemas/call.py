"""Calls: how an agreement to them comes about or ends, and what was recorded on one."""

from marshmallow import fields

from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice


class CallsSchema(InputSchema):
    """What is settled about calls to a client. Loads to {"how": str}."""

    how = Choice(
        ("ask", "told", "end"),
        required=True,
        metadata={
            "example": "ask",
            "description": "ask: by text. told: the client told you in person, which is written down under your name. "
            "end: no more calls, texts go on.",
        },
    )


class RecordingOut(OutputSchema):
    """A message that a client left on a call."""

    address = fields.String(metadata={"description": "Where it is heard, by whoever may read the conversation."})
    seconds = fields.Integer()
    transcript = fields.String(
        allow_none=True,
        metadata={
            "enum": ["wanted", "completed", "failed", None],
            "description": "How far the carrier's transcript came, which then is the body; null where it makes none.",
        },
    )
