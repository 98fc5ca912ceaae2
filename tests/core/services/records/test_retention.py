"""What is kept long enough goes once a day, and somebody hears of it when it does not."""

from datetime import timedelta

import pytest

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.rules import retention as rules
from coach_portal.core.services import figures
from coach_portal.core.services.people import clients
from coach_portal.core.services.records import retention
from functions import keep_records
from tests.rows import count, row


def a_day_later(story, days):
    """So many days pass, and the house is tidied."""
    story.wired.clock.move_on(days=days)
    return keep_records.handler({}, None)


def file_away(story):
    """Coaching with Ruth ends."""
    with story.wired.database.session() as session:
        alice, ruth = session.get_one(Coach, story.cast.alice), session.get_one(Client, story.cast.ruth)
        clients.archive_client(session, alice, ruth, story.wired.clock.now())


def test_raw_texts_go_after_a_month_and_the_conversation_stays(story):
    story.text("did 5")
    a_day_later(story, 31)
    assert count(story.wired.database, tables.inbound_text) == 0
    assert story.rows(tables.message, direction="in")[0].body == "did 5"


def test_a_former_client_is_erased_when_it_is_time_and_no_day_sooner(story):
    file_away(story)
    a_day_later(story, rules.USUAL_MONTHS * 30 - 1)
    assert count(story.wired.database, tables.client) == 1
    a_day_later(story, 2)
    assert count(story.wired.database, tables.client) == 0
    assert story.row(tables.erasure).asked_by is None


def test_the_owner_reads_a_month_before_whose_turn_it_is(story):
    file_away(story)
    soon = story.wired.clock.now() + timedelta(days=rules.USUAL_MONTHS * 30 - 20)
    with story.wired.database.reading() as session:
        page = retention.read(session, session.get_one(Coach, story.cast.alice), soon)
        assert [client.name for client, _ in page.soon] == ["Ruth Adeyemi"]


def test_a_practice_may_keep_them(story):
    with story.wired.database.session() as session:
        retention.choose(session, session.get_one(Coach, story.cast.alice), None, story.wired.clock.now())
    file_away(story)
    a_day_later(story, 3000)
    assert count(story.wired.database, tables.client) == 1


def test_who_is_still_coached_is_kept_however_long_they_are_silent(story):
    a_day_later(story, 3000)
    assert count(story.wired.database, tables.client) == 1


def test_it_happens_once_a_day(story):
    ends = []
    for hours in (0, 1, 24):
        story.wired.clock.move_on(hours=hours)
        keep_records.handler({}, None)
        ends.append(row(story.wired.database, tables.job_run, job="retention").ended_at)
    assert ends[0] == ends[1] < ends[2]


def test_one_that_breaks_off_is_on_record_and_shows_in_the_figures(story, monkeypatch):
    keep_records.handler({}, None)
    monkeypatch.setattr(retention, "tidy", lambda *_: 1 / 0)
    a_day_later(story, 3)
    run = row(story.wired.database, tables.job_run, job="retention")
    assert run.error == "ZeroDivisionError"
    now = story.wired.clock.now()
    with story.wired.database.statement() as connection:
        assert figures.of_site(connection, now, now)["Tidied"] == 0


@pytest.mark.parametrize("job", ["retention", "keep_records"])
def test_each_run_is_on_record(story, job):
    keep_records.handler({}, None)
    assert row(story.wired.database, tables.job_run, job=job).ended_at == story.wired.clock.now()
