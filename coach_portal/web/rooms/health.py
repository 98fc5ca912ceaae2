"""Whether we are well, for whoever watches."""

from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from coach_portal.web.access import public
from coach_portal.web.portal import portal

health = Blueprint("health", __name__)


@health.get("/healthz")
@public
def check() -> tuple[dict[str, str], int]:
    """200 when the database answers, else 503."""
    try:
        with portal().database.reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return {"database": "does not answer"}, 503
    return {"database": "answers"}, 200
