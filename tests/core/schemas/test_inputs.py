"""What holds for everything people send: trimmed, complete, nothing unknown, nothing unprintable."""

import pytest

from coach_portal.core.errors import Invalid
from coach_portal.core.schemas import ClientSchema, GoalSchema, TextSchema


def refused(schema, data):
    """What the schema says to do, by field."""
    with pytest.raises(Invalid) as error:
        schema().read(data)
    return error.value.fields


def test_text_is_trimmed():
    assert GoalSchema().read({"title": "  5 squats \n"})["title"] == "5 squats"


@pytest.mark.parametrize("empty", ["", "   ", None])
def test_an_empty_value_is_an_absent_one(empty):
    assert GoalSchema().read({"title": "5 squats", "anchor": empty, "cadence": empty})["cadence"] == "daily"


def test_a_missing_value_is_told_at_its_field():
    assert refused(GoalSchema, {"title": " "}) == {"title": "Write the tiny action, such as 5 squats."}


@pytest.mark.parametrize("field", ["practice_id", "consent", "id", "created_at", "role"])
def test_nobody_assigns_what_is_not_theirs(field):
    told = refused(ClientSchema, {"name": "Alice", "phone": "+16175550123", field: "1"})
    assert told == {field: "There is no such field here; there are name, phone, timezone, locale, country."}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("5\x00squats", id="NUL"),
        pytest.param("5\nsquats", id="a line break"),
        pytest.param("5\x1b[31msquats", id="a terminal's escape"),
        pytest.param("5\u202esquats", id="a reversal of direction"),
        pytest.param("5\u2028squats", id="a line separator"),
        pytest.param("5\ud83dsquats", id="half an emoji"),
    ],
)
def test_a_line_holds_nothing_unprintable(text):
    assert "cannot be shown" in refused(GoalSchema, {"title": text})["title"]


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧 call mum", "¿5 minutos de piano?", "שתי כוסות מים", "<script>alert(1)</script>"]
)
def test_a_line_holds_whatever_people_write(text):
    assert GoalSchema().read({"title": text})["title"] == text


def test_a_line_of_120_characters_fits_and_one_more_does_not():
    assert GoalSchema().read({"title": "x" * 120})
    assert refused(GoalSchema, {"title": "x" * 121}) == {"title": "Shorten it by 1 character: at most 120 fit."}


@pytest.mark.parametrize("number", [5, 2.5, True, ["5"], {"a": 1}])
def test_a_line_is_text_and_nothing_else(number):
    assert refused(GoalSchema, {"title": number}) == {"title": "Write this as text."}


@pytest.mark.parametrize("data", [[], "title", 5, None, [{"title": "5 squats"}]])
def test_what_has_no_fields_is_refused_as_a_whole(data):
    assert refused(TextSchema, data) == {"_schema": "Send an object with named fields."}


def test_every_field_at_fault_is_told_at_once():
    assert refused(ClientSchema, {"phone": "617", "locale": "fr"}).keys() == {"name", "phone", "locale"}
