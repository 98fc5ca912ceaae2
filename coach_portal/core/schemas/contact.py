"""Phones and emails of people who are not clients' rows: who is told about danger, and who wants no more texts."""

from marshmallow import fields

from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.fields import Line, Phone

_AN_EMAIL = "Write an email address, such as beth@example.com."


class OwnPhoneSchema(InputSchema):
    """Where a coach is texted. Loads to {"own_phone": E.164 or None}."""

    own_phone = Phone(load_default=None)


class SecondContactSchema(InputSchema):
    """Loads to {"name": str, "phone": E.164 or None, "email": str or None}."""

    name = Line(120, required=True, error_messages={"required": "Write their name."})
    phone = Phone(load_default=None)
    email = fields.Email(load_default=None, error_messages={"invalid": _AN_EMAIL})


class StopSchema(InputSchema):
    """Whose texts stop. Loads to {"phone": E.164}."""

    phone = Phone(required=True)
