"""The telephone exchange of the past: calls are taken or not, talked through, and what is recorded goes into the
carrier's book."""

import math
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from coach_portal.core.db import Database
from coach_portal.core.ports import CarrierCall
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.voice import keypad
from coach_portal.core.rules.voice.script import Ask, Step
from coach_portal.core.services.calls import placing, receipts, recordings
from coach_portal.core.services.calls.recordings import Left
from coach_portal.core.services.calls.talking import Next, Turn, talk
from infra.local.carrier.book import Book
from infra.local.carrier.call import Recording
from infra.local.carrier.calls import SURE, WORDS_A_SECOND

RINGS, A_TURN = timedelta(seconds=9), timedelta(seconds=14)


class Exchange:
    """Fills `ports.CallPlacer` for one account, whose recordings these are, and plays both ends of a call."""

    def __init__(self, database: Database, book: Book, account_sid: str, number: str, links: Links) -> None:
        self._database, self._book, self._account = database, book, account_sid
        self._number, self._links = number, links
        self._last = ""

    def of(self, account_sid: str | None) -> "Exchange":
        """There is but one account."""
        return self

    def place_call(self, *, to: str, from_: str, message_id: int, await_beep: bool) -> CarrierCall:
        """Take a call."""
        self._last = f"CA{uuid4().hex}"
        return CarrierCall(self._last, "queued")

    def find_call(self, *, to: str, from_: str, since: datetime, not_among: Collection[str] = ()) -> CarrierCall | None:
        """Nothing ever broke off."""
        return None

    def look_up(self, sid: str) -> CarrierCall | None:
        """Nothing is ever asked of the past."""
        return None

    def place(self, message_id: int, moment: datetime) -> str:
        """Have a call placed; its id, "" where it is not its turn or may not be."""
        self._last = ""
        placing.place(self._database, self, message_id, moment, lambda: moment, 1)
        return self._last

    def nobody(self, message_id: int, sid: str, moment: datetime) -> Sequence[int]:
        """Nobody takes it."""
        return self._report(message_id, CarrierCall(sid, "no-answer"), moment)

    def talked(self, message_id: int, sid: str, phone: str, words: str, moment: datetime) -> list[int]:
        """Somebody takes it and says this, and presses a key where that was not understood."""
        at = moment + RINGS
        self._report(message_id, CarrierCall(sid, "in-progress"), at)
        self._turn(Turn(Step("answered", message_id), sid, phone, self._number, answered_by="human"), at)
        at += A_TURN
        said = Turn(Step("said", message_id, turn=1), sid, phone, self._number, speech=words, confidence=SURE)
        following = self._turn(said, at)
        to_queue = list(following.to_queue)
        again = next((act.step for act in following.document.acts if isinstance(act, Ask)), None)
        if again is not None and again.tries:
            at += A_TURN
            to_queue += self._turn(Turn(again, sid, phone, self._number, keys=keypad.DONE), at).to_queue
        lasted = int((at - moment).total_seconds())
        return [*to_queue, *self._report(message_id, CarrierCall(sid, "completed", lasted, "human"), at)]

    def leaves_a_message(self, phone: str, words: str, moment: datetime) -> list[int]:
        """A client calls, presses the key for it, and speaks after the tone; the transcript comes a little later."""
        sid = f"CA{uuid4().hex}"
        for turn, keys in ((0, ""), (1, keypad.MESSAGE)):
            self._turn(Turn(Step("menu", 0, turn=turn), sid, phone, self._number, keys=keys), moment)
        seconds = math.ceil(len(words.split()) / WORDS_A_SECOND)
        made = Recording(f"RE{uuid4().hex}", sid, words, seconds, moment.timestamp(), f"TR{uuid4().hex}")
        self._book.record(made)
        left = Turn(Step("left", 0, turn=2), sid, phone, self._number)
        recordings.keep(self._database, left, Left(made.sid, self._account, seconds), moment)
        heard = moment + A_TURN
        return recordings.transcribed(self._database, made.sid, "completed", words, heard, heard, self._links)

    def _turn(self, turn: Turn, at: datetime) -> Next:
        following = talk(self._database, turn, at, at, self._links)
        if following is None:
            raise LookupError(f"{turn.number} is no practice's")
        return following

    def _report(self, message_id: int, report: CarrierCall, at: datetime) -> list[int]:
        with self._database.transaction() as connection:
            return receipts.record_report(connection, message_id, report, at)
