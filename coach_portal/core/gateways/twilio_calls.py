"""Calls through Twilio's REST API, and what was recorded on them.

Importing this module loads `twilio.rest` (0.1 s); whoever may not need it goes through `gateways.wiring`.
"""

import re
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from urllib.parse import urlencode

from twilio.rest import Client
from twilio.rest.api.v2010.account.call import CallInstance

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.gateways.twilio_errors import TROUBLE, sort_error
from coach_portal.core.gateways.twilio_texts import TIMEOUT, micros
from coach_portal.core.ports import CallPlacer, CarrierCall

RINGS_FOR = 25
"""Seconds until nobody answers: about five rings, and short of most answering machines' patience."""
PROGRESS = ["initiated", "ringing", "answered", "completed"]

_LOOK_BACK = 50
_SKEW = timedelta(seconds=5)  # Twilio's dates have whole seconds, and its clock is not ours
_RECORDING = re.compile(r"RE[0-9a-f]{32}")


class TwilioCalls:
    """Fills `ports.CallPlacer` and `ports.RecordingStore`. `webhook_url` is the public base of `/twilio/*`."""

    def __init__(self, client: Client, *, webhook_url: str, another: Callable[[str], "TwilioCalls"] | None = None):
        self._client = client
        self._base = f"{webhook_url.rstrip('/')}/twilio/voice"
        self._another = another

    def of(self, account_sid: str | None) -> CallPlacer:
        """The same for another account; see `ports.CallPlacer`."""
        return self._another(account_sid) if self._another and account_sid else self

    def place_call(self, *, to: str, from_: str, message_id: int, await_beep: bool) -> CarrierCall:
        """Have a call placed; see `ports.CallPlacer`. Whether a machine answers is found out before we speak."""
        try:
            call = self._client.calls.create(
                to=to,
                from_=from_,
                url=f"{self._base}/call?{urlencode({'step': 'answered', 'message': message_id})}",
                method="POST",
                status_callback=f"{self._base}/status?{urlencode({'message': message_id})}",
                status_callback_event=PROGRESS,
                status_callback_method="POST",
                timeout=RINGS_FOR,
                machine_detection="DetectMessageEnd" if await_beep else "Enable",
            )
        except TROUBLE as error:
            raise sort_error(error) from error
        return _known(call)

    def find_call(self, *, to: str, from_: str, since: datetime, not_among: Collection[str] = ()) -> CarrierCall | None:
        """The first such call of the last 50 between the two numbers; see `ports.CallPlacer`."""
        try:
            calls = self._client.calls.list(to=to, from_=from_, limit=_LOOK_BACK)
        except TROUBLE as error:
            raise sort_error(error) from error
        ours = [call for call in calls if call.date_created >= since - _SKEW and call.sid not in not_among]
        return _known(ours[-1]) if ours else None  # Twilio lists the newest first

    def look_up(self, sid: str) -> CarrierCall | None:
        """One call by its id; see `ports.CallPlacer`."""
        try:
            return _known(self._client.calls(sid).fetch())
        except TROUBLE as error:
            raise sort_error(error) from error

    def recording(self, sid: str, account_sid: str) -> bytes:
        """A recording as WAV, from Twilio's own address and no other: a redirect is not followed."""
        if self._another and account_sid != self._client.account_sid:
            return self._another(account_sid).recording(sid, account_sid)
        if not _RECORDING.fullmatch(sid):
            raise CarrierError("20404", "no such recording", permanent=True)
        url = f"{self._client.api.base_url}/2010-04-01/Accounts/{account_sid}/Recordings/{sid}.wav"
        try:
            answer = self._client.http_client.session.get(
                url, auth=self._client.auth, timeout=TIMEOUT, allow_redirects=False
            )
        except TROUBLE as error:
            raise sort_error(error) from error
        if answer.status_code != 200:
            raise CarrierError(f"http_{answer.status_code}", "the recording cannot be had", permanent=False)
        return bytes(answer.content)


def _known(call: CallInstance) -> CarrierCall:
    if not (call.sid and call.status):
        raise CarrierOutcomeUnknown("the answer names no call")
    return CarrierCall(
        sid=call.sid,
        status=str(call.status),
        seconds=int(call.duration) if str(call.duration).isdigit() else None,
        answered_by=call.answered_by or None,
        price_micros=micros(call.price),
        currency=call.price_unit or None,
    )
