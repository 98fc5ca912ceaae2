"""The API's own description, for programs: OpenAPI at /api/v1/openapi.json."""

from typing import Any

import flask_smorest
from flask import Flask, current_app

from coach_portal.web.api.blueprint import Api, v1
from coach_portal.web.api.errors import ErrorSchema
from coach_portal.web.portal import Portal

VERSION = "1"
_ABOUT = """\
Coach Portal texts clients about the tiny habits they agreed with their coach. Through this API a program does what
the pages let a coach do.

**Who asks.** Each request carries a token, `Authorization: Bearer cp_...`, and acts as the coach the token was made
for. A row that is someone else's answers exactly as one that does not exist: 404.

**Scopes.** A token may do what its scopes name; each address says which it wants. Without it the answer is 403.

**How often.** Each token may ask 300 times a minute. `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`
(in seconds) come with each answer; beyond it the answer is 429, and `Retry-After` says how many seconds to wait.

**Asking twice.** With an `Idempotency-Key` of your own making a POST is done once, however often you send it within a
day: the first answer comes again, with `Idempotency-Replayed: true`. Another request under the same key is refused with
422. An answer that held a secret is not kept: then it is 409, and nothing is done again.

**Events.** What befalls can be read in order or posted to an address of yours, signed: see docs/api.md.

**Lists** answer `{"items": [...], "next": cursor or null}`. Send `next` back as `cursor` for the page after.

**Errors** all have one shape, and say at each field what to do about it.

**Times** are ISO 8601 in UTC, unless their name says that they are local.
"""


class Document(flask_smorest.Api):  # type: ignore[misc]
    """Describes the API's views. Serving the description and answering errors are ours."""

    ERROR_SCHEMA = ErrorSchema

    def _register_doc_blueprint(self) -> None:
        """Served below, behind the same doors as everything else."""

    def _register_error_handlers(self) -> None:
        """Ours are on the blueprint, so that the portal's pages keep theirs."""

    def _register_pagination_header(self) -> None:
        """Our pages are told in the body."""


def init_app(app: Flask, blueprint: Api) -> None:
    """Put the views on the app and describe them."""
    here: Portal = app.extensions["portal"]
    options = {
        "info": {"description": _ABOUT},
        "servers": [{"url": here.settings.public_url}],
        "security": [{"token": []}],
    }
    document = Document(
        app, spec_kwargs={"title": "Coach Portal", "version": VERSION, "openapi_version": "3.1.0", **options}
    )
    document.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    document.register_blueprint(blueprint)
    app.extensions["openapi"] = document.spec.to_dict()


def openapi() -> Any:
    """This description"""
    return current_app.json.response(current_app.extensions["openapi"])


_described = v1.doc(security=[])(v1.response(200, {"type": "object"})(openapi))
v1.get("/openapi.json", endpoint="openapi", tags=["About"])(_described)
