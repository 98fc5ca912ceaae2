"""Forms as pages send them: the fields a schema knows, what was typed, and what to do where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas.base import WHOLE, InputSchema
from coach_portal.core.schemas.roster import WantedSchema
from coach_portal.core.services.pages.roster import Wanted

MOST_DIGITS = 19
"""No row's id has more, and Python refuses to read thousands of them."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form shows: `values` by field, and `errors` where something is to be done."""

    values: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """What to show in a field."""
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        """What to do about a field, if anything."""
        return self.errors.get(name, "")

    @property
    def whole(self) -> str:
        """What is wrong with no field in particular."""
        return self.errors.get(WHOLE, "")


def row_id(written: str) -> int | None:
    """The id that was sent; None when it is none."""
    return int(written) if written.isdecimal() and len(written) <= MOST_DIGITS else None


def typed(schema: InputSchema, lists: Iterable[str] = ()) -> dict[str, Any]:
    """What was typed into the fields this schema knows; fields that may be ticked several times come as lists."""
    several = set(lists)
    names = [name for name in schema.load_fields if name in request.form or name in several]
    return {name: request.form.getlist(name) if name in several else request.form[name] for name in names}


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Which clients an address or a form asks for. What it says amiss is passed over: everybody is shown then."""
    schema = WantedSchema()
    given = {name: asked[name] for name in schema.load_fields if name in asked}
    try:
        return Wanted(**schema.read(given))
    except Invalid as refused:
        return Wanted(**schema.read({name: said for name, said in given.items() if name not in refused.fields}))
