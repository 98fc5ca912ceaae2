"""What holds for every record: arrival order, back-dating, corrections and pauses."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach_portal.core.rules.habit.record import Record, Rest, Terms
from coach_portal.core.rules.habit.streak import streak
from coach_portal.core.rules.habit.strength import strength
from coach_portal.core.rules.marks import Aim, Day
from tests.core.rules.habit.telling import TODAY

FIRST = TODAY - timedelta(days=80)
days = st.integers(0, 80).map(lambda back: TODAY - timedelta(days=back))
cadences = st.sampled_from(["daily", "weekdays", "weekends", "weekly", "2_per_week", "3_per_week", "6_per_week"])
aims = st.builds(Aim, st.sampled_from([None, 1.0, 3.0]), st.sampled_from(["at_least", "at_most"]))
reports = st.tuples(days, st.sampled_from([None, 1.0, 2.0, 5.0, "missed"]))
rests = st.builds(lambda day, length: Rest(day, day + timedelta(days=length)), days, st.integers(1, 30))


@st.composite
def agreements(draw):
    """What was agreed over time: up to three sets of terms."""
    changes = sorted(draw(st.sets(days, max_size=2)))
    return [Terms(draw(cadences), draw(aims), until) for until in [*changes, None]]


def told_in(arrivals):
    """The days, as reports arrive one after the other."""
    told = {}
    for day, said in arrivals:
        entry = told.setdefault(day, Day())
        if said == "missed":
            entry.missed = True
        else:
            entry.amounts.append(said)
    return told


def record_of(agreed, arrivals, asked, pauses=()):
    """The record those reports make."""
    return Record(FIRST, tuple(agreed), told_in(arrivals), frozenset(asked), tuple(pauses))


def worth(record, today=TODAY):
    """What a pause must never lower."""
    return strength(record, today), streak(record, today).length


lives = {"agreed": agreements(), "arrivals": st.lists(reports, max_size=60), "asked": st.sets(days, max_size=60)}


@given(**lives, shuffled=st.randoms())
def test_the_order_in_which_reports_arrive_does_not_matter(agreed, arrivals, asked, shuffled):
    other = list(arrivals)
    shuffled.shuffle(other)
    assert worth(record_of(agreed, other, asked)) == worth(record_of(agreed, arrivals, asked))


@given(**lives, pause=rests)
def test_a_pause_never_lowers_anything(agreed, arrivals, asked, pause):
    without, with_it = record_of(agreed, arrivals, asked), record_of(agreed, arrivals, asked, [pause])
    assert all(after >= before for before, after in zip(worth(without), worth(with_it), strict=True))


@given(**lives, pause=rests, more=rests)
def test_one_more_pause_never_lowers_anything_either(agreed, arrivals, asked, pause, more):
    with_one = record_of(agreed, arrivals, asked, [pause])
    with_two = record_of(agreed, arrivals, asked, [pause, more])
    assert all(after >= before for before, after in zip(worth(with_one), worth(with_two), strict=True))


@given(**lives)
def test_strength_stays_between_nothing_and_a_hundred(agreed, arrivals, asked):
    assert 0 <= strength(record_of(agreed, arrivals, asked), TODAY) <= 100


@given(arrivals=st.lists(reports, max_size=40), asked=st.sets(days, max_size=40), day=days)
def test_a_win_of_any_day_told_late_never_lowers_a_daily_goal(arrivals, asked, day):
    terms = [Terms("daily")]
    before = worth(record_of(terms, arrivals, asked))
    after = worth(record_of(terms, [*arrivals, (day, None)], asked))
    assert all(late >= early for early, late in zip(before, after, strict=True))
