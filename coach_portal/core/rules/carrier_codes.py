"""What each of Twilio's error codes means for us, and what is to be done about it.

A code comes from the REST API when a text is refused, or in a status callback (`ErrorCode`) when it could not be
delivered. Every code has a page of its own: https://www.twilio.com/docs/api/errors/CODE.
"""

from dataclasses import dataclass
from enum import StrEnum


class Remedy(StrEnum):
    """What helps. Only WAIT is temporary: for the others the same text will be refused again."""

    WAIT = "wait"  # try again later, within the message's deadline
    OPTED_OUT = "opted_out"  # suppress the number here too, tell the coach
    DEAD_NUMBER = "dead_number"  # mark the number unreachable, tell the coach
    STOP_SENDER = "stop_sender"  # stop this sending number, page whoever runs the platform
    FIX_ACCOUNT = "fix_account"  # nothing of this kind leaves until the account is set right
    FIX_TEXT = "fix_text"  # this one text cannot be sent as it is


class Source(StrEnum):
    """How we know what a code means."""

    PAGE = "the code's own page in Twilio's error dictionary"
    LIST = "Twilio's error dictionary, as listed by others"
    SECOND_HAND = "other people's code and notes; Twilio's page not seen"


@dataclass(frozen=True, slots=True)
class CarrierCode:
    """One of Twilio's error codes, as text, since that is how it is stored."""

    code: str
    meaning: str
    remedy: Remedy
    source: Source


_TABLE = (
    # Account and limits
    CarrierCode("10001", "account is not active", Remedy.FIX_ACCOUNT, Source.LIST),
    CarrierCode("14107", "too many replies between two numbers within 30 seconds", Remedy.WAIT, Source.PAGE),
    CarrierCode("20003", "credentials were not accepted", Remedy.FIX_ACCOUNT, Source.LIST),
    CarrierCode("20404", "no such account or message", Remedy.FIX_ACCOUNT, Source.LIST),
    CarrierCode("20429", "too many requests at once; none was processed", Remedy.WAIT, Source.PAGE),
    CarrierCode("30002", "account is suspended", Remedy.FIX_ACCOUNT, Source.SECOND_HAND),
    CarrierCode("60728", "the account's hourly cap is reached", Remedy.WAIT, Source.PAGE),
    CarrierCode("63038", "the account's cap for 24 hours is reached", Remedy.WAIT, Source.PAGE),
    # The number texted
    CarrierCode("21211", "not a valid number", Remedy.DEAD_NUMBER, Source.LIST),
    CarrierCode("21608", "account may text verified numbers only", Remedy.FIX_ACCOUNT, Source.PAGE),
    CarrierCode("21610", "the recipient opted out", Remedy.OPTED_OUT, Source.LIST),
    CarrierCode("21612", "no route from this sender to this number", Remedy.FIX_TEXT, Source.SECOND_HAND),
    CarrierCode("21614", "number cannot receive texts", Remedy.DEAD_NUMBER, Source.SECOND_HAND),
    CarrierCode("21635", "number is a landline", Remedy.DEAD_NUMBER, Source.PAGE),
    CarrierCode("30003", "handset cannot be reached at the moment", Remedy.WAIT, Source.PAGE),
    CarrierCode("30004", "blocked by the recipient's side", Remedy.FIX_TEXT, Source.SECOND_HAND),
    CarrierCode("30005", "number is unknown or no longer in use", Remedy.DEAD_NUMBER, Source.LIST),
    CarrierCode("30006", "landline, or a carrier that cannot be reached", Remedy.DEAD_NUMBER, Source.PAGE),
    CarrierCode("30008", "carrier gave no reason", Remedy.WAIT, Source.SECOND_HAND),
    # The number texted from
    CarrierCode("21212", "not a valid sending number", Remedy.STOP_SENDER, Source.SECOND_HAND),
    CarrierCode("21408", "account may not text this country", Remedy.FIX_ACCOUNT, Source.SECOND_HAND),
    CarrierCode("21606", "sending number is not ours, or cannot text", Remedy.STOP_SENDER, Source.SECOND_HAND),
    CarrierCode("21611", "sending number's queue is full", Remedy.WAIT, Source.PAGE),
    CarrierCode("30001", "the queue is full", Remedy.WAIT, Source.PAGE),
    CarrierCode("30007", "filtered as unwanted", Remedy.STOP_SENDER, Source.LIST),
    CarrierCode("30022", "rate limit of the 10DLC campaign", Remedy.WAIT, Source.PAGE),
    CarrierCode("30024", "sending number is not provisioned at the carrier", Remedy.STOP_SENDER, Source.PAGE),
    CarrierCode("30032", "toll-free number is not verified", Remedy.STOP_SENDER, Source.SECOND_HAND),
    CarrierCode("30034", "10DLC number is not registered", Remedy.STOP_SENDER, Source.LIST),
    CarrierCode("30039", "filtered as part of a loop", Remedy.FIX_TEXT, Source.PAGE),
    # The text itself
    CarrierCode("21602", "body is missing", Remedy.FIX_TEXT, Source.SECOND_HAND),
    CarrierCode("21603", "sending number is missing", Remedy.FIX_TEXT, Source.SECOND_HAND),
    CarrierCode("21604", "number to text is missing", Remedy.FIX_TEXT, Source.SECOND_HAND),
    CarrierCode("21609", "status callback's address is not valid", Remedy.FIX_ACCOUNT, Source.SECOND_HAND),
    CarrierCode("21617", "body is longer than 1,600 characters", Remedy.FIX_TEXT, Source.SECOND_HAND),
    CarrierCode("30019", "content is too big", Remedy.FIX_TEXT, Source.LIST),
)

CARRIER_CODES = {line.code: line for line in _TABLE}


def _codes(remedy: Remedy) -> frozenset[str]:
    return frozenset(line.code for line in _TABLE if line.remedy is remedy)


OPTED_OUT = _codes(Remedy.OPTED_OUT)
DEAD_NUMBER = _codes(Remedy.DEAD_NUMBER)
STOP_SENDER = _codes(Remedy.STOP_SENDER)
TEMPORARY = _codes(Remedy.WAIT)


def classify(code: str) -> CarrierCode:
    """What `code` means; one we do not know is permanent, since a text is sent 0 or 1 times and nobody may guess."""
    known = CARRIER_CODES.get(code)
    return known or CarrierCode(code, "a code we do not know", Remedy.FIX_TEXT, Source.SECOND_HAND)
