"""Twilio's verbs, their nesting and their attributes, as documented, and a check of any document against them.

From twilio.com/docs/voice/twiml and its pages of each verb (read November 2026). Only what we emit is listed: a verb or
an attribute that is not here is a mistake until it has been looked up and written down.
"""

from xml.etree import ElementTree

NESTING = {
    "Response": {"Say", "Gather", "Record", "Hangup", "Pause", "Redirect", "Message"},
    "Gather": {"Say", "Play", "Pause"},
    "Say": set(),
    "Record": set(),
    "Hangup": set(),
    "Pause": set(),
    "Redirect": set(),
    "Message": {"Body", "Media"},
}
"""What may stand in what. <Say> takes text here; its SSML children are not used."""

ATTRIBUTES = {
    "Response": set(),
    "Say": {"voice", "language", "loop"},
    "Gather": {
        "action", "method", "input", "timeout", "speechTimeout", "numDigits", "finishOnKey", "hints", "language",
        "actionOnEmptyResult", "bargeIn", "profanityFilter", "speechModel", "partialResultCallback",
    },
    "Record": {
        "action", "method", "timeout", "finishOnKey", "maxLength", "playBeep", "trim", "transcribe",
        "transcribeCallback", "recordingStatusCallback",
    },
    "Hangup": set(),
    "Pause": {"length"},
    "Redirect": {"method"},
    "Message": {"to", "from", "action", "method", "statusCallback"},
}  # fmt: skip

LANGUAGES = {"en-US", "en-GB", "en-AU", "en-CA", "es-ES", "es-MX"}
"""Those of ours that both <Say> and <Gather> know."""
HINTS_AT_MOST, HINT_LENGTH = 500, 100
SAY_LENGTH = 4096
METHODS, INPUTS = {"GET", "POST"}, {"dtmf", "speech", "dtmf speech"}


def check(document: str) -> ElementTree.Element:
    """The document, if Twilio would take it; else AssertionError with what is wrong."""
    root = ElementTree.fromstring(document)
    assert root.tag == "Response", root.tag
    _check(root)
    return root


def _check(element: ElementTree.Element) -> None:
    unknown = set(element.keys()) - ATTRIBUTES[element.tag]
    assert not unknown, f"<{element.tag}> has no {unknown}"
    _check_values(element)
    for child in element:
        assert child.tag in NESTING[element.tag], f"<{child.tag}> may not stand in <{element.tag}>"
        _check(child)
    if element.tag == "Say":
        assert 0 < len(element.text or "") <= SAY_LENGTH
    if element.tag == "Hangup":
        assert (element.text, len(element)) == (None, 0)


def _check_values(element: ElementTree.Element) -> None:
    told = element.attrib
    assert told.get("method", "POST") in METHODS
    assert told.get("input", "dtmf") in INPUTS
    assert told.get("language", "en-US") in LANGUAGES, told.get("language")
    for address in ("action", "transcribeCallback"):
        assert told.get(address, "https://").startswith(("https://", "http://127.0.0.1")), told[address]
    for flag in ("actionOnEmptyResult", "transcribe"):
        assert told.get(flag, "true") in {"true", "false"}
    for number in ("timeout", "numDigits", "maxLength"):
        assert int(told.get(number, "1")) > 0
    hints = told.get("hints", "").split(", ")
    assert len(hints) <= HINTS_AT_MOST
    assert max(len(hint) for hint in hints) <= HINT_LENGTH
    if told.get("transcribe") == "true":
        assert 2 <= int(told["maxLength"]) <= 120, "Twilio transcribes from 2 to 120 seconds"
