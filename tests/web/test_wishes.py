"""What a client wished by text about when they are asked stands on their page, with the way back."""

from coach_portal.core.models import Wish, tables
from tests.rows import row
from tests.web import history


def wished(database, cast, now, kind="days"):
    """Ruth wished for weekdays only; answers the wish's id."""
    with database.session() as session:
        text = history.text_from(session, cast.ruth, "only weekdays", now)
        was = {"client": {"pace": None, "texts_from": None, "texts_until": None}, "schedules": {}}
        wish = Wish(practice_id=text.practice_id, client_id=cast.ruth, message_id=text.id, kind=kind)
        wish.before, wish.after, wish.at = was, was, now
        session.add(wish)
        session.flush()
        return wish.id


def test_a_wish_is_shown_and_taken_back_with_one_click(alice, ruth, cast, database, now):
    wish_id = wished(database, cast, now)
    assert "Ruth asked for it by text today." in alice.get(ruth).text
    alice.post(f"{ruth}/wishes/{wish_id}/undo", page=ruth)
    assert row(database, tables.wish).undone_at
    page = alice.get(ruth).text
    assert "Ruth is asked as before." in page
    assert "asked for it by text" not in page


def test_a_stranger_finds_no_wish(charlie, ruth, cast, database, now):
    wish_id = wished(database, cast, now)
    token = charlie.token("/clients/new")
    answer = charlie.ask("POST", f"{ruth}/wishes/{wish_id}/undo", data={"csrf_token": token})
    assert answer.status_code == 404
    assert row(database, tables.wish).undone_at is None
