"""The API's description as a page reads it: grouped, with each field beside what it means."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

_REF = "#/components/schemas/"
_METHODS = ("get", "post")


@dataclass(frozen=True, slots=True)
class Field:
    """One field or parameter."""

    name: str
    kind: str
    about: Markup
    is_required: bool


@dataclass(frozen=True, slots=True)
class Address:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    title: str
    about: list[Markup]
    scope: str
    asked: list[Field]
    sent: list[Field]
    told: list[Field]
    status: str


@dataclass(frozen=True, slots=True)
class Reference:
    """All of it: `about` in paragraphs, and the addresses by what they are about."""

    about: list[Markup]
    groups: dict[str, list[Address]]
    server: str


def read(document: Mapping[str, Any]) -> Reference:
    """An OpenAPI document of ours as a page."""
    groups: dict[str, list[Address]] = {}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                address = _address(document, path, method, item)
                groups.setdefault(item[method]["tags"][0], []).append(address)
    return Reference(_paragraphs(document["info"]["description"]), dict(sorted(groups.items())), _server(document))


def _server(document: Mapping[str, Any]) -> str:
    return str(document["servers"][0]["url"])


def _address(document: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]) -> Address:
    told = item[method]
    status = next(code for code in told["responses"] if str(code).startswith("2"))
    answer = _json_of(told["responses"][status])
    parameters = [*item.get("parameters", ()), *told.get("parameters", ())]
    security = told.get("security", document["security"])
    return Address(
        anchor=re.sub(r"\W+", "-", f"{method}{path.removeprefix('/api/v1')}").strip("-"),
        method=method.upper(),
        path=path,
        title=told["summary"],
        about=_paragraphs(told.get("description", "")),
        scope=" ".join(security[0]["token"]) if security else "",
        asked=[_parameter(one) for one in parameters if one["in"] != "path" and one["name"] != "Idempotency-Key"],
        sent=list(_fields(document, _json_of(told["requestBody"]))) if "requestBody" in told else [],
        told=list(_fields(document, answer)),
        status=str(status),
    )


def _json_of(part: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _parameter(told: Mapping[str, Any]) -> Field:
    return Field(told["name"], _kind(told["schema"]), _said(told.get("description", "")), told.get("required", False))


def _fields(document: Mapping[str, Any], schema: Mapping[str, Any], before: str = "") -> Iterator[Field]:
    """The fields of an object; of a list's rows with the list's name before them."""
    schema = _resolved(document, schema)
    for name, told in schema.get("properties", {}).items():
        known = name in schema.get("required", ())
        yield Field(f"{before}{name}", _kind(told), _said(_about(told)), known)
        inner = told.get("items", told)
        if "$ref" in inner and before.count("[]") + before.count(".") < 2:
            yield from _fields(document, inner, f"{before}{name}{'[]' if 'items' in told else ''}.")


def _about(told: Mapping[str, Any]) -> str:
    words = str(told.get("description", ""))
    if "enum" in told:
        words = f"{words} One of {', '.join(f'`{one}`' for one in told['enum'] if one is not None)}.".strip()
    if "example" in told:
        words = f"{words} Such as `{told['example']}`.".strip()
    return words


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return "object"
    kind = schema.get("format") or schema.get("type") or "any"
    if isinstance(kind, list):
        kind = " or ".join(kind)
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(kind)


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].removeprefix(_REF)]
    return found


def _paragraphs(text: str) -> list[Markup]:
    return [_said(" ".join(part.split())) for part in text.strip().split("\n\n") if part.strip()]


def _said(text: str) -> Markup:
    words = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", str(escape(text)))
    return Markup(re.sub(r"`(.+?)`", r"<code>\1</code>", words))  # noqa: S704  # nosec B704 # escaped above
