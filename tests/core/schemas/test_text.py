"""A text by hand, and the conversation as told."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import MessageOut, TextSchema


def refused(body):
    """What is to be done about a body."""
    with pytest.raises(Invalid) as error:
        TextSchema().read({"body": body})
    return error.value.fields["body"]


def test_a_text_may_have_several_lines():
    assert TextSchema().read({"body": "Well done!\r\nTomorrow again?"})["body"] == "Well done!\nTomorrow again?"


def test_a_text_is_read_as_it_will_be_sent():
    assert TextSchema().read({"body": "“Well done…”"})["body"] == '"Well done..."'


def test_1600_characters_fit():
    assert TextSchema().read({"body": "x" * 1600})


def test_an_over_long_text_is_told_by_how_much():
    assert refused("x" * 1612) == "Shorten it by 12 characters: at most 1600 fit."


def test_a_text_that_grows_over_long_by_plain_letters_is_told_too():
    assert refused("…" * 600) == "Shorten it by 200 characters: at most 1600 fit."


def test_an_empty_text_is_refused():
    assert refused(" \n ") == "Write something to send."


def test_an_unprintable_text_is_refused():
    assert refused("a\x00b") == "Take out characters that cannot be shown."


def test_a_message_is_told_in_utc_and_on_the_clients_clock():
    message = SimpleNamespace(created_at=datetime(2026, 7, 1, 12, 30, tzinfo=UTC), timezone="America/New_York")
    assert MessageOut(only=("created_at", "local_time")).dump(message) == {
        "created_at": "2026-07-01T12:30:00+00:00",
        "local_time": "2026-07-01T08:30:00-04:00",
    }
