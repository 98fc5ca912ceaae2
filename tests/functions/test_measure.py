"""What the operator watches, as CloudWatch reads it from the log."""

import json
from dataclasses import replace

import pytest

from coach_portal.core.models import tables
from functions import measure, receive_sms
from functions import runtime as wiring
from infra.aws.stack.alarms import OURS
from tests import webhooks


@pytest.fixture
def watched(story):
    """A site that is watched."""
    wiring.use(replace(story.wired, settings=replace(story.wired.settings, site="coach-portal")))
    return story


@pytest.fixture
def figures(capsys):
    """The figures written so far, each line of them a dictionary."""

    def read():
        return [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]

    return read


def test_nothing_is_written_where_nobody_reads_it(story, figures):
    measure.handler({}, None)
    assert figures() == []


def test_a_tick_that_came_to_its_end_counts(watched, figures):
    watched.it_is("2026-11-18 09:00")
    measure.handler({}, None)
    line = figures()[-1]
    assert (line["Ticks"], line["OldestRiskMinutes"], line["Site"]) == (1, 0, "coach-portal")


def test_ticks_that_stopped_do_not(watched):
    watched.it_is("2026-11-18 09:00")
    watched.wired.clock.move_on(minutes=3)
    assert measure.handler({}, None)["Ticks"] == 0


def test_an_alert_about_danger_is_seen_waiting_until_somebody_has_it_in_hand(watched):
    watched.text("I want to kill myself")
    watched.wired.clock.move_on(minutes=7)
    assert measure.handler({}, None)["OldestRiskMinutes"] == pytest.approx(7)
    alert = watched.row(tables.alert, kind="risk")
    watched.change(tables.alert, alert.id, acknowledged_at=watched.wired.clock.now(), acknowledged_by="coach:1")
    found = measure.handler({}, None)
    assert found["OldestRiskMinutes"] == 0
    assert found["AcknowledgeSeconds"] == pytest.approx(420)


def test_a_batch_tells_what_left_and_what_was_late(watched, figures):
    watched.message("now")
    watched.message("and again")
    watched.wired.clock.move_on(minutes=2)
    watched.send()
    (line,) = [line for line in figures() if "TextsSent" in line]
    assert (line["TextsSent"], line["TextsLate"], line["TextsFailed"]) == (2, 2, 0)


def test_a_text_tells_how_long_it_took_to_be_recorded(watched, figures):
    event = webhooks.sms(watched.wired.settings)
    event["requestContext"]["timeEpoch"] = (watched.wired.clock.now().timestamp() - 2) * 1000
    receive_sms.handler(event, None)
    assert figures()[-1]["InboundSeconds"] == pytest.approx(2)


def test_what_the_alarms_and_the_dashboard_know_is_what_is_written(watched, figures):
    watched.text("I want to kill myself")
    watched.change(tables.alert, watched.row(tables.alert, kind="risk").id, acknowledged_at=watched.wired.clock.now())
    measure.handler({}, None)
    watched.message()
    watched.send()
    receive_sms.handler(webhooks.sms(watched.wired.settings), None)
    written = {kind["Name"] for line in figures() for kind in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]}
    assert written == {name for name in OURS if not name.startswith("Canary")}, "those are the canary's own"
