"""What a practice wishes for its clients' Sundays, and who sees a client's week, as sent and as told."""

from typing import Any

from marshmallow import fields

from coach_portal.core.schemas.base import InputSchema, OutputSchema
from coach_portal.core.schemas.client import LOCALES
from coach_portal.core.schemas.fields import Attributes, Choice, Line, Phone

THEMES = ("noticing", "help", "kindness", "ahead")
PICTURES = ("off", "link", "mms")
LONGEST_QUESTION = 100


class Question(Line):
    """One line that asks."""

    default_error_messages = {"asks": "End it with a question mark, so that it can be answered."}  # noqa: RUF012

    def _deserialize(self, value: Any, attr: str | None, data: Attributes, **options: Any) -> str:
        asked = super()._deserialize(value, attr, data, **options)
        if not asked.endswith("?"):
            raise self.make_error("asks")
        return asked


class QuestionSchema(InputSchema):
    """A question for Sundays. Loads to {"body", "theme", "locale"}."""

    body = Question(
        LONGEST_QUESTION,
        required=True,
        error_messages={"required": "Write the question."},
        metadata={"example": "What did the river look like this week?"},
    )
    theme = Choice(
        THEMES,
        load_default="noticing",
        metadata={"description": "After a hard week only questions of `kindness` are asked."},
    )
    locale = Choice(LOCALES, load_default="en", metadata={"description": "Whom it is asked: who speaks this."})


class QuestionOut(OutputSchema):
    """A question that the practice added to ours."""

    id = fields.Integer(metadata={"example": 3})
    body = fields.String()
    theme = fields.String(metadata={"enum": list(THEMES)})
    locale = fields.String()
    created_at = fields.AwareDateTime()
    retired_at = fields.AwareDateTime(allow_none=True)


class RetireSchema(InputSchema):
    """Nothing needs saying."""


class PicturesSchema(InputSchema):
    """How the week's picture reaches clients. Loads to {"pictures"}."""

    pictures = Choice(PICTURES, required=True)


class SupporterSchema(InputSchema):
    """Someone whom a client may let see their week. Loads to {"name", "phone", "locale"}."""

    name = Line(60, required=True, error_messages={"required": "Write the name the client calls them by."})
    phone = Phone(required=True)
    locale = Choice(LOCALES, load_default="en")
