"""POST /twilio/voice/call: a call was answered, something was said or pressed on it, or a client calls us."""

import logging
from typing import Any
from urllib.parse import urlencode

from coach_portal.core.db import AWAY
from coach_portal.core.gateways.twiml import call_response, empty_response
from coach_portal.core.ports import KeptText
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.voice import saying
from coach_portal.core.rules.voice.saying import Caller
from coach_portal.core.rules.voice.script import Step, as_query, read_step
from coach_portal.core.services.calls import hearing, recordings
from coach_portal.core.services.calls.recordings import Left
from coach_portal.core.services.calls.talking import Next, Turn, talk
from coach_portal.core.services.replies.unrecorded import safety_answer_to
from coach_portal.core.services.sending import outbox
from functions.http_event import (
    FORBIDDEN,
    INCOMPLETE,
    Answer,
    Event,
    form_of,
    is_from_twilio,
    query_of,
    storable,
    twiml,
)
from functions.runtime import Runtime, entry, runtime

log = logging.getLogger(__name__)

PATH = "/twilio/voice/call"


@entry
def handler(event: Event, context: Any) -> Answer:
    """Verify, record, act, and answer what is said next."""
    wired = runtime()
    form = form_of(event)
    is_to_us = form.get("Direction") == "inbound"
    if not is_from_twilio(event, form, wired, our_number="To" if is_to_us else "From"):
        log.warning("call refused: signature not accepted")
        return FORBIDDEN
    form, step = storable(form), read_step(query_of(event))
    if step.name == "transcribed":
        return _transcribed(form, wired)
    if not form.keys() >= {"CallSid", "From", "To"}:
        return INCOMPLETE
    turn = _turn(form, step, is_to_us=is_to_us)
    try:
        following = _left(form, turn, wired) if step.name == "left" else _talk(turn, wired)
    except AWAY as error:
        log.warning("database is away", extra={"sid": turn.call_sid, "error": type(error).__name__})
        return twiml(_say(_without_database(turn, wired), wired))
    log.info("call", extra={"sid": turn.call_sid, "step": step.name, "turn": step.turn})
    if following is None:
        return twiml(empty_response())
    outbox.queue_now(wired.queue, following.to_queue)
    return twiml(_say(following, wired))


def _turn(form: dict[str, str], step: Step, *, is_to_us: bool) -> Turn:
    return Turn(
        step,
        form["CallSid"],
        phone=form["From"] if is_to_us else form["To"],
        number=form["To"] if is_to_us else form["From"],
        speech=form.get("SpeechResult", "").strip(),
        keys=form.get("Digits", "")[:1],
        confidence=form.get("Confidence", ""),
        answered_by=form.get("AnsweredBy", ""),
    )


def _talk(turn: Turn, wired: Runtime) -> Next | None:
    return talk(wired.database, turn, wired.clock.now(), wired.clock.machine_now(), wired.links)


def _left(form: dict[str, str], turn: Turn, wired: Runtime) -> Next | None:
    seconds = form.get("RecordingDuration", "0")
    sid = form.get("RecordingUrl", "").rsplit("/", 1)[-1].partition(".")[0]
    left = None
    if sid.startswith("RE") and len(sid) == 34:
        left = Left(sid, form.get("AccountSid", ""), int(seconds) if seconds.isdecimal() else 0)
    return recordings.keep(wired.database, turn, left, wired.clock.now())


def _transcribed(form: dict[str, str], wired: Runtime) -> Answer:
    """The carrier's transcript of a message that was left."""
    clock = wired.clock
    to_queue = recordings.transcribed(
        wired.database,
        form.get("RecordingSid", ""),
        form.get("TranscriptionStatus", ""),
        form.get("TranscriptionText", "").strip(),
        clock.now(),
        clock.machine_now(),
        wired.links,
    )
    outbox.queue_now(wired.queue, to_queue)
    return twiml(empty_response())


def _without_database(turn: Turn, wired: Runtime) -> Next:
    """The lines to call if it tells of danger, what was said kept until it can be recorded, and an honest goodbye."""
    now, step = wired.clock.machine_now(), turn.step
    text = hearing.as_text(turn.call_sid, step.turn, turn.phone, turn.number, turn.speech, "", turn.confidence)
    spoken = safety_answer_to(text, now) if turn.speech else None
    if turn.speech:
        params = {name: value for name, value in text.params.items() if name not in {"CallSid", "Digits"}}
        wired.buffer.keep(KeptText(params, now, None))
    caller = Caller("", "", "", "en", country_of(turn.phone))
    said = saying.spell(spoken) if spoken else caller.say(caller.words.away)
    return Next(saying.goodbye(said, caller=caller))


def _say(following: Next, wired: Runtime) -> str:
    def address(step: Step) -> str:
        return f"{wired.settings.webhook_url}{PATH}?{urlencode(as_query(step))}"

    return call_response(following.document, address)
