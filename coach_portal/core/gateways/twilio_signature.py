"""Whether a webhook really comes from Twilio."""

from collections.abc import Mapping, Sequence

from twilio.request_validator import RequestValidator


def is_genuine(url: str, params: Mapping[str, str] | str, signature: str | None, tokens: Sequence[str]) -> bool:
    """Whether `signature` (the header X-Twilio-Signature) was made with one of `tokens` over this very request.

    `url` is the public address Twilio called, its query included, its fragment not. `params` is the form with its blank
    fields kept, or the raw body of a JSON request. Several tokens serve while one is being replaced; an empty one
    counts for nothing. Never raises: what cannot be checked is not genuine.
    """
    return any(_signed_with(token, url, params, signature) for token in tokens if token)


def _signed_with(token: str, url: str, params: Mapping[str, str] | str, signature: str | None) -> bool:
    try:
        return bool(RequestValidator(token).validate(url, params, signature))
    except Exception:  # the validator raises many kinds on garbage: TypeError, ValueError, UnicodeEncodeError, ...
        return False
