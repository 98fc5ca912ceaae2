"""What a machine does first after a crash."""

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.services import outbox
from infra.local.machine import pick_up_at_once
from tests.cast import ALICES_NUMBER, RUTHS_PHONE


def test_a_start_queues_all_that_was_dropped_however_much_it_is(story):
    message = outbox.outgoing(
        kind="reply",
        practice_id=None,
        client_id=None,
        from_phone=ALICES_NUMBER,
        to_phone=RUTHS_PHONE,
        body="Logged: 5 squats.",
        now=story.wired.clock.now(),
    )
    with story.wired.database.transaction() as connection:
        bulk.insert_rows(connection, tables.message, [message] * 2500)
    story.wired.clock.move_on(seconds=1)
    assert pick_up_at_once(story.wired) == 2500
    assert len(set(story.wired.queue.message_ids)) == 2500
