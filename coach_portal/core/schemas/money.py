"""What a practice may type about its money and its numbers."""

from decimal import Decimal

from marshmallow import fields, validate

from coach_portal.core.rules.pacing import CLASSES
from coach_portal.core.schemas.base import InputSchema

_A_SUM = "Write a sum in dollars, such as 50, or leave it empty for no limit."


class CapSchema(InputSchema):
    """What a month may cost. Loads to {"cap": Decimal dollars or None}."""

    cap = fields.Decimal(
        load_default=None,
        validate=validate.Range(Decimal(1), Decimal(1_000_000), error="Choose a sum from 1 to 1,000,000 dollars."),
        error_messages={"invalid": _A_SUM, "special": _A_SUM},
    )


class NumberSchema(InputSchema):
    """How a number is registered. Loads to {"sender_class": one of rules.pacing.CLASSES}."""

    sender_class = fields.String(required=True, validate=validate.OneOf(CLASSES, error="Choose one of these."))


class AccountSchema(InputSchema):
    """The practice's own account. Loads to {"account_sid": str, "token": str}."""

    account_sid = fields.String(load_default="")
    token = fields.String(load_default="")
