"""What clients report and what needs a human, as told."""

from marshmallow import fields

from coach_portal.core.schemas.base import OutputSchema


class WinOut(OutputSchema):
    """Something done. `goal_id` is empty for a win outside the goals; `title` is then in the client's words."""

    id = fields.Integer(metadata={"example": 31})
    goal_id = fields.Integer(allow_none=True)
    title = fields.String(allow_none=True, metadata={"description": "The goal's title, or the client's own words."})
    local_date = fields.Date()
    amount = fields.Float(allow_none=True)
    unit = fields.String(allow_none=True)
    source = fields.String()
    message_id = fields.Integer(allow_none=True, metadata={"description": "The text it was told in."})
    recorded_at = fields.AwareDateTime()


class MissOut(OutputSchema):
    """A goal said not to be done on one local day."""

    id = fields.Integer(metadata={"example": 5})
    goal_id = fields.Integer()
    title = fields.String()
    local_date = fields.Date()
    message_id = fields.Integer(allow_none=True)
    recorded_at = fields.AwareDateTime()


class ReflectionOut(OutputSchema):
    """A client's answer to a reflective question, in their own words."""

    id = fields.Integer(metadata={"example": 2})
    question = fields.String()
    body = fields.String()
    local_date = fields.Date()
    message_id = fields.Integer(allow_none=True)
    recorded_at = fields.AwareDateTime()


class AlertOut(OutputSchema):
    """Something a human must see now."""

    id = fields.Integer(metadata={"example": 9})
    kind = fields.String(metadata={"example": "risk"})
    client_id = fields.Integer(allow_none=True)
    client_name = fields.String(allow_none=True)
    message_id = fields.Integer(allow_none=True, metadata={"description": "The text that raised it."})
    created_at = fields.AwareDateTime()
    acknowledged_at = fields.AwareDateTime(
        allow_none=True, metadata={"description": "When somebody said that they have it in hand."}
    )
    acknowledged_by = fields.String(allow_none=True, metadata={"example": "coach:3", "description": "Who that was."})
    closed_at = fields.AwareDateTime(allow_none=True, metadata={"description": "When someone took care of it."})
    closed_by = fields.Integer(allow_none=True, metadata={"description": "The id of the coach who did."})
