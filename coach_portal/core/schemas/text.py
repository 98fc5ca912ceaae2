"""Texts: one written by hand, and the conversation as told."""

from datetime import datetime
from typing import Any

from marshmallow import fields

from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.sms_text import MAX_LENGTH, to_gsm
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.call import RecordingOut
from coach_portal.core.schemas.fields import Attributes, Prose


class TextBody(Prose):
    """A text as it will be sent: look-alikes become GSM-7, which may lengthen it, before its length is judged."""

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        return to_gsm(super()._deserialize(value, attr, data, **options))


class TextSchema(InputSchema):
    """A text a coach writes by hand. Loads to {"body": str}."""

    body = TextBody(
        MAX_LENGTH,
        required=True,
        error_messages={"required": "Write something to send."},
        metadata={"example": "Five squats on day one. That is how it starts."},
    )


class Recorded(fields.Nested):
    """The message that was left, of a row that has one."""

    def get_value(self, obj: Any, attr: str, accessor: Any = None, default: Any = None) -> Any:
        """Address, length and how far the transcript is; None where nothing was recorded."""
        if obj.recording_seconds is None:
            return None
        address = f"/api/v1/clients/{obj.client_id}/messages/{obj.id}/recording"
        return {"address": address, "seconds": obj.recording_seconds, "transcript": obj.transcript}


class MessageOut(OutputSchema):
    """One text of the conversation, or one thing said on a call. Dumps rows that have, beside the message's own
    columns, the client's `timezone`, and `recording_seconds` and `transcript` of what was recorded.

    A call of ours asks in its `body`; what was said to it are rows of their own with the same `check_in_id`, and what
    we said to one of those `answers_id` it.
    """

    id = fields.Integer(metadata={"example": 41})
    direction = fields.String(metadata={"enum": ["in", "out"]})
    channel = fields.String(metadata={"enum": ["text", "call"]})
    kind = fields.String()
    body = fields.String(metadata={"description": "Of a call, what was asked, said or pressed, or the transcript."})
    state = fields.String(metadata={"description": "How far it came; `sent` is not yet `delivered`."})
    reason = fields.String(allow_none=True, metadata={"description": "Why it was not sent, where it was not."})
    error_code = fields.String(allow_none=True, metadata={"description": "The carrier's code, where it refused."})
    segments = fields.Integer(allow_none=True)
    understanding = fields.Raw(
        allow_none=True,
        metadata={"type": "object", "description": "What was made of a client's text."},
    )
    check_in_id = fields.Integer(allow_none=True, metadata={"description": "The check-in it asks or answers."})
    answers_id = fields.Integer(allow_none=True, metadata={"description": "The text it answers."})
    seconds = fields.Integer(allow_none=True, metadata={"description": "How long a call took."})
    answered_by = fields.String(
        allow_none=True, metadata={"description": "Who took a call, as the carrier thinks: human, machine_start, …"}
    )
    recording = Recorded(RecordingOut, allow_none=True)
    created_at = fields.AwareDateTime()
    local_time = fields.Method("tell_local_time", metadata={"type": "string", "format": "date-time"})

    def tell_local_time(self, row: Any) -> str:
        """The moment on the client's clock, with its offset."""
        created_at: datetime = row.created_at
        return created_at.astimezone(zone(row.timezone)).isoformat()
