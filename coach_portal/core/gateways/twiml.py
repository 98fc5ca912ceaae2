"""What a webhook answers to Twilio."""

import re
from functools import cache

from twilio.twiml.messaging_response import MessagingResponse

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
