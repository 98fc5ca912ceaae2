"""What a webhook answers."""

from xml.etree import ElementTree

import pytest

from coach_portal.core.gateways.twiml import empty_response, text_response

STATUS = "https://portal.example.com/twilio/status?message=7&practice=2"


def message(xml: str) -> ElementTree.Element:
    found = ElementTree.fromstring(xml).find("Message")
    assert found is not None
    return found


def test_the_usual_answer_does_nothing() -> None:
    response = ElementTree.fromstring(empty_response())
    assert (response.tag, len(response)) == ("Response", 0)


@pytest.mark.parametrize("body", ["Hi Ana", "5 < 7 & 7 > 5", "]]> </Message>", "¿Sí? 💪 “yes”", "one\ntwo\ttabs"])
def test_a_text_arrives_as_it_was_written(body: str) -> None:
    assert message(text_response(body, STATUS)).text == body


def test_a_text_names_where_its_states_go() -> None:
    assert message(text_response("Hi", STATUS)).get("statusCallback") == STATUS


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert message(text_response("a\x00b\x1fc\ufffed", STATUS)).text == "abcd"
