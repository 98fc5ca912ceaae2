"""The kinds of values people send: a line, a text, a phone, a zone, a wall time, weekdays, a choice."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from zoneinfo import available_timezones

from marshmallow import ValidationError, fields, validate

from coach_portal.core.rules.phone import HOW_TO_WRITE, NotAPhone, countries, to_e164
from coach_portal.core.rules.schedule import EVERY_DAY

Attributes = Mapping[str, Any] | None

_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_ZONES: Final = frozenset({"localtime", "Factory", "posixrules"})
_TIME: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_NAMED_DAYS: Final = {"daily": EVERY_DAY, "weekdays": "12345", "weekends": "67"}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class AtMost(validate.Length):
    """No longer than `max` characters; tells how many are too many."""

    def __call__(self, value: Any) -> Any:
        """Check a value."""
        most = self.max or 0
        over = len(value) - most
        if over > 0:
            noun = "character" if over == 1 else "characters"
            raise ValidationError(f"Shorten it by {over} {noun}: at most {most} fit.")
        return value


class Line(fields.String):
    """One line of text, trimmed, of at most `longest` characters."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Write this as text.",
        "required": "Fill this in.",
        "control": "Take out line breaks and characters that cannot be shown.",
    }
    allowed_controls = ""

    def __init__(self, longest: int, **options: Any):
        super().__init__(validate=AtMost(max=longest), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **options)).strip()
        if any(_unprintable(character, self.allowed_controls) for character in text):
            raise self.make_error("control")
        return text


class Prose(Line):
    """A text that may have several lines."""

    default_error_messages = {"control": "Take out characters that cannot be shown."}  # noqa: RUF012
    allowed_controls = "\n\t"

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return super()._deserialize(value, attr, data, **options)


class Phone(fields.String):
    """A phone number, however spaced, with its country code; loads as E.164."""

    default_error_messages = {"invalid": HOW_TO_WRITE, "required": HOW_TO_WRITE}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        try:
            return to_e164(super()._deserialize(value, attr, data, **options))
        except NotAPhone as error:
            raise ValidationError(str(error)) from error


class Choice(fields.String):
    """One of a few words; capitals do not matter."""

    def __init__(self, options: Iterable[str], **more: Any):
        self.choices = tuple(options)
        told = _which_of(self.choices)
        super().__init__(
            validate=validate.OneOf(self.choices, error=told),
            error_messages={"invalid": told, "required": told},
            **more,
        )

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        return str(super()._deserialize(value, attr, data, **options)).strip().lower()


class Locale(Choice):
    """A language we write in; a regional tag such as en-US or es_MX means its language."""

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        return re.split("[-_]", super()._deserialize(value, attr, data, **options))[0]


class Country(fields.String):
    """An ISO 3166 country code; loads in capitals."""

    default_error_messages = {"invalid": "Write the country's two letters, such as US or ES."}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        code = str(super()._deserialize(value, attr, data, **options)).strip().upper()
        if code not in countries():
            raise self.make_error("invalid")
        return code


class TimeZone(fields.String):
    """An IANA zone name; capitals do not matter."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "We do not know this time zone. Choose one such as America/New_York.",
        "required": "Choose a time zone, such as America/New_York.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        written = str(super()._deserialize(value, attr, data, **options)).strip()
        name = _zones_by_folded_name().get(written.casefold().replace(" ", "_"))
        if name is None:
            raise self.make_error("invalid")
        return name


class LocalTime(fields.String):
    """A wall time, loaded as "HH:MM"."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "Write a time from 00:00 to 23:59, such as 08:30.",
        "required": "Write a time, such as 08:30.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        found = _TIME.fullmatch(str(super()._deserialize(value, attr, data, **options)).strip())
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise self.make_error("invalid")
        return f"{int(found[1]):02}:{found[2]}"


class Days(fields.Field[str]):
    """Weekdays. Loads as ISO digits in order, "135"; dumps as the list [1, 3, 5].

    Taken: [1, 3, 5], "135", ["mon", "wed", "fri"], "mon, wed, fri", "daily", "weekdays", "weekends".
    """

    default_error_messages = {  # noqa: RUF012
        "invalid": "Choose weekdays: 1 (Monday) to 7 (Sunday), or daily, weekdays, weekends."
    }

    def _serialize(self, value: str | None, attr: str | None, obj: Any, **options: Any) -> list[int]:
        return [int(digit) for digit in value or ""]

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        if isinstance(value, str):
            value = re.findall(r"[a-z]+|[^a-z,;\s]", value.lower())
        if not isinstance(value, list | tuple | set) or not value:
            raise self.make_error("invalid")
        digits = {digit for part in value for digit in self._digits(part)}
        return "".join(sorted(digits))

    def _digits(self, part: object) -> str:
        word = str(part).strip().lower()
        if word in _NAMED_DAYS:
            return _NAMED_DAYS[word]
        if not isinstance(part, bool) and word in EVERY_DAY and len(word) == 1:
            return word
        for number, day in enumerate(_DAYS, 1):
            if len(word) >= 3 and day.startswith(word):
                return str(number)
        raise self.make_error("invalid")


class RowId(fields.Integer):
    """The id of a row."""

    default_error_messages = {"invalid": "This is no id.", "too_large": "This is no id."}  # noqa: RUF012

    def _validated(self, value: Any) -> int:
        if isinstance(value, float):
            raise self.make_error("invalid")
        number = super()._validated(value)
        if not 0 < number < 2**63:
            raise self.make_error("invalid")
        return number


def time_zones() -> tuple[str, ...]:
    """Every IANA zone name, in order: what a page offers."""
    return tuple(sorted(_zones_by_folded_name().values()))


@lru_cache(maxsize=1)
def _zones_by_folded_name() -> dict[str, str]:
    # available_timezones() walks the file system.
    return {name.casefold(): name for name in available_timezones() - _NOT_ZONES}


def _unprintable(character: str, allowed: str) -> bool:
    # Control characters and lone surrogates break databases and terminals; direction overrides let a name pose as
    # another. Joiners inside emoji are neither.
    if character in allowed:
        return False
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI


def _which_of(words: tuple[str, ...]) -> str:
    return f"Choose one of {', '.join(words)}." if len(words) > 1 else f"Only {words[0]} for now."
