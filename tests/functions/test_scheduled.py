"""What EventBridge calls: everything due is planned, what fell is picked up, and each run is on record."""

from coach_portal.core.models import tables
from coach_portal.core.services.replies import inbound
from functions import schedule_check_ins, send_digests
from functions.runtime import HandlerFailed
from tests import webhooks
from tests.cast import RUTHS_PHONE
from tests.fakes import Crash

EVERY_JOB = {"schedule_check_ins", "send_digests", "send_emails", "send_preparations", "tell_alerts", "tell_coaches"}


def test_it_answers_how_much_was_done(story):
    story.goal()
    story.schedule("08:31")
    story.wired.clock.move_on(minutes=1)
    event = webhooks.event("schedule")
    nothing = {"planned": 0, "reminded": 0, "stepped": 0, "requeued": 0, "remembered": 0}
    assert schedule_check_ins.handler(event, None) == nothing | {"planned": 1}
    assert schedule_check_ins.handler(event, None) == nothing
    assert send_digests.handler(event, None) == {"planned": 0}


def test_each_job_is_on_record_once_with_its_last_run(story):
    for _ in range(3):
        story.wired.clock.move_on(minutes=1)
        story.tick()
    runs = {run.job: run for run in story.rows(tables.job_run)}
    assert set(runs) == EVERY_JOB
    assert runs["send_digests"].ended_at == story.wired.clock.now()
    assert runs["schedule_check_ins"].did == {"planned": 0, "reminded": 0, "stepped": 0, "requeued": 0, "remembered": 0}


def test_one_text_that_cannot_be_understood_does_not_hold_back_the_next(story, monkeypatch):
    understand = inbound.understand

    def dies(*_):
        raise Crash

    def chokes_on_riddles(text, situation):
        return dies() if "riddle" in text else understand(text, situation)

    with monkeypatch.context() as patch:
        patch.setattr(inbound, "understand", dies)
        for body in ("riddle", "STOP"):
            try_to_text(story, body)
    monkeypatch.setattr(inbound, "understand", chokes_on_riddles)
    story.wired.clock.move_on(minutes=2)
    story.tick()
    assert story.row(tables.client).consent == "revoked"
    assert {run.job for run in story.rows(tables.job_run)} == {
        "schedule_check_ins",
        "send_digests",
        "send_emails",
        "send_preparations",
        "tell_alerts",
        "tell_coaches",
    }


def try_to_text(story, body):
    """Ruth texts, and the function dies over it."""
    try:
        story.text(body, sender=RUTHS_PHONE)
    except HandlerFailed:
        return
    raise AssertionError("it should have died")
