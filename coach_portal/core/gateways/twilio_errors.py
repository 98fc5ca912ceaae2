"""Whatever can go wrong while talking to Twilio, sorted into refused, refused for now, and nobody knows.

Twilio's own wording never gets into an error of ours: it quotes phone numbers, and errors are logged.
"""

from requests import exceptions as http
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.base.version import Version
from twilio.http.response import Response
from urllib3 import exceptions as wire

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.rules.carrier_codes import TEMPORARY, classify

# What the SDK raises when it cannot make sense of an answer (it does no checking of its own).
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)
TROUBLE = (TwilioException, http.RequestException, *UNREADABLE)


def sort_error(error: Exception) -> CarrierError | CarrierOutcomeUnknown:
    """Our error for what the SDK, requests or urllib3 raised.

    A refusal (4xx) becomes CarrierError, and so does a connection that was never made. All else (no answer in time, a
    reset, 5xx, a redirect, an answer that cannot be read) becomes CarrierOutcomeUnknown.
    """
    if isinstance(error, http.RequestException):
        return _network_error(error)
    answer = _answer(error)
    if answer is None:
        return CarrierOutcomeUnknown("the answer could not be read")
    return _refusal(*answer)


def _network_error(error: http.RequestException) -> CarrierError | CarrierOutcomeUnknown:
    """Refused by the machine, or no such machine: not a byte of the request left. Later than that, nobody knows."""
    cause = error.args[0] if error.args else None
    if isinstance(getattr(cause, "reason", None), wire.NewConnectionError | wire.ConnectTimeoutError):
        return CarrierError("not_reached", "no connection to the carrier", permanent=False)
    return CarrierOutcomeUnknown(type(error).__name__)


def _answer(error: Exception) -> tuple[int, str] | None:
    """The HTTP status and Twilio's code as text ("" when it gave none)."""
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return error.status, "" if error.code in {None, error.status} else str(error.code)
    response = error.args[-1] if error.args else None
    if isinstance(response, Response):  # a list that was refused: the SDK only hands the answer over
        return _answer(Version.exception("GET", "", response, ""))
    return None


def _refusal(status: int, code: str) -> CarrierError | CarrierOutcomeUnknown:
    if not 400 <= status < 500 or status == 408:  # 408: the request came too slowly, perhaps it came after all
        return CarrierOutcomeUnknown(f"http_{status}")
    code = code or ("20429" if status == 429 else f"http_{status}")
    known = classify(code)
    return CarrierError(code, known.meaning, permanent=status != 429 and code not in TEMPORARY)
