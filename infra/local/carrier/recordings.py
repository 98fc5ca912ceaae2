"""Twilio's REST API for what was recorded on calls, and for the transcripts of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus

from infra.local.carrier.call import LIVE, Recording, sound
from infra.local.carrier.calls import Calls
from infra.local.carrier.refusals import Refusal
from infra.local.carrier.texts import API_VERSION

Answer = tuple[int, dict[str, object]]


class RecordingsApi:
    """One account's recordings, each with the transcript that was asked for. Every method raises Refusal."""

    def __init__(self, account_sid: str, calls: Calls) -> None:
        self._account, self._calls = account_sid, calls

    def fetch(self, sid: str) -> Answer:
        """One recording."""
        return HTTPStatus.OK, self._recording(self._of(sid))

    def list(self, query: Mapping[str, str]) -> Answer:
        """The recordings of one call, or all of them, on one page."""
        call, kept = query.get("CallSid"), [each for each in self._calls.recordings.values() if each.is_kept]
        found = [self._recording(each) for each in kept if call in {None, each.call_sid}]
        return self._page("recordings", "Recordings", found)

    def play(self, sid: str) -> tuple[int, bytes]:
        """What is heard of it."""
        return HTTPStatus.OK, sound(self._of(sid))

    def forget(self, sid: str) -> tuple[int, None]:
        """Delete one recording. Its transcript stays until that is deleted, too."""
        recording = self._of(sid)
        recording.is_kept = False
        self._calls.keep(recording)
        return HTTPStatus.NO_CONTENT, None

    def transcripts(self, sid: str) -> Answer:
        """The transcripts of a recording, all on one page."""
        found = [self._transcript(each) for each in self._transcribed() if each.sid == sid]
        return self._page("transcriptions", f"Recordings/{sid}/Transcriptions", found)

    def fetch_transcript(self, sid: str) -> Answer:
        """One transcript."""
        return HTTPStatus.OK, self._transcript(self._transcript_of(sid))

    def forget_transcript(self, sid: str) -> tuple[int, None]:
        """Delete one transcript."""
        found = self._transcript_of(sid)
        found.transcript_sid = ""
        self._calls.keep(found)
        return HTTPStatus.NO_CONTENT, None

    def forget_call(self, sid: str) -> tuple[int, None]:
        """Delete one call, unless it goes on."""
        if self._calls.get(sid).status in LIVE:
            raise Refusal(20009, HTTPStatus.CONFLICT)
        self._calls.forget(sid)
        return HTTPStatus.NO_CONTENT, None

    def _page(self, name: str, path: str, found: Sequence[dict[str, object]]) -> Answer:
        uri = f"/{API_VERSION}/Accounts/{self._account}/{path}.json?PageSize=50&Page=0"
        page = {"end": max(len(found) - 1, 0), "page": 0, "page_size": 50, "start": 0, "uri": uri}
        ways = {"first_page_uri": uri, "next_page_uri": None, "previous_page_uri": None}
        return HTTPStatus.OK, {name: found, **page, **ways}

    def _of(self, sid: str) -> Recording:
        found = self._calls.recordings.get(sid)
        if found is None or not found.is_kept:
            raise Refusal(20404, HTTPStatus.NOT_FOUND)
        return found

    def _transcribed(self) -> Iterator[Recording]:
        return (each for each in self._calls.recordings.values() if each.transcript_sid)

    def _transcript_of(self, sid: str) -> Recording:
        for each in self._transcribed():
            if each.transcript_sid == sid:
                return each
        raise Refusal(20404, HTTPStatus.NOT_FOUND)

    def _recording(self, recording: Recording) -> dict[str, object]:
        """The Recording resource (`api.v2010.account.recording` in Twilio's OpenAPI)."""
        path = f"/{API_VERSION}/Accounts/{self._account}/Recordings/{recording.sid}"
        return {
            **self._common(recording),
            "call_sid": recording.call_sid,
            "channels": 1,
            "conference_sid": None,
            "encryption_details": None,
            "error_code": None,
            "media_url": f"https://api.twilio.com{path}",
            "price": "-0.00250",
            "sid": recording.sid,
            "source": "RecordVerb",
            "start_time": _rfc2822(recording.at),
            "subresource_uris": {"transcriptions": f"{path}/Transcriptions.json"},
            "uri": f"{path}.json",
        }

    def _transcript(self, recording: Recording) -> dict[str, object]:
        """The Transcription resource (`api.v2010.account.transcription`)."""
        sid = recording.transcript_sid
        return {
            **self._common(recording),
            "price": -0.05,
            "recording_sid": recording.sid,
            "sid": sid,
            "transcription_text": recording.words,
            "type": "fast",
            "uri": f"/{API_VERSION}/Accounts/{self._account}/Transcriptions/{sid}.json",
        }

    def _common(self, recording: Recording) -> dict[str, object]:
        at = _rfc2822(recording.at)
        return {
            "account_sid": self._account,
            "api_version": API_VERSION,
            "date_created": at,
            "date_updated": at,
            "duration": str(recording.seconds),
            "price_unit": "USD",
            "status": "completed",
        }


def _rfc2822(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(int(moment), UTC))
