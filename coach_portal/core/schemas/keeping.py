"""How long former clients are kept, and whether one is to be erased now."""

from marshmallow import fields

from coach_portal.core.rules.retention import CHOICES
from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.fields import Choice, Line

FOR_EVER = "ever"


class KeepingSchema(InputSchema):
    """After how many months former clients are erased. Loads to {"months": int or None}."""

    months = Choice([*map(str, CHOICES), FOR_EVER], required=True)

    def read(self, data: object) -> dict[str, int | None]:
        """The number, or None where they are kept."""
        chosen: str = super().read(data)["months"]  # type: ignore[arg-type]
        return {"months": None if chosen == FOR_EVER else int(chosen)}


class EraseSchema(InputSchema):
    """The name of whoever is to be erased, and whether it is blanked out in other people's texts too."""

    name = Line(120, required=True, error_messages={"required": "Write their name, so that nobody else is erased."})
    strike = fields.Boolean(load_default=True, error_messages={"invalid": "Say true or false."})


class ErasureOut(OutputSchema):
    """An erasure: the rows went at once; `done_at` is when the last copy elsewhere was gone too."""

    id = fields.Integer(metadata={"example": 2})
    client_id = fields.Integer()
    asked_at = fields.AwareDateTime()
    done_at = fields.AwareDateTime(allow_none=True)
    did = fields.Dict(metadata={"description": "How many rows went, and in how many of others the name was blanked."})


class ExportOut(OutputSchema):
    """Everything about one client, by table; what each holds is in docs/data.md."""

    made_at = fields.AwareDateTime()
    client_id = fields.Integer()
    tables = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.Dict()),
        metadata={"description": "Rows by the name of their table: message, goal, win, consent and others."},
    )
