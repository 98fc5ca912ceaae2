"""A practice with other software that wants its events."""

from dataclasses import dataclass

import pytest

from coach_portal.core.models import Coach, Endpoint
from coach_portal.core.services.events import endpoints, stream
from functions import send_events
from tests import webhooks

HERE = "https://software.example.com/events"


@dataclass
class Software:
    """Alice's side of it."""

    story: object

    def act(self, do, *args, **more):
        """Have something done as Alice."""
        with self.story.wired.database.session() as session:
            return do(session, session.get_one(Coach, self.story.cast.alice), *args, **more)

    def add(self, url=HERE, kinds=(), *, with_words=False, own=False):
        """Have events posted there; answers the endpoint's id."""
        now = self.story.wired.clock.machine_now()

        def do(session, alice):
            return endpoints.add(session, alice, url, kinds, now, with_words=with_words, own=own).id

        return self.act(do)

    def on_endpoint(self, do, endpoint_id, *args):
        """Do something to an endpoint as Alice."""
        now = self.story.wired.clock.machine_now()
        return self.act(lambda session, alice: do(session, alice, session.get_one(Endpoint, endpoint_id), now, *args))

    def switch_on(self):
        """Have events written down, for whoever asks."""
        self.act(stream.switch, self.story.wired.clock.machine_now(), on=True)

    def tell(self, **later):
        """The function's turn comes, a little later if asked."""
        self.story.wired.clock.move_on(**later)
        return send_events.handler(webhooks.event("schedule"), None)

    def told(self, url=HERE):
        """What was posted there."""
        return self.story.wired.posts.told(url)

    def kinds(self, url=HERE):
        """The kinds of the events posted there, in order."""
        return [event["kind"] for event in self.told(url)]


@pytest.fixture
def software(story):
    """The practice's other software."""
    return Software(story)
