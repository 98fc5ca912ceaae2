"""The canary: danger told to the real webhooks, over HTTP, until the coach's email has left."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from coach_portal.core.services.alerting import canary as services
from coach_portal.core.services.practice import nobodys
from functions import canary, delivery_status, measure, receive_sms, send_emails, tell_alerts
from functions import runtime as wiring
from infra.aws.stack.alarms import OURS
from tests.lambdas.front_door import FrontDoor
from tests.rows import rows

HANDLERS = {"receive_sms": receive_sms.handler, "delivery_status": delivery_status.handler}


class Here:
    """The functions behind the door, in this very process."""

    def invoke(self, name, event):
        """Call one."""
        return HANDLERS[name](event, None)


@pytest.fixture
def site(wired, cast):
    """A site with its front door, and a ticker of its own."""
    door = FrontDoor(Here())
    settings = replace(wired.settings, site="coach-portal", webhook_url=door.url)
    given = replace(wired, settings=settings)
    with given.database.session() as session:
        nobodys.open_practice(session, given.clock.now())
    wiring.use(given)
    yield given
    door.stop()


@pytest.fixture
def figures(capsys):
    """The figures written since they were last read."""

    def read():
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
        return {name: value for line in lines for name, value in line.items() if name.startswith("Canary")}

    return read


def fly(site, minutes=1):
    """Let the canary look, so many minutes later."""
    site.clock.move_on(minutes=minutes)
    return canary.handler({}, None)


def test_danger_is_told_and_the_coach_of_nobody_hears_of_it(site, figures):
    assert fly(site) == {"landed": 0, "sent": 1}
    send_emails.handler({}, None)
    assert fly(site) == {"landed": 1, "sent": 0}
    assert figures().keys() == {name for name in OURS if name.startswith("Canary")} - {"CanaryLost"}


def test_the_lines_to_call_were_given_and_their_receipt_taken(site, database):
    fly(site)
    (answer,) = rows(database, tables.message, kind="safety")
    assert (answer.state, answer.from_phone) == ("delivered", services.NUMBER)


def test_it_flies_every_quarter_of_an_hour_and_each_time_is_answered(site, database):
    for _ in range(32):
        fly(site)
        send_emails.handler({}, None)
    assert len(rows(database, tables.alert, kind="risk")) == len(rows(database, tables.message, kind="safety")) == 3


def test_an_email_that_does_not_leave_is_a_coach_who_was_not_told(site, figures):
    fly(site)
    assert fly(site, 5) == {"landed": 0, "sent": 0}
    assert fly(site, 5) == {"landed": 1, "sent": 0}
    assert figures() == {"CanaryLost": 1}


def test_what_it_raised_is_closed_and_nobody_is_told_twice(site, database):
    fly(site)
    send_emails.handler({}, None)
    fly(site)
    site.clock.move_on(minutes=40)
    tell_alerts.handler({}, None)
    (alert,) = rows(database, tables.alert, kind="risk")
    assert (alert.closed_at is not None, alert.told) == (True, 1)


def test_webhooks_that_do_not_answer_are_tried_again_and_break_nothing(site, database):
    wiring.use(replace(site, settings=replace(site.settings, webhook_url="http://127.0.0.1:9")))
    assert fly(site) == {"landed": 0, "sent": 0}
    wiring.use(site)
    assert fly(site) == {"landed": 0, "sent": 1}


def test_no_two_texts_of_a_day_come_from_the_same_phone(now):
    phones = [services.phone_at(now + step * services.EVERY) for step in range(timedelta(days=1) // services.EVERY)]
    assert len(set(phones)) == len(phones)


def test_how_fast_it_is_in_hand_says_nothing_of_how_fast_people_are(site):
    fly(site)
    send_emails.handler({}, None)
    fly(site)
    assert "AcknowledgeSeconds" not in measure.handler({}, None)


def test_its_practice_is_opened_once(site):
    with site.database.session() as session:
        assert not nobodys.open_practice(session, site.clock.now())


def test_nobody_elses_practice_is_touched(site, database, cast):
    fly(site)
    (alert,) = rows(database, tables.alert, kind="risk")
    practices = {row.id: row.name for row in rows(database, tables.practice)}
    assert practices[alert.practice_id] == "Canary"
