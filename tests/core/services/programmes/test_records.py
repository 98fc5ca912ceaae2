"""What a programme brought is a client's own: it goes out with them, and is forgotten with them."""

from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.records import erasure, footprint
from tests.factories import make_client


def test_who_is_erased_leaves_the_programme_and_nobody_else_does(story, course):
    course.goal("5 squats", body="From today, {client}: 5 squats.")
    course.step(kind="question", body="What helps, {client}?", starts="after_step", days=1)
    other = make_client(story.wired.database, story.cast.alice, name="Eli Brandt", phone="+16175550133")
    course.start(story.cast.ruth, other)
    story.it_is("2026-11-18 09:00")
    story.it_is("2026-11-19 09:00")
    story.text("the evening before")
    with story.wired.database.session() as session:
        ruth, alice = session.get_one(Client, story.cast.ruth), session.get_one(Coach, story.cast.alice)
        found = footprint.of(session.connection(), footprint.person_of(ruth)).ids
        assert (len(found["enrolment"]), len(found["begun_step"])) == (1, 2)
        erasure.erase_client(session, alice, ruth, ruth.name, story.wired.clock.now(), strike=True)
    for table in (tables.enrolment, tables.begun_step):
        assert {row.client_id for row in story.rows(table)} == {other}
    assert len(story.rows(tables.programme_step)) == 2
    assert "Ruth" not in str(story.rows(tables.begun_step))
