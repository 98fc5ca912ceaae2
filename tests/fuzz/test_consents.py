"""Yes, no, STOP and START in any order and by any way: state, suppression and ledger are what they must be."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from coach_portal.core.errors import Invalid
from coach_portal.core.models import Client, Coach, tables
from coach_portal.core.services.people import clients, ledger, stopping
from tests.cast import RUTHS_PHONE
from tests.fuzz.house import House, runs

STOPS = ("STOP", "stop", "please stop texting me", "unsubscribe", "no more messages pls", "BAJA", "opt-out", "STOPALL")
OTHERS = ("did 5 squats", "thanks", "status", "skipped it", "\U0001f44d", "less please", "HELP")


class Agreeing(RuleBasedStateMachine):
    """What Ruth says, and what her coach and the web page do. `state` is what must be in force."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.house = House(self.kind)
        self.story = self.house.story
        self.state, self.told = "granted", 0

    def teardown(self) -> None:
        """Let go of the database."""
        self.house.close()

    @rule(words=st.sampled_from(STOPS))
    def says_stop(self, words: str) -> None:
        """From any state."""
        self._text(words)
        self.state = "revoked"

    @rule(words=st.sampled_from(["START", "start", "UNSTOP"]))
    def says_start(self, words: str) -> None:
        """Their own word alone begins texts anew."""
        self._text(words)
        self.state = "granted"

    @rule(words=st.sampled_from(["YES", "yes please", "NO", *OTHERS]))
    def says_something_else(self, words: str) -> None:
        """Which agrees to nothing unless they were asked."""
        self._text(words)
        if self.state == "invited" and words.lower().startswith("yes"):
            self.state = "granted"
        elif self.state == "invited" and words == "NO":
            self.state = "declined"

    @rule(again=st.booleans())
    def replays_the_last_text(self, again: bool) -> None:
        """A webhook that comes again changes nothing."""
        if self.told:
            self.story.text("START" if again else "STOP", sid=f"SMf{self.told:031x}")

    @rule(way=st.sampled_from(["link", "number", "coach"]))
    def stops_by_another_way(self, way: str) -> None:
        """By a link, by writing the number down, or through the coach."""
        now = self.story.wired.clock.now()
        with self.house.database.session() as session:
            client = session.get_one(Client, self.story.cast.ruth)
            if way == "link":
                stopping.by_link(session, client, "the page", now)
            elif way == "number":
                stopping.by_number(session, RUTHS_PHONE, "the page", now)
            else:
                clients.opt_out(session, session.get_one(Coach, self.story.cast.alice), client, now)
        self.state = "revoked"

    @rule()
    def is_invited_again(self) -> None:
        """A coach may ask again who has not answered, and nobody else."""
        with self.house.database.session() as session:
            client = session.get_one(Client, self.story.cast.ruth)
            try:
                clients.invite(session, session.get_one(Coach, self.story.cast.alice), client, self._now())
            except Invalid:
                return
        assert self.state == "invited", f"asked again though {self.state}"

    @rule()
    def is_texted(self) -> None:
        """A text leaves if they agreed, and only then."""
        before = len(self.story.phone())
        self.story.message(f"How are you, {self.told}?")
        self.story.send()
        assert (len(self.story.phone()) > before) == (self.state == "granted"), self.state

    @invariant()
    def is_as_it_must_be(self) -> None:
        """The client's state, the suppressed number and the last line of the ledger say the same."""
        assert self.story.row(tables.client).consent == self.state
        assert bool(self.story.rows(tables.suppression)) == (self.state == "revoked")
        lines = [
            line for line in self.story.rows(tables.consent) if (line.purpose, line.channel) == ("check_in", "text")
        ]
        assert lines[-1].event == self.state

    @invariant()
    def the_ledger_holds(self) -> None:
        """Link by link."""
        with self.house.database.reading() as session:
            assert not any(chain.broken for chain in ledger.chains(session))

    def _now(self):
        return self.story.wired.clock.now()

    def _text(self, words: str) -> None:
        self.told += 1
        self.story.wired.clock.move_on(seconds=20)
        self.story.text(words, sid=f"SMf{self.told:031x}")


class AskedFirst(Agreeing):
    """The same, with one who has only been asked."""

    def __init__(self) -> None:
        super().__init__()
        self.story.change(tables.client, self.story.cast.ruth, consent="invited")
        last = self.story.rows(tables.consent)[-1]
        assert last.event == "granted"
        with self.house.database.session() as session:
            client = session.get_one(Client, self.story.cast.ruth)
            clients.consent.invite(
                session.connection(), clients.party_of(client), clients.consent.Proof("coach", "", ""), self._now()
            )
        self.state = "invited"


class AgreeingOnPostgres(AskedFirst):
    """A few times on Postgres."""

    kind = "postgres"


TestAgreeing = Agreeing.TestCase
TestAgreeing.settings = runs(6, 20)
TestAskedFirst = AskedFirst.TestCase
TestAskedFirst.settings = runs(6, 20)
TestAgreeingOnPostgres = AgreeingOnPostgres.TestCase
TestAgreeingOnPostgres.settings = runs(1, 12)
