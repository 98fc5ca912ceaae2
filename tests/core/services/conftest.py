"""The send step, as a worker calls it."""

from collections.abc import Callable

import pytest

from coach_portal.core.services.sending import outbound
from tests.story import Story

Send = Callable[[int], None]


@pytest.fixture
def send(story: Story) -> Send:
    """Work on one message now; what goes wrong is raised."""

    def work(message_id: int) -> None:
        wired = story.wired
        outbound.deliver(wired.database, wired.sender, message_id, wired.clock.now(), wired.clock.machine_now)

    return work
