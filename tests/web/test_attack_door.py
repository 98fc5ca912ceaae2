"""What a stranger at the door can learn or bend, and what is left of one who tried."""

import logging

import pytest

from coach_portal.core import logs

EVIL = {"headers": {"Host": "evil.example"}}


def test_what_was_just_done_is_not_told_at_the_door(alice, cast, clock):
    ruth = {"name": "Ruth Adeyemi", "timezone": "America/New_York", "locale": "en"}
    alice.post(f"/clients/{cast.ruth}/edit", ruth)
    clock.move_on(hours=13)
    for path, status in (("/sign-in", 200), ("/nowhere", 404)):
        assert "Saved." not in alice.get(path, status=status).text


@pytest.mark.parametrize("path", ["/clients//1", "/sign-in//", "/static//portal.css", "/", "/clients"])
def test_no_answer_repeats_a_name_the_asker_gave_us(visitor, path):
    answer = visitor.ask("GET", path, **EVIL)
    assert "evil.example" not in answer.headers.get("Location", "")
    assert "evil.example" not in answer.text


def test_each_try_leaves_a_line_that_names_no_email(visitor, caplog, cast):
    with caplog.at_level(logging.INFO, logger="coach_portal.web.rooms.sign_in"):
        visitor.sign_in("alice@example.com", "a guess of mine")
        visitor.sign_in("nobody@example.com", "a guess of mine")
        visitor.sign_in("alice@example.com")
        visitor.post("/sign-out", page="/clients/new")
        for _ in range(11):
            visitor.sign_in("nobody@example.com", "a guess of mine")
    lines = [(line.getMessage(), getattr(line, "coach_id", None)) for line in caplog.records]
    refused = ("sign-in refused: wrong password", cast.alice), ("sign-in refused: wrong password", None)
    assert lines[:4] == [*refused, ("signed in", cast.alice), ("signed out", cast.alice)]
    assert lines[-1] == ("sign-in refused: too many tries", None)
    written = "\n".join(logs.JsonFormatter().format(line) for line in caplog.records)
    assert "example.com" not in written
    assert "guess" not in written
