"""What every schema shares: how input is tidied before it is read, and how refusals are worded."""

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, pre_load

from coach_portal.core.errors import Invalid

WHOLE = "_schema"
"""The name under which a mistake that belongs to no single field is told."""


class InputSchema(Schema):
    """What people and programs send, alike from a page's form, the API's JSON and a CSV row.

    A value that is empty (None, "" or only blanks) counts as absent; a field we do not know is refused.
    """

    class Meta:
        """Refuse what we do not know: a mistyped field must not be lost, and no one assigns what is not theirs."""

        unknown = RAISE

    error_messages = {"type": "Send an object with named fields."}  # noqa: RUF012

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.error_messages["unknown"] = f"There is no such field here; there are {', '.join(self.load_fields)}."

    @pre_load
    def drop_empty(self, data: Any, **_: Any) -> Any:
        """Leave out what is empty."""
        if not isinstance(data, Mapping):
            return data
        return {name: value for name, value in data.items() if not _empty(value)}

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Check and normalise. Raises errors.Invalid, with one thing to do for each field that needs it."""
        try:
            loaded: dict[str, Any] = self.load(data)
        except ValidationError as error:
            raise Invalid(advice(error.messages)) from error
        return loaded


class NothingMoreSchema(InputSchema):
    """Nothing more is to be said."""


class OutputSchema(Schema):
    """What we tell. Moments are ISO 8601 in UTC unless their name says local."""


def advice(told: Any) -> dict[str, str]:
    """What marshmallow tells of some input, flat: each field's name and what to do about it."""
    if not isinstance(told, Mapping):
        return {WHOLE: " ".join(_leaves(told))}
    return {str(name): " ".join(_leaves(what)) for name, what in told.items()}


def _leaves(told: Any) -> list[str]:
    if isinstance(told, Mapping):
        told = list(told.values())
    if isinstance(told, list):
        return list(dict.fromkeys(leaf for part in told for leaf in _leaves(part)))
    return [str(told)]


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
