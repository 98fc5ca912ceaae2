"""A client, as sent and as told."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL
from coach_portal.core.rules.phone import country_of, timezones_of
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Country, Line, Locale, LocalTime, Phone, TimeZone

LOCALES = ("en", "es")

_ASK_NAME = "Write the client's name."
_HOW_MANY = "Write a number from 1 to 50."
_SO_MANY = validate.Range(1, 50, error=_HOW_MANY)
_ASK_COUNTRY = "Write the client's country, such as US: their number does not tell it."


class ClientSchema(InputSchema):
    """A person to be coached.

    Loads to {"name": str, "phone": E.164, "timezone": IANA name, "locale": "en" or "es", "country": ISO 3166}; zone and
    country come from the phone's prefix where they are not given and it tells them.
    """

    name = Line(120, required=True, error_messages={"required": _ASK_NAME}, metadata={"example": "Alice Reyes"})
    phone = Phone(
        required=True, metadata={"description": "With its country code; E.164 is best.", "example": "+16175550123"}
    )
    timezone = TimeZone(
        metadata={
            "description": "IANA name. May be left out where the phone's prefix lies in one zone.",
            "example": "America/New_York",
        }
    )
    locale = Locale(LOCALES, load_default="en", metadata={"description": "The language to text in."})
    country = Country(metadata={"description": "ISO 3166, two letters; from the phone unless given.", "example": "US"})

    @post_load
    def fill_from_phone(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take zone and country from the phone where they were left out."""
        zones = timezones_of(data["phone"])
        known_zone = zones[0] if len(zones) == 1 else None
        filled = {"timezone": known_zone, "country": country_of(data["phone"])} | data
        ask = {"timezone": _ask_zone(zones), "country": _ASK_COUNTRY}
        missing = {name: [ask[name]] for name in ask if filled[name] is None}
        if missing:
            raise ValidationError(missing)
        return filled


class OwnHoursSchema(InputSchema):
    """The hours a client asked for, within the law's and the practice's; None where they set no bound."""

    texts_from = LocalTime(load_default=None)
    texts_until = LocalTime(load_default=None)

    @validates_schema
    def leave_some_hours(self, data: dict[str, Any], **_: Any) -> None:
        """Hours that are none would silence everything."""
        if (data.get("texts_from") or LAW_FROM) >= (data.get("texts_until") or LAW_UNTIL):
            raise ValidationError("Choose an hour after the first one.", "texts_until")


class ClientChangeSchema(OwnHoursSchema):
    """What may change about a client. Their phone is who they are: another phone is another invitation."""

    name = Line(120, required=True, error_messages={"required": _ASK_NAME})
    timezone = TimeZone(required=True)
    locale = Locale(LOCALES, required=True)
    texts_per_day = fields.Integer(validate=_SO_MANY, error_messages={"invalid": _HOW_MANY})
    texts_per_week = fields.Integer(validate=_SO_MANY, error_messages={"invalid": _HOW_MANY})


class ClientOut(OutputSchema):
    """A client, where consent stands, and when they are asked next."""

    id = fields.Integer(metadata={"example": 7})
    name = fields.String()
    phone = fields.String(metadata={"description": "E.164"})
    country = fields.String()
    timezone = fields.String()
    locale = fields.String()
    consent = fields.String(
        metadata={
            "enum": ["none", "invited", "granted", "declined", "revoked"],
            "description": "Where the consent ledger stands. Nothing but the invitation is sent before `granted`.",
        }
    )
    calls = fields.String(
        metadata={
            "enum": ["none", "asked", "granted", "declined", "revoked"],
            "description": "The same for calls, which need an agreement of their own.",
        }
    )
    next_due_at = fields.AwareDateTime(
        dump_default=None, allow_none=True, metadata={"description": "When they are asked next; null if nothing is."}
    )
    paused_until = fields.AwareDateTime(allow_none=True, metadata={"description": "No check-ins before this moment."})
    held_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "Since when automated texts wait for a coach's decision."}
    )
    held_reason = fields.String(allow_none=True)
    unreachable_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "Since when the carrier says that this number takes no texts."}
    )
    archived_at = fields.AwareDateTime(allow_none=True)
    created_at = fields.AwareDateTime()


def _ask_zone(zones: tuple[str, ...]) -> str:
    if 1 < len(zones) <= 4:
        return f"Choose the client's time zone: this number may be in {' or '.join(zones)}."
    return "Choose the client's time zone, such as America/New_York: their number does not tell it."
