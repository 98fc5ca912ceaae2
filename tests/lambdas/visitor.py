"""Someone who uses the portal as Lambda serves it: from its zip, each request an event of its function's address."""

import base64
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import insert

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.services.week import digests
from tests import webhooks
from tests.cast import NOW, PASSWORD, found_in
from tests.core.services.test_preparation import lived, meet
from tests.factories import make_goal, make_schedule
from tests.lambdas.runtime_api import Environment
from tests.rows import row

TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
STYLE = re.compile(r'href="([^"]+\.css[^"]*)"')


@dataclass
class Visitor:
    """Keeps cookies, and fills in forms with their token."""

    environment: Environment
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Any request; answers its status and its body."""
        event = webhooks.event("page")
        event["rawPath"], _, event["rawQueryString"] = path.partition("?")
        event["cookies"] = [f"{name}={value}" for name, value in self.cookies.items()]
        event["requestContext"]["http"] |= {"path": event["rawPath"], "method": "GET" if form is None else "POST"}
        if form is not None:
            event["body"] = urlencode(form)
            event["headers"] |= {"content-type": "application/x-www-form-urlencoded"}
        answer = self.environment.invoke(event)
        self.cookies |= dict(each.partition(";")[0].split("=", 1) for each in answer.get("cookies", []))
        body = answer["body"] or ""
        return answer["statusCode"], base64.b64decode(body) if answer.get("isBase64Encoded") else body.encode()

    def sign_in(self, email: str) -> int:
        """Fill in the form at the door; answers the status."""
        _, page = self.ask("/sign-in")
        found = TOKEN.search(page.decode())
        form = {"email": email, "password": PASSWORD, "csrf_token": found[1] if found else ""}
        return self.ask("/sign-in", form)[0]


def walk(environment: Environment, database: Database) -> list[str]:
    """Through the door, to a style, a client, a picture and a report on paper; answers what was not as it should be."""
    client, paper, week = _furnish(database)
    visitor = Visitor(environment)
    door = visitor.ask("/sign-in")[1].decode()
    style = STYLE.search(door)
    seen = {
        "door": "<form" in door,
        "style": style is not None and visitor.ask(style[1])[0] == 200,
        "a stranger is sent away": visitor.ask(client)[0] in {302, 303},
        "signed in": visitor.sign_in("alice@example.com") == 303,
        "client": b"Ruth" in visitor.ask(client)[1],
        "paper": visitor.ask(paper)[1].startswith(b"%PDF"),
        "picture": visitor.ask(week)[1].startswith(b"\x89PNG"),
        "health": visitor.ask("/healthz")[0] == 200,
        "API": visitor.ask("/api/v1/openapi.json")[0] == 200,
    }
    return [what for what, is_so in seen.items() if not is_so]


def _furnish(database: Database) -> tuple[str, str, str]:
    """Six weeks of Ruth's, a session tomorrow and a week given back; answers their addresses."""
    cast, now = found_in(database), datetime.now(UTC)
    with database.session() as session:
        lived(session, cast)
        appointment_id = meet(session, cast.ruth, cast.alice, now + timedelta(days=1))
    goal = make_goal(database, cast)
    make_schedule(database, cast, "18:00", kind="reflection", days="7")
    win = {"practice_id": 1, "client_id": cast.ruth, "goal_id": goal, "local_date": NOW.date(), "source": "text"}
    with database.transaction() as connection:
        connection.execute(insert(tables.win).values(**win, recorded_at=NOW))
    with database.transaction() as connection:
        digests.plan_digests(connection, now + timedelta(days=7), "https://portal.example.com")
    client = f"/clients/{cast.ruth}"
    paper = f"{client}/appointments/{appointment_id}/preparation/paper.pdf"
    return client, paper, f"/w/{row(database, tables.digest).picture_token}"
