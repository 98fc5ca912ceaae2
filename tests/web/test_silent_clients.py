"""Why nothing went out today, in plain words on each client's page: ten silent clients, ten reasons."""

from datetime import timedelta

import pytest

from coach_portal.core.models import tables
from tests.factories import make_client, make_goal, make_schedule
from tests.story import local

NAMES = ("Ida", "Jon", "Kim", "Leo", "Mia", "Ned", "Oda", "Pia", "Quin", "Rio")
PHONES = {name: f"+1617555{300 + place:04}" for place, name in enumerate(NAMES)} | {"Pia": "+13105550307"}
WHY = {
    "Ida": "because Ida has not said YES yet.",
    "Jon": "because Jon opted out of texts.",
    "Kim": "because Kim is on a pause. Next: Thu 26, 9:00, Kim’s time.",
    "Leo": "because texts are held until you have looked.",
    "Mia": "because the carrier cannot reach this number.",
    "Ned": "because Ned had already told us. Next: tomorrow, 9:00, Ned’s time.",
    "Oda": "because today is none of Oda’s days. Next: tomorrow, 9:00, Oda’s time.",
    "Pia": "A text waits until 11:00, Pia’s time. It is outside the hours where Pia’s area code lies.",
    "Quin": "because Quin had had as many texts that week as they agreed to. Next: tomorrow, 9:00, Quin’s time.",
    "Rio": "because no check-in is set.",
}


@pytest.fixture
def silent(story, clock):
    """Ten clients at ten on a Wednesday, none of whom got their nine o'clock text; answers the ids by name."""
    database, cast = story.wired.database, story.cast
    ids = {}
    for name in NAMES:
        agreed = name != "Ida"
        client = make_client(database, cast.alice, name=f"{name} Berg", phone=PHONES[name], agreed=agreed)
        make_goal(database, cast, client=client)
        if name != "Rio":
            make_schedule(database, cast, client=client, days="4" if name == "Oda" else "1234567")
        ids[name] = client
    story.text("STOP", sender=PHONES["Jon"])
    story.change(tables.client, ids["Kim"], paused_until=local("2026-11-26 00:00"))
    story.change(tables.client, ids["Leo"], held_at=local("2026-11-18 08:40"), held_reason="risk")
    story.change(tables.client, ids["Mia"], unreachable_at=local("2026-11-18 08:40"), unreachable_code="30005")
    story.text("did 5 squats", sender=PHONES["Ned"])
    story.change(tables.client, ids["Quin"], texts_per_week=0)
    story.it_is("2026-11-18 09:00")
    clock.move_to(story.wired.clock.now() + timedelta(hours=1))
    return ids


def test_each_page_says_its_own_reason(alice, silent):
    told = {name: alice.get(f"/clients/{client_id}").text.replace(" ,", ",") for name, client_id in silent.items()}
    assert {name: WHY[name] for name in NAMES if WHY[name] not in told[name]} == {}
    assert len(set(WHY.values())) == len(NAMES)


def test_who_was_asked_today_is_not_called_silent(alice, silent, story, ruth):
    story.goal()
    story.schedule("09:30")
    story.it_is("2026-11-18 09:30")
    assert "Nothing went out today" not in alice.get(ruth).text
