"""Tokens, as they are asked for, and as they are told."""

from marshmallow import fields, validate

from coach_portal.core.rules.access import SCOPES
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice, Line

LONGEST_LIFE = 3650
_WHICH = "Choose at least one."
_DAYS = f"Write a number of days from 1 to {LONGEST_LIFE}, or leave it empty."


class TokenSchema(InputSchema):
    """A new token. Loads to {"name": str, "scopes": [str], "days": int or None}."""

    name = Line(120, required=True, metadata={"description": "What uses it.", "example": "Our spreadsheet"})
    scopes = fields.List(
        Choice(SCOPES),
        required=True,
        validate=validate.Length(1, len(SCOPES), error=_WHICH),
        error_messages={"required": _WHICH, "invalid": _WHICH},
        metadata={"description": "What it may do.", "example": ["read"]},
    )
    days = fields.Integer(
        load_default=None,
        validate=validate.Range(1, LONGEST_LIFE, error=_DAYS),
        error_messages={"invalid": _DAYS, "too_large": _DAYS},
        metadata={"description": "How long it works; left out, until it is revoked.", "example": 90},
    )


class TokenOut(OutputSchema):
    """A token, without what makes it work."""

    id = fields.Integer(metadata={"example": 3})
    name = fields.String()
    made_for = fields.String(metadata={"description": "The coach it acts as."})
    hint = fields.String(metadata={"description": "How it begins.", "example": "cp_Xa3b"})
    scopes = fields.Function(
        lambda row: row.scopes.split(), metadata={"type": "array", "items": {"type": "string"}, "example": ["read"]}
    )
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime(allow_none=True)
    last_used_at = fields.AwareDateTime(allow_none=True)
    revoked_at = fields.AwareDateTime(allow_none=True)


class NewTokenOut(TokenOut):
    """A token that was just made."""

    token = fields.String(metadata={"description": "What to send. It is told this once."})
