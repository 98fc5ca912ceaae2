"""The page that leads to the settings says how each of them stands."""

from coach_portal.core.models import tables
from tests.rows import change
from tests.web.conftest import signed_in


def test_it_says_how_things_stand(alice, cast, database):
    change(database, tables.practice, 1, texts_from="09:00", monthly_cap_micros=50_000_000)
    page = alice.get("/practice")
    for told in ("09:00 to 21:00", "Nobody is named as second contact.", "At most $50.00 a month.", "24 months."):
        assert told in page.text


def test_money_is_the_owners_to_read(app, cast):
    assert "No limit." not in signed_in(app, "bob@example.com").get("/practice").text
