"""A call, turn by turn: what the carrier tells of it in, what is to be done and said next out.

Nothing is kept between two turns but the rows and the address of the step, so any worker may take the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.phone import country_of
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.rules.voice import keypad, saying
from coach_portal.core.rules.voice.saying import Caller
from coach_portal.core.rules.voice.script import Ask, Document, HangUp, Step
from coach_portal.core.services.calls import agreeing, hearing, receipts
from coach_portal.core.services.calls.hearing import turn_sid
from coach_portal.core.services.calls.instead import text_instead
from coach_portal.core.services.people import consent
from coach_portal.core.services.people.consent import Party, Proof
from coach_portal.core.services.replies import situation
from coach_portal.core.services.replies.situation import Circumstances

_message, _schedule, _check_in = tables.message, tables.schedule, tables.check_in

MOST_TRIES = 2
"""How often we say that we did not get it: once by voice, once for the keys."""

_CALL = (
    select(_message, _schedule.c.on_machine)
    .outerjoin(_check_in, _check_in.c.id == _message.c.check_in_id)
    .outerjoin(_schedule, _schedule.c.id == _check_in.c.schedule_id)
    .where(_message.c.id == bindparam("message"), _message.c.channel == "call", _message.c.direction == "out")
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What the carrier tells: the step it has come to, the numbers, and what was said or pressed there."""

    step: Step
    call_sid: str
    phone: str
    number: str
    speech: str = ""
    keys: str = ""
    confidence: str = ""
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What is said next, and the ids of messages to queue."""

    document: Document
    to_queue: Sequence[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One turn with all that is around it."""

    database: Database
    turn: Turn
    around: Circumstances
    machine_now: datetime
    links: Links

    @property
    def caller(self) -> Caller:
        """Who speaks with whom."""
        row = self.around.row
        name = (row.name or "").partition(" ")[0]
        locale = row.locale or self.around.situation.locale
        country = row.country or country_of(self.turn.phone)
        return Caller(name, self.around.coach_name, row.practice_name, locale, country)

    @property
    def asked(self) -> list[GoalWords]:
        """The goals that wait for an answer."""
        return [self.around.goals[place] for place in self.around.situation.asked]

    @property
    def is_wins(self) -> bool:
        """Whether the open question of the evening waits for its answer."""
        return self.around.situation.prompt == "wins"

    def step(self, name: Any, **more: Any) -> Step:
        """The next step of this call."""
        here = self.turn.step
        return replace(here, name=name, turn=here.turn + 1, **{"tries": 0, "marks": "", **more})

    def bye(self, *said: str) -> Next:
        """These words, and the end."""
        return Next(saying.goodbye(*said, self.caller.words.goodbye, caller=self.caller))


def talk(database: Database, turn: Turn, now: datetime, machine_now: datetime, links: Links) -> Next | None:
    """Do what a turn asks for, and answer what comes next; None when the number called is no practice's."""
    with database.statement() as connection:
        around = situation.load(connection, turn.phone, turn.number, now)
    if around is None:
        return None
    line = Line(database, turn, around, machine_now, links)
    if around.row.client_id is None:
        return _stranger(line)
    first = {"answered": _answered, "stop_all": _stop_all}.get(turn.step.name)
    always = {keypad.STOP_CALLS: _stop_calls, keypad.MESSAGE: _leave_message}.get(turn.keys)
    return (first or always or (_menu if turn.step.name == "menu" else _said))(line)


def _leave_message(line: Line) -> Next:
    return Next(saying.leave_message(line.caller, line.step("left"), line.step("transcribed")))


def _answered(line: Line) -> Next:
    """Our call was taken, by somebody or by a machine."""
    with line.database.statement() as connection:
        call: Any = connection.execute(_CALL, {"message": line.turn.step.message}).one_or_none()
    ours = call is not None and (call.to_phone, call.from_phone) == (line.turn.phone, line.turn.number)
    row = line.around.row
    if not ours or row.calls != "granted" or row.consent != "granted" or row.held_at is not None:
        return line.bye()
    if line.turn.answered_by:
        with line.database.transaction() as connection:
            receipts.note_who(connection, call.id, line.turn.answered_by)
    if line.turn.answered_by.startswith(("machine", "fax")):
        return _machine(line, call)
    return Next(saying.opening(call.body, line.asked, line.caller, line.step("said")))


def _machine(line: Line, call: Any) -> Next:
    if call.on_machine == "message":
        return Next(saying.machine(line.caller, line.turn.number))
    with line.database.transaction() as connection:
        texts = text_instead(connection, call, line.around.now)
    return Next(line.caller.document(HangUp()), texts)


def _menu(line: Line) -> Next:
    """A client calls us, or has chosen by a key what to do."""
    turn = line.turn
    if turn.keys == keypad.LOG_WIN:
        ask = Ask((line.caller.words.log_win,), line.step("menu", tries=1), hints=saying.hints(line.around.goals))
        return Next(line.caller.document(ask))
    if turn.keys == keypad.MY_WEEK:
        return _hear(line, keys=keypad.WEEK)
    if turn.speech:
        return _hear(line)
    if turn.step.turn == 0:
        with line.database.transaction() as connection:
            numbers = {"from_phone": turn.phone, "to_phone": turn.number}
            hearing.write_down(connection, line.around, turn.call_sid, "", **numbers)
    if turn.step.tries > MOST_TRIES:
        return line.bye()
    return Next(saying.menu(line.caller, line.around.goals, line.step("menu", tries=turn.step.tries + 1)))


def _said(line: Line) -> Next:
    turn, asked = line.turn, line.asked
    if turn.step.name == "over":
        return line.bye()
    if turn.step.name == "each":
        return _each(line, turn.step.marks + (turn.keys if turn.keys in {keypad.DONE, keypad.MISSED} else ""))
    if turn.keys == keypad.ONE_BY_ONE and len(asked) > 1:
        return _each(line, "")
    if turn.keys in {keypad.DONE, keypad.MISSED} and asked:
        return _hear(line, keys=turn.keys)
    if turn.speech:
        return _hear(line)
    return _once_more(line)


def _each(line: Line, marks: str) -> Next:
    """The goals one by one, by key; all of them together are one answer."""
    asked = line.asked
    if len(marks) >= len(asked):
        return _hear(line, keys=marks)
    if marks == line.turn.step.marks and line.turn.step.tries > MOST_TRIES:
        return line.bye(line.caller.words.nothing_heard)
    step = line.step("each", marks=marks, tries=line.turn.step.tries + (marks == line.turn.step.marks))
    return Next(saying.each(asked[len(marks)], line.caller, step))


def _hear(line: Line, keys: str = "") -> Next:
    turn = line.turn
    words = "" if keys else turn.speech
    text = hearing.as_text(turn.call_sid, turn.step.turn, turn.phone, turn.number, words, keys, turn.confidence)
    client_id, now = line.around.row.client_id, line.around.now
    heard = hearing.hear(line.database, text, client_id, now, line.machine_now, line.links)
    return replace(_reply(line, heard), to_queue=heard.to_queue)


def _reply(line: Line, heard: hearing.Heard) -> Next:
    words = line.caller.words
    if heard.risk == "explicit":
        said = saying.spell(heard.safety)
        # Twice: numbers are not caught the first time by somebody in distress.
        return Next(saying.goodbye(said, said, caller=line.caller))
    if heard.unsure:
        return _once_more(line)
    lines = [saying.spell(one) if heard.risk else saying.aloud(one) for one in heard.said]
    if "stop" in heard.acts:
        return line.bye(*lines)
    if not lines:
        is_week = "status" in heard.acts
        lines = [words.no_week if is_week else words.text_follows if heard.to_queue else line.caller.say(words.noted)]
    return Next(saying.answered(lines, line.caller, line.step("over"), line.turn.number))


def _once_more(line: Line) -> Next:
    """Ask again by voice, then for the keys, then let it be."""
    tries = line.turn.step.tries + 1
    if line.turn.step.name == "menu":
        if tries > MOST_TRIES + 1:
            return line.bye(line.caller.say(line.caller.words.noted))
        return Next(saying.menu(line.caller, line.around.goals, line.step("menu", tries=tries)))
    if tries > MOST_TRIES:
        heard = line.caller.say(line.caller.words.noted) if line.turn.speech else line.caller.words.nothing_heard
        return Next(saying.goodbye(heard, caller=line.caller))
    return Next(saying.again(line.asked, line.caller, line.step("said", tries=tries), wins=line.is_wins))


def _stop_calls(line: Line) -> Next:
    """The key that ends the calls, at any moment of one; confirmed on the call itself."""
    turn, row = line.turn, line.around.row
    sid = turn_sid(turn.call_sid, turn.step.turn)
    with line.database.transaction() as connection:
        agreeing.revoke(connection, row.client_id, Proof("call", "9", "", sid), line.around.now)
        numbers = {"from_phone": turn.phone, "to_phone": turn.number}
        hearing.write_down(
            connection, line.around, sid, keypad.STOP_CALLS, understanding={"acts": ["no_calls"]}, **numbers
        )
    said = line.caller.say(line.caller.words.no_more_calls)
    return Next(line.caller.document(Ask((said,), line.step("stop_all"), hears=False), HangUp()))


def _stop_all(line: Line) -> Next:
    """After the calls were ended: the same key once more ends the texts as well."""
    if line.turn.keys != keypad.STOP_CALLS:
        return line.bye()
    row, turn = line.around.row, line.turn
    party = Party(row.practice_id, row.client_id, turn.phone)
    sid = turn_sid(turn.call_sid, turn.step.turn)
    with line.database.transaction() as connection:
        if row.consent != "revoked":
            consent.revoke(connection, party, Proof("call", "9", "", sid), line.around.now)
    return Next(saying.goodbye(line.caller.say(line.caller.words.all_ended), caller=line.caller))


def _stranger(line: Line) -> Next:
    """Somebody whose number we do not know hears who this is, and can have it left alone."""
    turn, row = line.turn, line.around.row
    sid = turn.call_sid if turn.step.turn == 0 else turn_sid(turn.call_sid, turn.step.turn)
    with line.database.transaction() as connection:
        numbers = {"from_phone": turn.phone, "to_phone": turn.number}
        hearing.write_down(connection, line.around, sid, turn.keys, **numbers)
        if turn.keys == keypad.STOP_CALLS:
            consent.suppress(connection, row.practice_id, turn.phone, "call", line.around.now)
    if turn.keys == keypad.STOP_CALLS:
        return Next(saying.goodbye(line.caller.words.stranger_stopped, caller=line.caller))
    if turn.step.name == "stranger":
        return line.bye()
    return Next(saying.stranger(line.caller, line.step("stranger")))
