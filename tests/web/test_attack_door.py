"""What a stranger at the door can learn or bend, and what is left of one who tried."""

import pytest

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
