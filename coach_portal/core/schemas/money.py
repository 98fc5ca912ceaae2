"""What a practice may type about its money and its numbers."""

from decimal import Decimal

from marshmallow import fields, validate

from coach_portal.core.rules.pacing import CLASSES
from coach_portal.core.schemas.base import InputSchema, OutputSchema

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


class ForecastOut(OutputSchema):
    """An estimate of a month of texts and calls as the schedules stand, answers included.

    `micros`: millionths of a US dollar.
    """

    sent = fields.Integer(metadata={"description": "Segments that go out."})
    received = fields.Integer(metadata={"description": "Segments that come back."})
    calls = fields.Integer(metadata={"description": "Calls that are placed."})
    micros = fields.Integer()
    words = fields.String(metadata={"example": "about 73 segments a month, about $0.90"})


class MoneyOut(OutputSchema):
    """What the practice's texts have cost since `month` began, in millionths of a US dollar.

    `cap_micros` is what the month may cost, empty for no limit; `reached_at` when that was reached.
    """

    month = fields.Date()
    spent_micros = fields.Integer(attribute="spent")
    cap_micros = fields.Integer(attribute="practice.monthly_cap_micros", allow_none=True)
    reached_at = fields.AwareDateTime(attribute="practice.budget_spent_at", allow_none=True)
    forecast = fields.Nested(ForecastOut)
