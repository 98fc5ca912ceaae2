"""What a webhook answers to Twilio."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from twilio.twiml.messaging_response import MessagingResponse

from coach_portal.core.rules.voice.script import Act, Ask, Document, Record, Say, Step

# Characters that XML 1.0 cannot hold, not even escaped: one of them would make Twilio drop the whole answer.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def empty_response() -> str:
    """TwiML that does nothing: the answer to nearly every text, since replies leave through the send step."""
    return str(MessagingResponse())


def text_response(body: str, status_callback: str) -> str:
    """TwiML that texts `body` back; its delivery states go to the address `status_callback`."""
    response = MessagingResponse()
    response.message(_NOT_XML.sub("", body), status_callback=status_callback)
    return str(response)


def call_response(document: Document, address_of: Callable[[Step], str]) -> str:
    """TwiML for what a call does next; `address_of` a step is where Twilio goes on."""
    from twilio.twiml.voice_response import VoiceResponse  # 10 ms that no text has to wait for

    response = VoiceResponse()
    for act in document.acts:
        _write(response, act, document.language, address_of)
    return str(response)


def _write(response: Any, act: Act, language: str, address_of: Callable[[Step], str]) -> None:
    if isinstance(act, Say):
        response.say(_NOT_XML.sub("", act.words), language=language)
    elif isinstance(act, Ask):
        _gather(response, act, language, address_of)
    elif isinstance(act, Record):
        _record(response, act, address_of)
    else:
        response.hangup()


def _gather(response: Any, ask: Ask, language: str, address_of: Callable[[Step], str]) -> None:
    hears: dict[str, Any] = {"input": "dtmf"}
    if ask.hears:
        hears = {"input": "dtmf speech", "speech_timeout": "auto", "language": language}
        if ask.hints:
            hears["hints"] = _NOT_XML.sub("", ", ".join(ask.hints))
    gather = response.gather(
        action=address_of(ask.step),
        method="POST",
        num_digits=1,
        timeout=ask.patience,
        action_on_empty_result=True,
        **hears,
    )
    for words in ask.words:
        gather.say(_NOT_XML.sub("", words), language=language)


def _record(response: Any, record: Record, address_of: Callable[[Step], str]) -> None:
    told = {"transcribe": True, "transcribe_callback": address_of(record.transcribed)} if record.transcribed else {}
    response.record(action=address_of(record.step), method="POST", max_length=record.longest, timeout=5, **told)
