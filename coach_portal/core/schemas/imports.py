"""What comes in from another system: the rows of a CSV file, read by the schemas that forms and API use too."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from marshmallow import ValidationError, fields, post_load

from coach_portal.core.errors import Invalid
from coach_portal.core.rules import csv_file
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.client import ClientSchema
from coach_portal.core.schemas.fields import Choice, Line, Phone
from coach_portal.core.schemas.goal import GoalSchema
from coach_portal.core.schemas.reading import WinReadingSchema

KINDS: Final = ("clients", "goals", "wins")
LARGEST: Final = 3 * 1024 * 1024
"""Bytes a file may have."""
FIRST_DAY: Final = date(1990, 1, 1)

_A_DATE = "Write the date as year-month-day, such as 2026-03-31."
_WHOSE = "The phone of a client whom you have here already."
ALSO: Final = {
    "full_name": "name", "client": "name", "client_name": "name",
    "phone_number": "phone", "mobile": "phone", "mobile_phone": "phone", "cell": "phone", "cell_phone": "phone",
    "telephone": "phone", "number": "phone",
    "time_zone": "timezone", "language": "locale", "country_code": "country",
    "action": "title", "frequency": "cadence", "cue": "anchor", "start": "since", "start_date": "since",
    "date": "on", "day": "on", "local_date": "on", "what": "title", "win": "title",
}  # fmt: skip
_CONSENT = ("consent", "consented", "opt_in", "opted_in", "optin", "sms_consent", "agreed")


class GoalRowSchema(GoalSchema):
    """A goal of the client with this phone; `since` is when they took it up, today unless said."""

    phone = Phone(required=True, metadata={"description": _WHOSE})
    since = fields.Date(load_default=None, error_messages={"invalid": _A_DATE})


class WinRowSchema(WinReadingSchema):
    """Something the client with this phone did on a day that is over: one of their goals, or anything else in words."""

    class Meta(InputSchema.Meta):
        """A file knows a goal by its title."""

        exclude = ("goal_id",)

    phone = Phone(required=True, metadata={"description": _WHOSE})
    goal = Line(120, load_default=None, metadata={"description": "The goal's title.", "example": "5 squats"})

    @post_load
    def name_only_what_is_outside(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A win is of a goal or in words."""
        if (data["goal"] is None) == (data["title"] is None):
            raise ValidationError("Name the goal, or else say in words what it was.", "goal")
        if data["on"] < FIRST_DAY:
            raise ValidationError("Check the year.", "on")
        return data


SCHEMAS: Final[dict[str, type[InputSchema]]] = {"clients": ClientSchema, "goals": GoalRowSchema, "wins": WinRowSchema}


@dataclass(frozen=True, slots=True)
class Rows:
    """A file as the schema reads it: rows that are well made, those that are not, and what was left out of it.

    `good` holds (line, values); `bad` (line, {field: what to do}).
    """

    good: list[tuple[int, dict[str, Any]]]
    bad: list[tuple[int, dict[str, str]]]
    left_out: list[str]

    @property
    def says_consent(self) -> bool:
        """Whether the file says who agreed to texts, which no file can."""
        return any(name in _CONSENT for name in self.left_out)


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns a file of this kind may have."""
    names = [name for name in SCHEMAS[kind]().load_fields if name != "phone"]
    return ("name", "phone", *(name for name in names if name != "name")) if kind == "clients" else ("phone", *names)


def read_rows(kind: str, text: str) -> Rows:
    """Read a CSV file of this kind. Raises Invalid when it cannot be read at all."""
    schema = SCHEMAS[kind]()
    try:
        table = csv_file.read(text, columns_of(kind), ALSO)
    except csv_file.NotATable as error:
        raise Invalid({"file": str(error)}) from error
    good, bad = [], []
    for line, cells in table.rows:
        try:
            good.append((line, schema.read(cells)))
        except Invalid as refused:
            bad.append((line, refused.fields))
    return Rows(good, bad, table.left_out)


class ImportSchema(InputSchema):
    """A CSV file and what is in it."""

    kind = Choice(KINDS, required=True, metadata={"description": "What each row is."})
    csv = fields.String(
        required=True,
        error_messages={"required": "Send the file's text, its first line naming the columns."},
        metadata={"description": "The file's text.", "example": "name,phone\nAlice Reyes,+16175550123\n"},
    )


class TakeSchema(InputSchema):
    """Whether those who come in are asked at once if they agree to texts."""

    invite = fields.Boolean(load_default=True, error_messages={"invalid": "Say true or false."})


class ImportOut(OutputSchema):
    """A file that was read. Nothing of it counts before it is taken."""

    id = fields.Integer(metadata={"example": 3})
    kind = fields.String()
    good = fields.Integer(metadata={"description": "Rows that can be taken."})
    bad = fields.Method(
        "tell_bad",
        metadata={
            "type": "array",
            "items": {"type": "object"},
            "description": "The others: each one's `line`, and in `fields` what to do about it.",
        },
    )
    created_at = fields.AwareDateTime()
    taken_at = fields.AwareDateTime(allow_none=True)
    taken = fields.Integer(allow_none=True, metadata={"description": "Rows that were taken."})

    def tell_bad(self, draft: Any) -> list[dict[str, Any]]:
        """The rows that cannot be taken."""
        return [{"line": line, "fields": told} for line, told in draft.bad]
