"""Groups of clients: their names, who is in them, and handing clients over."""

from marshmallow import fields

from coach_portal.core.rules.roles import ROLES
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Line, RowId
from coach_portal.core.schemas.roster import ManySchema

LONGEST = 60


class GroupSchema(InputSchema):
    """A group's name. Loads to {"name": str}."""

    name = Line(
        LONGEST,
        required=True,
        error_messages={"required": "Write a name, such as Sleep well, spring."},
        metadata={"example": "Sleep well, spring"},
    )


class GroupManySchema(ManySchema):
    """A group for many: one there is, or a new one by its name. Loads to {"clients", "group": int or None, "name"}."""

    group = RowId(load_default=None)
    name = Line(LONGEST, load_default=None)


class MembersSchema(ManySchema):
    """Who joins or leaves a group. Loads to {"clients": [int], "off": bool}."""

    off = fields.Boolean(load_default=False, metadata={"description": "Take them out instead."})


class HandManySchema(ManySchema):
    """Whom to hand over, and to which coach. Loads to {"clients": [int], "to": int, "tell": bool}."""

    to = RowId(required=True, error_messages={"required": "Choose who takes them over."})
    tell = fields.Boolean(load_default=False, metadata={"description": "Tell each client by one text."})


class GroupOut(OutputSchema):
    """A group of clients."""

    id = fields.Integer(metadata={"example": 3})
    name = fields.String()
    created_at = fields.AwareDateTime()


class PersonOut(OutputSchema):
    """Somebody of the practice."""

    id = fields.Integer(metadata={"example": 2})
    name = fields.String()
    email = fields.String()
    role = fields.String(metadata={"enum": list(ROLES)})
