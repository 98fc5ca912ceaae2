"""Calls: placed by the practice or from a phone, each fetching the practice's TwiML and playing it as a transcript.

They live as long as the carrier does, as calls do. Whoever holds the phone answers, is busy, lets it ring, speaks,
presses keys and hangs up; an answering machine may take the call as well.
"""

import math
from collections.abc import Callable, Mapping
from threading import RLock
from urllib.parse import urljoin
from uuid import uuid4
from xml.etree import ElementTree

from infra.local.carrier.book import Book
from infra.local.carrier.call import LIVE, Call, Recording, as_seen
from infra.local.carrier.postman import Postman
from infra.local.carrier.refusals import Refusal, check_call
from infra.local.carrier.settings import CarrierSettings
from infra.local.carrier.texts import API_VERSION, INBOUND
from infra.local.carrier.timetable import Timetable

SURE = "0.92"
"""How sure the carrier's ear is of words typed on a phone's page, unless told otherwise."""
KEPT = 12
"""How many of a phone's last calls are shown."""
WORDS_A_SECOND = 2.5


class Calls:
    """All calls, and what is recorded on them."""

    def __init__(
        self, settings: CarrierSettings, book: Book, postman: Postman, timetable: Timetable, now: Callable[[], float]
    ) -> None:
        self._book, self._settings, self._postman, self._timetable, self._now = book, settings, postman, timetable, now
        self._lock = RLock()
        self._calls: dict[str, Call] = {}
        self.recordings = book.recordings()
        self.changes = 0

    def place(self, form: Mapping[str, str], events: tuple[str, ...]) -> Call:
        """The practice calls a phone. Raises Refusal."""
        check_call(form)
        call = Call(
            phone=form["To"],
            practice=form["From"],
            direction="outbound-api",
            url=form["Url"],
            callback=form.get("StatusCallback", ""),
            events=events or ("completed",),
            detects=form.get("MachineDetection", ""),
            ring_for=float(form.get("Timeout") or 60),
            created=self._now(),
        )
        self._add(call)
        self._timetable.after(self._settings.receipt_delay, lambda: self._ring(call))
        return call

    def get(self, sid: str) -> Call:
        """One call. Raises Refusal for one that there is not."""
        if sid not in self._calls:
            raise Refusal(20404, 404)
        return self._calls[sid]

    def keep(self, recording: Recording) -> None:
        """Keep a recording, or what is left of it."""
        self.recordings[recording.sid] = recording
        self._book.record(recording)

    def forget(self, sid: str) -> None:
        """A call is deleted."""
        with self._lock:
            del self._calls[sid]
            self.changes += 1

    def between(self, to: str | None, sender: str | None) -> list[Call]:
        """The calls to and from these numbers, where they are named, the newest first."""
        with self._lock:
            ours = [call for call in self._calls.values() if _is_between(call, to, sender)]
        return sorted(ours, key=lambda call: call.created, reverse=True)

    def seen(self) -> dict[str, list[dict[str, object]]]:
        """The last calls of each phone, oldest first."""
        phones: dict[str, list[dict[str, object]]] = {}
        with self._lock:
            for call in self._calls.values():
                phones.setdefault(call.phone, []).append(as_seen(call))
        return {phone: calls[-KEPT:] for phone, calls in phones.items()}

    def act(self, phone: str, asked: Mapping[str, str]) -> dict[str, object]:
        """Whoever holds a phone does something: dials, or answers, speaks and ends the call that is there."""
        act = asked["act"]
        if act == "dial":
            return as_seen(self._dial(phone, asked["to"]))
        call = self._live(phone, asked.get("sid"))
        if act in {"answer", "machine"}:
            self._answer(call, by_machine=act == "machine")
        elif act in {"busy", "no-answer"}:
            self._end(call, act)
        elif act == "hangup":
            self._hang_up(call)
        elif act == "keys":
            self._input(call, Digits=asked["keys"])
        elif act == "say":
            self._input(call, SpeechResult=asked["words"], Confidence=asked.get("confidence", SURE))
        elif act == "silence":
            self._input(call)
        else:
            raise ValueError(f"no such act: {act}")
        return as_seen(call)

    def let_time_pass(self) -> None:
        """The clock was moved: what has rung too long was not answered."""
        with self._lock:
            every = list(self._calls.values())
        for call in every:
            if call.status in {"queued", "ringing"} and self._now() - call.created >= call.ring_for:
                self._end(call, "no-answer")

    def _add(self, call: Call) -> None:
        with self._lock:
            self._calls[call.sid] = call
            self.changes += 1

    def _live(self, phone: str, sid: str | None) -> Call:
        with self._lock:
            live = [call for call in self._calls.values() if call.phone == phone and call.status in LIVE]
        found = [call for call in live if sid in {None, "", call.sid}]
        if not found:
            raise ValueError("there is no call on this phone")
        return found[-1]

    def _ring(self, call: Call) -> None:
        self._tell(call, "initiated")
        if call.status == "queued":
            call.status = "ringing"
            self.changes += 1
            self._tell(call, "ringing")
        self._timetable.after(call.ring_for, lambda: self._give_up(call))

    def _give_up(self, call: Call) -> None:
        if call.status == "ringing":
            self._end(call, "no-answer")

    def _dial(self, phone: str, practice: str) -> Call:
        url = self._settings.voice_url or self._settings.sms_url.replace("/twilio/sms", "/twilio/voice/call")
        call = Call(phone, practice, INBOUND, url, created=self._now(), status="in-progress", started=self._now())
        self._add(call)
        self._fetch(call, url, {})
        return call

    def _answer(self, call: Call, *, by_machine: bool) -> None:
        if call.status not in {"queued", "ringing"}:
            raise ValueError("this call does not ring")
        call.status, call.started = "in-progress", self._now()
        told = {}
        if call.detects:
            machine = "machine_end_beep" if call.detects == "DetectMessageEnd" else "machine_start"
            call.answered_by = machine if by_machine else "human"
            told = {"AnsweredBy": call.answered_by}
        self._tell(call, "in-progress")
        self._fetch(call, call.url, told)
        if by_machine and call.status in LIVE:
            self._hang_up(call)

    def _fetch(self, call: Call, url: str, told: Mapping[str, str]) -> None:
        """Ask the practice what comes next, and play it."""
        call.gather = call.record = None
        reply = self._postman.post(url, self._form(call) | dict(told))
        try:
            response = ElementTree.fromstring(reply.body) if reply.status == 200 else None  # noqa: S314  # nosec B314 # our own answer
        except ElementTree.ParseError:
            response = None
        if response is None:
            call.lines.append(("line", "An application error has occurred. Goodbye."))
            self._end(call, "completed")
            return
        call.rest = list(response)
        self._play(call)

    def _play(self, call: Call) -> None:
        while call.rest:
            verb = call.rest.pop(0)
            if verb.tag == "Say":
                self._hear(call, verb)
            elif verb.tag == "Gather":
                for said in verb.iter("Say"):
                    self._hear(call, said)
                call.gather = verb
                self.changes += 1
                return
            elif verb.tag == "Record":
                call.lines.append(("line", "(a tone)"))
                call.record = verb
                self.changes += 1
                return
            elif verb.tag == "Redirect":
                self._fetch(call, urljoin(call.url, verb.text or ""), {})
                return
            elif verb.tag == "Hangup":
                break
        self._end(call, "completed")

    def _hear(self, call: Call, said: ElementTree.Element) -> None:
        call.lines.append(("practice", said.text or ""))
        self.changes += 1

    def _input(self, call: Call, **told: str) -> None:
        """What was said or pressed goes to whatever waits for it; what nothing waits for is lost on the line."""
        words = told.get("SpeechResult") or told.get("Digits") or ""
        if words:
            call.lines.append(("phone", words))
        if call.record is not None:
            self._recorded(call, words)
            return
        gather = call.gather
        if gather is None:
            return
        listens = gather.get("input", "dtmf")
        if ("SpeechResult" in told and "speech" not in listens) or ("Digits" in told and "dtmf" not in listens):
            told = {}
        if not told and gather.get("actionOnEmptyResult") != "true":
            self._play(call)
            return
        self._fetch(call, urljoin(call.url, gather.get("action", call.url)), told)

    def _recorded(self, call: Call, words: str) -> None:
        record = call.record
        if record is None:
            return
        seconds = min(math.ceil(len(words.split()) / WORDS_A_SECOND), int(record.get("maxLength", "3600")))
        made = Recording(f"RE{uuid4().hex}", call.sid, words, max(seconds, 1), self._now())
        url = f"https://api.twilio.com/{API_VERSION}/Accounts/{self._settings.account_sid}/Recordings/{made.sid}"
        told = {"RecordingUrl": url, "RecordingSid": made.sid, "RecordingDuration": str(made.seconds)}
        transcribed = record.get("transcribeCallback") if record.get("transcribe") == "true" else None
        made.transcript_sid = f"TR{made.sid[2:]}" if transcribed else ""
        self.keep(made)
        self._fetch(call, urljoin(call.url, record.get("action", call.url)), told | {"Digits": "#"})
        if transcribed:
            form = self._form(call) | told
            form |= {
                "TranscriptionText": words,
                "TranscriptionStatus": "completed",
                "TranscriptionSid": made.transcript_sid,
            }
            self._timetable.after(
                self._settings.receipt_delay, lambda: self._post(urljoin(call.url, transcribed), form)
            )

    def _hang_up(self, call: Call) -> None:
        if call.status in {"queued", "ringing"}:
            self._end(call, "no-answer")
            return
        self._end(call, "completed")

    def _end(self, call: Call, status: str) -> None:
        with self._lock:
            if call.status not in LIVE:
                return
            call.status, call.ended = status, self._now()
            call.gather = call.record = None
            call.rest = []
            self.changes += 1
        self._tell(call, status)

    def _tell(self, call: Call, status: str) -> None:
        """Post a progress event, if it was asked for; the end of a call counts as "completed" however it ended."""
        event = {"in-progress": "answered"}.get(status, status if status in {"initiated", "ringing"} else "completed")
        if not call.callback or event not in call.events:
            return
        form = self._form(call) | {"CallStatus": status, "CallbackSource": "call-progress-events"}
        form |= {"SequenceNumber": str(call.sequence)}
        call.sequence += 1
        if event == "completed":
            form |= {"CallDuration": str(call.seconds), "Duration": str(-(-call.seconds // 60))}
        if call.answered_by:
            form["AnsweredBy"] = call.answered_by
        self._timetable.after(0, lambda: self._post(call.callback, form))

    def _post(self, url: str, form: Mapping[str, str]) -> None:
        self._postman.post(url, form)

    def _form(self, call: Call) -> dict[str, str]:
        to, sender = (call.practice, call.phone) if call.inbound else (call.phone, call.practice)
        return {
            "AccountSid": self._settings.account_sid,
            "ApiVersion": API_VERSION,
            "CallSid": call.sid,
            "CallStatus": call.status,
            "Called": to,
            "Caller": sender,
            "Direction": call.direction,
            "From": sender,
            "To": to,
        }


def _is_between(call: Call, to: str | None, sender: str | None) -> bool:
    called, caller = (call.practice, call.phone) if call.inbound else (call.phone, call.practice)
    return to in {None, called} and sender in {None, caller}
