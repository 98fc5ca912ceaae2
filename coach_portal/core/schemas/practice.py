"""What a practice chooses for itself."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL
from coach_portal.core.schemas.base import InputSchema
from coach_portal.core.schemas.client import LOCALES
from coach_portal.core.schemas.fields import Choice, Locale, LocalTime, Prose


class HoursSchema(InputSchema):
    """When a practice texts, within the law's hours. Loads to {"texts_from", "texts_until", "sunday_from"}, "HH:MM"."""

    texts_from = LocalTime(required=True)
    texts_until = LocalTime(required=True)
    sunday_from = LocalTime(required=True)

    @validates_schema
    def keep_the_law(self, data: dict[str, Any], **_: Any) -> None:
        """Within 8:00 and 21:00, and never an empty day."""
        if data["texts_from"] < LAW_FROM:
            raise ValidationError(f"Not before {LAW_FROM}: the law does not allow it.", "texts_from")
        if data["texts_until"] > LAW_UNTIL:
            raise ValidationError(f"Not after {LAW_UNTIL}: the law does not allow it.", "texts_until")
        if not data["texts_from"] < data["texts_until"]:
            raise ValidationError("Choose an hour after the first one.", "texts_until")
        if not data["texts_from"] <= data["sunday_from"] < data["texts_until"]:
            raise ValidationError("Choose an hour between the two above.", "sunday_from")


class WordingSchema(InputSchema):
    """One way of saying a text. Loads to {"kind": str, "locale": str, "body": str}."""

    kind = Choice(("check_in", "wins", "reminder"), required=True)
    locale = Locale(LOCALES, required=True)
    body = Prose(400, required=True, error_messages={"required": "Write how it is said."})
