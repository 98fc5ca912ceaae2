"""Links that open without signing in, when whoever they were for is no more."""

import pytest

from coach_portal.core.models import tables
from coach_portal.core.rules.links import SECOND, Links
from coach_portal.core.services.records import erasure
from tests.factories import make_client

ELI = {"name": "Eli Brandt", "phone": "+16175550112"}


@pytest.fixture
def links(settings):
    """What makes the links."""
    return Links("", settings.secret_key)


def forget_ruth(story):
    """Ruth is erased."""
    with story.wired.database.session() as session:
        client = session.get_one(erasure.Client, story.cast.ruth)
        coach = session.get_one(erasure.Coach, story.cast.alice)
        erasure.erase_client(session, coach, client, client.name, story.wired.clock.now(), strike=False)


def test_a_link_to_stop_stops_nobody_who_came_after(story, visitor, links):
    written = story.row(tables.client).created_at
    forget_ruth(story)
    story.wired.clock.move_on(minutes=1)
    make_client(story.wired.database, story.cast.alice, now=story.wired.clock.now(), **ELI)
    link = links.stop(story.cast.ruth, written)
    visitor.get(link, status=404)
    assert visitor.ask("POST", link).status_code == 404
    assert story.row(tables.client).consent == "granted"


def test_a_link_to_an_alert_shows_no_alert_that_came_after(story, visitor, links):
    story.text("I want to kill myself")
    first = story.row(tables.alert, kind="risk")
    forget_ruth(story)
    story.wired.clock.move_on(minutes=1)
    charlies = {"coach": story.cast.charlie, "now": story.wired.clock.now()}
    make_client(story.wired.database, **charlies, **ELI)
    story.text("I want to kill myself", sender=ELI["phone"])
    assert story.row(tables.alert, kind="risk").id == first.id or story.wired.database.engine.name == "postgresql"
    for who in (SECOND, f"c{story.cast.alice}"):
        visitor.get(links.alert(first.id, first.created_at, who, story.wired.clock.now()), status=410)
