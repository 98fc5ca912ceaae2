"""A message that was left on a call, fetched from the carrier for those who may hear it, and kept nowhere."""

from flask import Response, abort

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown, NotFound
from coach_portal.web.portal import portal

GONE = frozenset({"http_404", "20404"})


def sound(sid: str, account_sid: str) -> Response:
    """What is heard. Raises NotFound when the carrier has it no more; when it does not answer, ours is a 502."""
    try:
        heard = Response(portal().recordings.recording(sid, account_sid), mimetype="audio/wav")
    except (CarrierError, CarrierOutcomeUnknown) as error:
        if error.code in GONE:
            raise NotFound("the carrier has it no more") from error
        abort(502)
    heard.headers["Cache-Control"] = "no-store"
    heard.headers["Content-Disposition"] = 'inline; filename="message.wav"'
    return heard
