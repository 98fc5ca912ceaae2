"""What the clients of the world do when their phone rings: they take it or not, speak, press keys, hang up."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from coach_portal.core.services.calls.hearing import turn_sid
from infra.simulation import tempers
from infra.simulation.carrier import Arrived, Handed
from infra.simulation.people import People, Person, Told
from infra.simulation.timetable import Timetable

TAKES, BUSY, MACHINE = 0.7, 0.1, 0.1
"""What becomes of a ringing phone; else nobody answers."""
ENDS_CALLS, MUMBLES, SPEAKS = 0.04, 0.15, 0.6
"""What whoever was asked does: the key that ends the calls, words from which nothing follows, words; else a key."""
SURE, UNSURE = "0.93", "0.2"
NO_MORE, ALL, NONE = "9", "1", "2"


@dataclass
class Said:
    """One turn on somebody's phone: what they did, whether they did all they were asked about, and what was asked."""

    text: Arrived
    done: bool | None = None
    titles: tuple[str, ...] = ()
    ends: bool = False
    danger: bool = False


@dataclass
class OnThePhone:
    """Fills `calls.Holders` for the people."""

    timetable: Timetable
    people: People
    dice: Random
    _turns: dict[str, int] = field(default_factory=dict)
    _said: dict[str, Said] = field(default_factory=dict)

    def pick_up(self, phone: str) -> str:
        """What becomes of a call that rings."""
        person = self.people.by_phone[phone]
        if person.silent or not person.is_on:
            return "no-answer"
        drawn = self.dice.random()
        if person.despairs_aloud or drawn < TAKES:
            return "human"
        return "busy" if drawn < TAKES + BUSY else "machine" if drawn < TAKES + BUSY + MACHINE else "no-answer"

    def reply(self, call: Handed, said: str) -> dict[str, str] | None:
        """What they say or press; once an answer was taken they hang up."""
        person = self.people.by_phone[call.to]
        before = self._said.get(call.sid)
        turn = self._turns[call.sid] = self._turns.get(call.sid, 0) + 1
        asked = tuple(title for title in person.titles if title in said) or (before.titles if before else ())
        if not asked or (before and (before.done is not None or before.ends or before.danger)) or turn > TURNS:
            return None
        told, what = self._answer(person, asked)
        sid = turn_sid(call.sid, turn)
        text = Arrived(self.timetable.now + timedelta(seconds=8), sid, call.to, call.from_, " ".join(told.values()))
        what.text = text
        self._said[call.sid] = what
        return told

    def understood(self, call: Handed, told: dict[str, str], answer: str | None) -> None:
        """They know whether they were heard; where the line broke they do not."""
        person, said = self.people.by_phone[call.to], self._said.get(call.sid)
        if said is None or "AnsweredBy" in told:
            return
        person.wrote.append(said.text)
        today = person.local(said.text.at).date()
        if answer is None or said.done is None:
            person.vague.update((today, today - timedelta(days=1)))
        if answer is None:
            return
        said.text.taken_at = self.timetable.now
        if said.danger:
            person.dangers_aloud.append((said.text, answer))
        elif said.ends:
            person.call_stops.append(said.text)
        elif said.done is not None:
            person.told.append(Told(said.text, said.titles, said.done, today))

    def _answer(self, person: Person, asked: tuple[str, ...]) -> tuple[dict[str, str], Said]:
        nothing_yet = Arrived(self.timetable.now, "", "", "", "")
        if person.despairs_aloud:
            person.despairs_aloud = False
            return _speech(self.dice.choice(tempers.DANGER), SURE), Said(nothing_yet, titles=asked, danger=True)
        drawn = self.dice.random()
        if drawn < ENDS_CALLS:
            return {"Digits": NO_MORE}, Said(nothing_yet, titles=asked, ends=True)
        if drawn < ENDS_CALLS + MUMBLES:
            return _speech(self.dice.choice(tempers.VAGUE), UNSURE), Said(nothing_yet, titles=asked)
        done = self.dice.random() < 0.8
        if drawn < SPEAKS:
            words = self.dice.choice(tempers.ALL_DONE[len(asked)] if done else tempers.NONE_DONE)
            return _speech(words, SURE), Said(nothing_yet, done, asked)
        return {"Digits": ALL if done else NONE}, Said(nothing_yet, done, asked)


TURNS = 4
"""After so many they hang up."""


def _speech(words: str, sure: str) -> dict[str, str]:
    return {"SpeechResult": words, "Confidence": sure}
