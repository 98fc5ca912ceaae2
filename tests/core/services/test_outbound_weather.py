"""Whatever happens to a text's calls, in any order: when the weather clears, the carrier has it exactly once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import tables
from tests.fakes import Crash

REFUSED = {
    "busy": CarrierError("20429", "too many requests", permanent=False),
    "timed out before": CarrierOutcomeUnknown("timed out"),
    "crashed before": Crash(),
}
BROKEN_OFF = {"timed out after": CarrierOutcomeUnknown("timed out"), "crashed after": Crash()}
MUTE = {"not to be asked": CarrierOutcomeUnknown("timed out")}
FATES = st.lists(st.sampled_from([*REFUSED, *BROKEN_OFF, *MUTE]), max_size=6)


@given(fates=FATES, queued_twice=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_weather_a_text_has_left_exactly_once(story, fates, queued_twice):
    sender = story.wired.sender
    message = story.message(f"Text {len(sender.sent)}", deadline_at=story.wired.clock.now().replace(year=2030))
    for fate in fates:
        sender.refusing, sender.breaking_off, sender.mute = REFUSED.get(fate), BROKEN_OFF.get(fate), MUTE.get(fate)
        work(story, message, queued_twice)
    sender.refusing = sender.breaking_off = sender.mute = None
    for _ in range(2):
        work(story, message, queued_twice)
    assert [text.message_id for text in sender.sent].count(message) == 1
    assert story.row(tables.message, id=message).state in {"accepted", "sent"}


def work(story, message, queued_twice):
    """The queue brings the text again, perhaps twice; the lease of whoever died with it ends; the tick comes by."""
    story.wired.queue.put([message] * (1 + queued_twice))
    story.send()
    story.wired.clock.move_on(minutes=2)
    story.tick()
