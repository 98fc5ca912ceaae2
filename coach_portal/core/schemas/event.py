"""Events and the endpoints they are posted to, as they are asked for and told."""

from typing import Any

from marshmallow import fields, validate

from coach_portal.core.rules.addresses import LONGEST
from coach_portal.core.rules.events import KINDS
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice, Line, RowId

MOST_EVENTS = 200
_HOW_MANY = f"Write a number from 1 to {MOST_EVENTS}."
_AFTER = "Send the number of the last event you have, or 0."


class EventsAfterSchema(InputSchema):
    """Which events are wanted: those after a number. Loads to {"after": int, "limit": int}."""

    after = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 2**63 - 1, error=_AFTER),
        error_messages={"invalid": _AFTER, "too_large": _AFTER},
        metadata={"description": "The number of the last event you have; 0 for the first ones that are kept."},
    )
    limit = fields.Integer(
        load_default=50,
        validate=validate.Range(1, MOST_EVENTS, error=_HOW_MANY),
        error_messages={"invalid": _HOW_MANY, "too_large": _HOW_MANY},
        metadata={"description": "How many at most."},
    )


class EventOut(OutputSchema):
    """Something that befell. Numbers rise; one that is missing was erased, or is about nobody you may see."""

    id = fields.String(metadata={"example": "evt_1_17", "description": "The same however often it is told."})
    number = fields.Integer(metadata={"example": 17})
    kind = fields.String(metadata={"example": "win.logged"})
    at = fields.String(metadata={"format": "date-time"})
    client_id = fields.Integer(allow_none=True)
    subject_id = fields.Integer(metadata={"description": "The win, miss, reflection, alert, consent or client."})
    data = fields.Dict(allow_none=True, metadata={"description": "That as it is now; null where it is gone."})


class SwitchSchema(InputSchema):
    """Whether events are kept. Loads to {"on": bool}."""

    on = fields.Boolean(
        required=True, error_messages={"invalid": "Say true or false.", "required": "Say true or false."}
    )


class SwitchOut(OutputSchema):
    """Whether events are kept."""

    on = fields.Boolean()


class EndpointSchema(InputSchema):
    """A new endpoint. Loads to {"url": str, "kinds": [str], "with_words": bool}."""

    url = Line(
        LONGEST,
        required=True,
        error_messages={"required": "Write an address, such as https://example.com/events."},
        metadata={"example": "https://example.com/events"},
    )
    kinds = fields.List(
        Choice(KINDS),
        load_default=list,
        validate=validate.Length(max=len(KINDS), error="Choose each kind once."),
        error_messages={"invalid": "Send a list."},
        metadata={"description": "Left out or empty: all.", "example": ["win.logged", "win.undone"]},
    )
    with_words = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "Say true or false."},
        metadata={"description": "Whether names, phones and clients' own words go along."},
    )


class ReplaySchema(InputSchema):
    """What is posted again. Loads to {"delivery_id": int or None}."""

    delivery_id = RowId(load_default=None, metadata={"description": "Left out: all that were given up."})


class EndpointOut(OutputSchema):
    """Where events are posted to."""

    id = fields.Integer(metadata={"example": 2})
    url = fields.String()
    kinds = fields.List(fields.String(), metadata={"description": "Empty: all."})
    with_words = fields.Boolean()
    created_at = fields.AwareDateTime()
    failing_since = fields.AwareDateTime(allow_none=True)
    disabled_at = fields.AwareDateTime(allow_none=True)


class NewEndpointOut(EndpointOut):
    """An endpoint with its secret, which is told where it is made."""

    secret = fields.String(metadata={"example": "whsec_..."})


class DeliveryOut(OutputSchema):
    """One event on its way to an endpoint."""

    id = fields.Integer(metadata={"example": 40})
    number = fields.Integer(metadata={"description": "The event's."})
    kind = fields.String()
    state = fields.String(metadata={"example": "done", "description": "waiting, done or given_up."})
    attempts = fields.Integer()
    status = fields.String(allow_none=True, metadata={"description": "What the last try came to.", "example": "200"})
    next_at = fields.AwareDateTime()
    tried_at = fields.AwareDateTime(allow_none=True)


def secret_told(endpoint: Any, secret: str) -> dict[str, Any]:
    """An endpoint and its secret, for NewEndpointOut."""
    return {**{name: getattr(endpoint, name) for name in EndpointOut().fields}, "secret": secret}
