"""Texts in every weather: each leaves 0 or 1 times, its states only move forward, and each comes to an end."""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.models import tables
from coach_portal.core.rules.message_state import FINAL, OPEN
from tests.fuzz.house import House, runs

RANKS = {"planned": 0, "sending": 0, "unknown": 0, "accepted": 1, "sent": 2}
WORDS = ("queued", "sending", "sent", "delivered", "undelivered", "failed", "read", "received", "", "nonsense")
CODES = ("", "30003", "30005", "30007", "21610")
REFUSALS = {
    "429": CarrierError("20429", "too many", permanent=False),
    "invalid": CarrierError("21211", "no such number", permanent=True),
}

WEATHERS = ("fair", "429", "invalid", "dies before", "dies after", "breaks off")


class Died(BaseException):
    """The process is gone."""


class Texts(RuleBasedStateMachine):
    """Texts are planned, worked on, broken off, picked up and reported on, in any order."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.house = House(self.kind)
        self.story, self.carrier = self.house.story, self.house.story.wired.sender
        self.seen: dict[int, str] = {}
        self.planned = 0

    def teardown(self) -> None:
        """When the sky clears all of it comes to rest."""
        try:
            self._weather("fair")
            for _ in range(6):
                self._pass(700)
                self._work()
            self.only_forward()
            self.sent_at_most_once()
            for text in self._texts():
                assert text.state not in OPEN, f"{text.state} for ever"
                assert text.state != "not_sent" or text.reason, "not sent, and nobody knows why"
        finally:
            self.house.close()

    @rule(count=st.integers(0, 2), weather=st.sampled_from(WEATHERS))
    def write_and_send(self, count: int, weather: str) -> None:
        """Texts are written, each in other words, and a worker takes what is queued, in this weather."""
        for _ in range(count):
            self.planned += 1
            self.story.message(f"How are you, {self.planned}?", kind="reply")
        self._weather(weather)
        self._work()
        self._weather("fair")

    @rule(seconds=st.sampled_from([1, 30, 61, 700]))
    def time_passes(self, seconds: int) -> None:
        """And the tick comes by."""
        self._pass(seconds)

    @precondition(lambda self: self.carrier.sent)
    @rule(data=st.data(), word=st.sampled_from(WORDS), code=st.sampled_from(CODES), names_ours=st.booleans())
    def report(self, data: st.DataObject, word: str, code: str, names_ours: bool) -> None:
        """A receipt comes: late, early, twice, out of order or in words nobody knows."""
        place = data.draw(st.integers(1, len(self.carrier.sent)))
        ours = self.carrier.sent[place - 1].message_id if names_ours else None
        self.story.report(f"SM{place:032x}", word, error=code, message=ours)

    @invariant()
    def only_forward(self) -> None:
        """No state moves back, and what is final stays."""
        for text in self._texts():
            before = self.seen.get(text.id, "planned")
            assert before not in FINAL or text.state == before, f"{before} became {text.state}"
            assert RANKS.get(text.state, 3) >= RANKS.get(before, 3), f"{before} became {text.state}"
            self.seen[text.id] = text.state

    @invariant()
    def sent_at_most_once(self) -> None:
        """The carrier was handed each text once at most; what we say of it is so."""
        handed = Counter(sent.message_id for sent in self.carrier.sent)
        for text in self._texts():
            assert handed[text.id] <= 1, "sent twice"
            assert text.state != "not_sent" or not handed[text.id], "sent, and we say it was not"
            assert text.sid is None or handed[text.id], "not sent, and we say it was"

    def _texts(self) -> list:
        return [row for row in self.story.rows(tables.message, direction="out") if row.kind == "reply"]

    def _pass(self, seconds: int) -> None:
        self.story.wired.clock.move_on(seconds=seconds)
        self.story.tick()

    def _work(self) -> None:
        queue = self.story.wired.queue
        waiting = list(queue.message_ids)
        try:
            failed = {int(each) for each in self.story.send()}
        except Died:
            failed = set(waiting)
        queue.put([each for each in waiting if each in failed])
        queue.later.clear()  # what has its turn later is picked up by the tick

    def _weather(self, weather: str) -> None:
        self.carrier.refusing = REFUSALS.get(weather) or (Died() if weather == "dies before" else None)
        breaks = {"dies after": Died(), "breaks off": CarrierOutcomeUnknown("the line went dead")}
        self.carrier.breaking_off = breaks.get(weather)


class TextsOnPostgres(Texts):
    """The same, a few times."""

    kind = "postgres"


TestTexts = Texts.TestCase
TestTexts.settings = runs(8, 25)
TestTextsOnPostgres = TextsOnPostgres.TestCase
TestTextsOnPostgres.settings = runs(1, 15)
