"""How a view is hung up: its address, what it takes and gives, and the work it is handed.

A view gets its `Work`, then what was sent, then the ids in its address; it calls one service and answers rows:

    @creates("/things/<int:thing_id>/parts", PartOut, given=PartSchema, tag="Parts")
    def add_part(work, data, thing_id): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, wraps
from typing import Any, TypeVar

from flask import g
from marshmallow import RAISE, Schema, fields
from sqlalchemy.orm import Session

from coach_portal.core.models import Client, Coach
from coach_portal.core.schemas.base import OutputSchema
from coach_portal.core.services import scope
from coach_portal.core.services.practice import kept_answers
from coach_portal.web.api import once
from coach_portal.web.api.blueprint import SCOPE_OF, v1
from coach_portal.web.api.paging import WindowSchema
from coach_portal.web.portal import Outbox, Portal, portal
from coach_portal.web.recorded import sound

IDEMPOTENCY_KEY = {
    "name": kept_answers.HEADER,
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": kept_answers.LONGEST, "pattern": "^[ -~]+$"},
    "description": "With a key of your own making this is done once, however often you ask within a day.",
}

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Work:
    """What a view works with: its transaction, the coach it acts as, the moment, and where ids of texts to send go."""

    session: Session
    coach: Coach
    now: datetime
    outbox: Outbox

    def client(self, client_id: int) -> Client:
        """One of this coach's clients. Raises NotFound."""
        return scope.client_of(self.session, self.coach, client_id)


def creates(
    path: str,
    gives: type[OutputSchema],
    *,
    given: type[Schema],
    tag: str,
    scope: str = "write",
    tells_secrets: bool = False,
) -> Callable[[View], View]:
    """POST: take what the schema reads, and answer the new row with 201. An answer that `tells_secrets` is not kept."""

    def hang(view: View) -> View:
        answering = v1.response(201, gives)(view)
        doing = _scoped(view, scope)(_writing(answering, keeps=not tells_secrets))
        v1.post(path, tags=[tag], parameters=[IDEMPOTENCY_KEY])(v1.arguments(given)(doing))
        return view

    return hang


def shows(path: str, gives: type[OutputSchema], *, tag: str, scope: str = "read") -> Callable[[View], View]:
    """GET: answer one row."""

    def hang(view: View) -> View:
        v1.get(path, tags=[tag])(_scoped(view, scope)(_reading(v1.response(200, gives)(view))))
        return view

    return hang


def lists(
    path: str, of: type[OutputSchema], *, tag: str, asked: type[Schema] = WindowSchema, scope: str = "read"
) -> Callable[[View], View]:
    """GET: answer the page of rows that is `asked` for: a Window, unless another schema says what the view is given."""

    def hang(view: View) -> View:
        answering = _scoped(view, scope)(_reading(v1.response(200, _page_of(of))(view)))
        v1.get(path, tags=[tag])(v1.arguments(asked, location="query", unknown=RAISE)(answering))
        return view

    return hang


def plays(path: str, *, tag: str, scope: str = "read") -> Callable[[View], View]:
    """GET: answer a sound. The view tells its id and account at the carrier; it is fetched when nothing is open."""

    def hang(view: View) -> View:
        finding = _reading(view)

        @wraps(view)
        def playing(**ids: Any) -> Any:
            return sound(*finding(**ids))

        described = v1.response(200, {"type": "string", "format": "binary"}, content_type="audio/wav")(playing)
        v1.get(path, tags=[tag])(_scoped(view, scope)(described))
        return view

    return hang


def _reading(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def reading(*args: Any, **ids: Any) -> Any:
        here = portal()
        with here.database.reading() as session:
            return view(_work(here, session, Outbox([])), *args, **ids)

    return reading


def _scoped(view: Callable[..., Any], scope: str) -> Callable[[View], View]:
    SCOPE_OF[f"{v1.name}.{view.__name__}"] = scope
    described: Callable[[View], View] = v1.doc(security=[{"token": [scope]}])
    return described


def _writing(view: Callable[..., Any], *, keeps: bool) -> Callable[..., Any]:
    # Committed, and its texts queued, before the answer goes out.
    @wraps(view)
    def writing(*args: Any, **ids: Any) -> Any:
        here = portal()
        with here.writing() as (session, outbox):
            return once.doing(session, lambda: view(_work(here, session, outbox), *args, **ids), keeps=keeps)

    return writing


def _work(here: Portal, session: Session, outbox: Outbox) -> Work:
    return Work(session, session.get_one(Coach, g.shown.coach_id), here.now(), outbox)


@cache
def _page_of(item: type[OutputSchema]) -> type[Schema]:
    name = item.__name__.removesuffix("Out") + "PageSchema"
    cursor = fields.String(allow_none=True, metadata={"description": "Send it as `cursor` for the page after."})
    return Schema.from_dict({"items": fields.List(fields.Nested(item)), "next": cursor}, name=name)
