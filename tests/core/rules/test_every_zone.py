"""Every IANA zone, every clock change from 2024 to 2030: each due local day is met once, at the promised time, and
never in forbidden hours.

The oracle is the `whenever` package, which reads the zones with code of its own. Between two changes of the clocks all
days of a zone are alike, so the days around each change, the leap days and two weeks a year stand for all of them.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import available_timezones

import pytest
from whenever import Instant, PlainDateTime, ZonedDateTime

from coach_portal.core.rules.may_send import Facts, decide
from coach_portal.core.rules.schedule import EVERY_DAY, next_occurrence

YEARS = range(2024, 2031)
AROUND = timedelta(days=3)
AN_INSTANT = timedelta(seconds=1)
AT_NIGHT = ("00:00", "00:30", "01:30", "02:00", "02:30", "03:15", "23:45")
BY_DAY = ("07:59", "08:00", "08:30", "20:59", "21:00")
PLAIN_DAYS = [date(year, month, 10) for year in YEARS for month in (2, 8)] + [date(2024, 2, 29), date(2028, 2, 29)]
ZONES = sorted(available_timezones() - {"localtime", "Factory", "posixrules"})
GROUPS = [ZONES[start::6] for start in range(6)]
by_groups = pytest.mark.parametrize("zones", GROUPS, ids=range(len(GROUPS)))


@cache
def changes(where):
    """The local dates on which this zone's clocks change, by the oracle."""
    found, at = [], ZonedDateTime(YEARS[0], 1, 1, tz=where).next_transition()
    while at is not None and at.year in YEARS:
        found.append(date(at.year, at.month, at.day))
        at = at.next_transition()
    return found


def promised(where, day, local_time):
    """When, by the oracle, a wall clock there first shows this time on this day, or the gap that skips it ends."""
    at = time.fromisoformat(local_time)
    wall = PlainDateTime(day.year, day.month, day.day, at.hour, at.minute)
    shown = wall.assume_tz(where, disambiguation="earlier")
    if shown.to_plain() != wall:
        shown = shown.next_transition()
    return shown.to_instant().to_stdlib()


def days_around(day):
    """The days around one."""
    return [day + timedelta(days=ahead) for ahead in range(-AROUND.days, AROUND.days + 1)]


def met(where, days, local_time, after, until, *every):
    """The local dates on which a schedule is due between two moments, and when."""
    found = []
    while True:
        occurrence = next_occurrence(days, local_time, where, after, *every)
        if occurrence.due_at > until:
            return found
        found.append((occurrence.local_date, occurrence.due_at))
        after = occurrence.due_at


def is_lawful(where, moment):
    """Whether, by the oracle, clocks there show a time from 8:00 to before 21:00."""
    shown = Instant(moment).to_tz(where)
    return 8 <= shown.hour < 21


def asked_at(where, local_time, middle, days=EVERY_DAY, *every):
    """What our rule and the oracle say of the days around one, for a schedule due on some of them."""
    around = days_around(middle)
    wanted = [day for day in around if is_due(day, days, *every)]
    expected = [(day, promised(where, day, local_time)) for day in wanted]
    first, last = (promised(where, day, local_time) for day in (around[0], around[-1]))
    return met(where, days, local_time, first - AN_INSTANT, last, *every), expected


def is_due(day, days, every_days=None, starts_on=None):
    """Whether a schedule is due on this local day."""
    if every_days:
        return (day - starts_on).days % every_days == 0
    return str(day.isoweekday()) in days


@by_groups
def test_around_every_change_each_day_is_met_once_at_its_time(zones):
    for where in zones:
        for middle in changes(where):
            for local_time in AT_NIGHT + BY_DAY:
                found, expected = asked_at(where, local_time, middle)
                assert found == expected, (where, middle, local_time)


@by_groups
def test_on_plain_and_leap_days_chosen_days_alone_are_met(zones):
    for where in zones:
        for number, middle in enumerate(PLAIN_DAYS):
            days, local_time = ("135", "67", "4", EVERY_DAY)[number % 4], BY_DAY[number % len(BY_DAY)]
            found, expected = asked_at(where, local_time, middle, days)
            assert found == expected, (where, middle, local_time)


@by_groups
def test_every_so_many_days_are_counted_across_every_change(zones):
    for where in zones:
        for number, middle in enumerate([*changes(where), *PLAIN_DAYS[-2:]]):
            every, local_time = (2, 3, 5)[number % 3], (AT_NIGHT + BY_DAY)[number % 12]
            found, expected = asked_at(where, local_time, middle, EVERY_DAY, every, date(2023, 12, 30))
            assert found == expected, (where, middle, local_time, every)


@by_groups
def test_what_is_due_goes_in_lawful_hours_alone(zones):
    for where in zones:
        facts = Facts("check_in", consent="granted", timezone=where, own_time=True)
        for middle in [*changes(where), *PLAIN_DAYS[:2]]:
            for local_time in ("00:30", "02:30", *BY_DAY):
                due_at = promised(where, middle, local_time)
                decision = decide(facts, due_at)
                assert decision.allowed is is_lawful(where, due_at), (where, middle, local_time)
                later = decision.next_at or due_at
                assert is_lawful(where, later), (where, middle, local_time)
                assert later - due_at < timedelta(hours=13, minutes=1), "no longer than a night and a changed clock"


def test_the_oracle_knows_of_changes():
    assert date(2027, 3, 14) in changes("America/New_York")
    assert sum(len(changes(where)) for where in ZONES) > 2000
    assert promised("America/New_York", date(2027, 3, 14), "02:30") == datetime(2027, 3, 14, 7, tzinfo=UTC)
