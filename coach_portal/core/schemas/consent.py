"""A line of the ledger of consent, as told."""

from marshmallow import fields

from coach_portal.core.schemas.base import OutputSchema

COLUMNS = (
    "place", "at", "event", "channel", "purpose", "method", "phone", "wording", "version", "message_sid", "hash",
)  # fmt: skip
"""The columns of a line, in the order in which a table shows them."""


class ConsentOut(OutputSchema):
    """One line: who agreed to what, when, in which words, by which means; nothing of it ever changes."""

    id = fields.Integer(metadata={"example": 4})
    place = fields.Integer(metadata={"description": "Its place in the practice's chain, from 1."})
    at = fields.AwareDateTime()
    event = fields.String(metadata={"example": "granted"})
    channel = fields.String(metadata={"example": "text"})
    purpose = fields.String(metadata={"example": "check_in"})
    method = fields.String(metadata={"example": "text", "description": "text, web, coach or carrier."})
    phone = fields.String()
    wording = fields.String(metadata={"description": "What they saw when they agreed, or wrote when they stopped."})
    version = fields.String(metadata={"example": "invitation-1"})
    message_sid = fields.String(allow_none=True, metadata={"description": "The text it was said in."})
    hash = fields.String(metadata={"description": "Ties the line to the one before it (SHA-256)."})
