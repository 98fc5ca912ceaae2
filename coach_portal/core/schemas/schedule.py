"""When a client is asked, as sent and as told."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL
from coach_portal.core.rules.schedule import EVERY_DAY, spread
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice, Days, LocalTime, RowId

KINDS = ("check_in", "wins", "reflection")
LONGEST_ROUND = 28
"""A question asked less often than every four weeks is not a habit's."""
CHANNELS = ("text", "call")
ON_MACHINE = ("text", "message")

_SUNDAY = "7"
_DAYS_SENT = {
    "oneOf": [
        {"type": "array", "items": {"oneOf": [{"type": "integer"}, {"type": "string"}]}},
        {"type": "string"},
    ],
    "description": 'ISO weekdays: [1, 3, 5], "135", ["mon", "wed", "fri"], "daily", "weekdays" or "weekends". '
    "Every day unless given; Sunday for a reflection.",
    "example": [1, 2, 3, 4, 5],
}


def _when_texts_may_go(local_time: str) -> None:
    # "HH:MM" strings order as the times they say.
    if not LAW_FROM <= local_time < LAW_UNTIL:
        raise ValidationError(f"Choose a time from {LAW_FROM} until before {LAW_UNTIL}: no text is sent outside it.")


class ScheduleSchema(InputSchema):
    """On which weekdays and at which local time a client is asked, and about which goals.

    Instead of weekdays: so many `times_per_week`, which are spread over it, or `every_days` so many days. Loads to
    {"kind": str, "days": "135", "local_time": "HH:MM", "channel": "text", "goal_ids": [int]} and, where it counts
    days, {"every_days": int, "starts_on": date}; no goals means all.
    """

    kind = Choice(KINDS, load_default="check_in")
    days = Days(metadata=_DAYS_SENT)
    times_per_week = fields.Integer(
        validate=validate.Range(1, 7, error="Choose from 1 to 7 times a week."),
        error_messages={"invalid": "Write a whole number from 1 to 7."},
        metadata={"description": "Instead of days: 3 is Monday, Wednesday, Friday."},
    )
    every_days = fields.Integer(
        validate=validate.Range(1, LONGEST_ROUND, error=f"Choose from 1 to {LONGEST_ROUND} days."),
        error_messages={"invalid": f"Write a whole number from 1 to {LONGEST_ROUND}."},
        metadata={"description": "Instead of days: every so many days."},
    )
    starts_on = fields.Date(
        error_messages={"invalid": "Write a date, such as 2026-11-30."},
        metadata={"description": "The first of the `every_days`, a date where the client is; today unless given."},
    )
    local_time = LocalTime(
        required=True,
        validate=_when_texts_may_go,
        metadata={"description": "HH:MM on the client's clock.", "example": "08:30"},
    )
    channel = Choice(
        CHANNELS,
        load_default="text",
        metadata={"description": "By text or by call. Until they have agreed to calls, a text asks instead."},
    )
    call_at = LocalTime(
        allow_none=True,
        validate=_when_texts_may_go,
        metadata={"description": "HH:MM of the same day: a call, where nothing came back to the text by then."},
    )
    on_machine = Choice(
        ON_MACHINE,
        load_default="text",
        metadata={"description": "What an answering machine gets: a short message, or the text instead."},
    )
    goals = fields.List(
        RowId(),
        attribute="goal_ids",
        load_default=list,
        error_messages={"invalid": "Send a list of goal ids, or leave it out for all goals."},
        metadata={"description": "Ids of the goals to ask about; all unless named.", "example": []},
    )

    @post_load
    def fill_days(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Every day unless told; a reflection belongs to Sunday."""
        times = data.pop("times_per_week", None)
        usual = _SUNDAY if data.get("kind") == "reflection" else EVERY_DAY
        return {"days": spread(times) if times else usual} | data

    @validates_schema
    def call_after_the_text(self, data: dict[str, Any], **_: Any) -> None:
        """A call that follows a text comes after it; the week is given back by text."""
        call_at, is_call = data.get("call_at"), data.get("channel") == "call"
        if data.get("kind") == "reflection" and (is_call or call_at):
            raise ValidationError("The week is given back by text.", "channel")
        if call_at and is_call:
            raise ValidationError("Leave this out: it is a call already.", "call_at")
        if call_at and call_at <= data.get("local_time", ""):
            raise ValidationError("Choose a time after the text’s.", "call_at")

    @validates_schema
    def choose_one(self, data: dict[str, Any], **_: Any) -> None:
        """One way of saying how often."""
        told = [name for name in ("days", "times_per_week", "every_days") if name in data]
        if len(told) > 1:
            raise ValidationError("Say it one way: days, times_per_week or every_days.", told[1])


class ScheduleOut(OutputSchema):
    """When a client is asked. `goals` empty means every active goal."""

    id = fields.Integer(metadata={"example": 3})
    kind = fields.String()
    days = Days(metadata={"type": "array", "items": {"type": "integer"}, "description": "ISO weekdays, Monday is 1."})
    every_days = fields.Integer(
        allow_none=True, metadata={"description": "Every so many days; `days` then does not count."}
    )
    starts_on = fields.Date(allow_none=True)
    local_time = fields.String()
    channel = fields.String(metadata={"description": "text or call."})
    call_at = fields.String(allow_none=True, metadata={"description": "When a call follows a text nothing came to."})
    on_machine = fields.String(metadata={"description": "What an answering machine gets: text or message."})
    goals = fields.Function(
        lambda schedule: schedule.goal_ids or [], metadata={"type": "array", "items": {"type": "integer"}}
    )
    next_due_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "Empty until the client has said YES, and while nothing is asked."}
    )
    created_at = fields.AwareDateTime()
