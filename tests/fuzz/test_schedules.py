"""Times of day through moves, edits, pauses, outages and the nights on which clocks change: each day asked once.

The model knows wall clocks alone: it looks at the days of a calendar one by one, and asks `zoneinfo` what time it is.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coach_portal.core.models import CheckInSchedule, Client, Coach, tables
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.people import clients
from functions import schedule_check_ins
from tests import webhooks
from tests.fuzz.house import House, runs

ZONES = (
    "America/New_York", "Europe/London", "America/Santiago", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Kolkata",
    "Antarctica/Troll", "America/Phoenix", "Pacific/Apia", "Africa/Casablanca",
)  # fmt: skip
EVES = ("2026-03-07", "2026-03-28", "2026-04-04", "2026-09-05", "2026-10-03", "2026-10-24", "2026-10-31", "2026-12-30")
"""Days before the clocks change somewhere, or the year ends."""
TIMES = ("00:00", "00:30", "01:00", "01:30", "02:15", "02:30", "02:45", "03:30", "09:00", "12:00", "23:59")
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def falls_at(day: date, wall: str, zone: str) -> datetime:
    """The moment at which a wall clock there first shows this time or, in a night that leaves it out, a later one."""
    naive = datetime.combine(day, time.fromisoformat(wall))
    for minutes in range(24 * 60):
        moment = (naive + A_MINUTE * minutes).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == naive + A_MINUTE * minutes:
            return moment
    raise AssertionError("a day without an hour")


class Asking(RuleBasedStateMachine):
    """Ruth's one check-in; time passes, people move, coaches change their minds."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.house = House(self.kind)
        self.story = self.house.story
        self.zone, self.days, self.wall = "America/New_York", "1234567", "09:00"
        self.since = self.story.wired.clock.now()
        self.expected: set[date] = set()

    def teardown(self) -> None:
        """Let go of the database."""
        self.house.close()

    @initialize(eve=st.sampled_from(EVES), zone=st.sampled_from(ZONES), wall=st.sampled_from(TIMES))
    def begin(self, eve: str, zone: str, wall: str) -> None:
        """On some eve, somewhere, at some time of day."""
        self.story.wired.clock.move_to(datetime.fromisoformat(eve).replace(tzinfo=UTC))
        self.story.goal()
        self.schedule_id = self.story.schedule("09:00")
        self.moves(zone)
        self.is_asked_at(wall, "1234567")

    @rule(minutes=st.sampled_from([1, 29, 60, 61, 180, 60 * 11, 60 * 24]))
    def time_passes(self, minutes: int) -> None:
        """The sweep comes by each time: what fell into the time between is to be asked, the latest alone."""
        before = self.story.wired.clock.now()
        self.story.wired.clock.move_on(minutes=minutes)
        now = self.story.wired.clock.now()
        self._expect(before, now)
        schedule_check_ins.handler(webhooks.event("schedule"), None)
        assert self.story.row(tables.schedule, id=self.schedule_id).next_due_at > now, "left behind"

    @rule(zone=st.sampled_from(ZONES))
    def moves(self, zone: str) -> None:
        """To another zone, where today may have been asked about already."""
        with self.house.database.session() as session:
            client = session.get_one(Client, self.story.cast.ruth)
            coach = session.get_one(Coach, self.story.cast.alice)
            clients.edit_client(session, coach, client, {"timezone": zone}, self.story.wired.clock.now())
        self.zone = zone

    @rule(wall=st.sampled_from(TIMES), days=st.sampled_from(["1234567", "135", "67", "2"]))
    def is_asked_at(self, wall: str, days: str) -> None:
        """At another time, on other days."""
        with self.house.database.session() as session:
            schedule = session.get_one(CheckInSchedule, self.schedule_id)
            coach = session.get_one(Coach, self.story.cast.alice)
            wanted = {"kind": "check_in", "days": days, "local_time": wall}
            schedules.edit_schedule(session, coach, schedule, wanted, self.story.wired.clock.now())
        self.wall, self.days = wall, days

    @rule(is_away=st.booleans())
    def rests(self, is_away: bool) -> None:
        """A pause keeps texts back; the days go by all the same."""
        with self.house.database.session() as session:
            client = session.get_one(Client, self.story.cast.ruth)
            coach, now = session.get_one(Coach, self.story.cast.alice), self.story.wired.clock.now()
            if is_away:
                clients.pause_client(session, coach, client, None, now)
            else:
                clients.resume_client(session, coach, client, now)

    @invariant()
    def each_day_is_asked_once_and_when_it_should_be(self) -> None:
        """What was asked is what the calendar says, no day twice, each at its time."""
        asked = self.story.rows(tables.check_in, kind="check_in")
        assert len({row.local_date for row in asked}) == len(asked), "a day was asked about twice"
        assert {row.local_date for row in asked} == self.expected

    def _expect(self, before: datetime, now: datetime) -> None:
        newest = max(self.expected, default=date.min)
        first, last = (moment.astimezone(ZoneInfo(self.zone)).date() for moment in (before - A_DAY, now + A_DAY))
        days = [first + A_DAY * number for number in range((last - first).days + 1)]
        wanted = [day for day in days if str(day.isoweekday()) in self.days and day > newest]
        due = [day for day in wanted if before < falls_at(day, self.wall, self.zone) <= now]
        if due:
            self.expected.add(due[-1])


class AskingOnPostgres(Asking):
    """A few times on Postgres."""

    kind = "postgres"


TestAsking = Asking.TestCase
TestAsking.settings = runs(8, 25)
TestAskingOnPostgres = AskingOnPostgres.TestCase
TestAskingOnPostgres.settings = runs(1, 15)
