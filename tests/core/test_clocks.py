"""Clocks: one that stands still, and the demo's, which only ever runs ahead."""

from datetime import UTC, datetime, timedelta

import pytest

from coach_portal.core.clocks import FixedClock, ShiftedClock, SystemClock
from coach_portal.core.models import tables
from tests.rows import count
from tests.story import local

A_MOMENT = timedelta(seconds=5)


def test_a_fixed_clock_stands_still_for_the_practice_alone():
    clock = FixedClock(local("2026-11-18 09:00"))
    assert clock.now() == clock.now() == local("2026-11-18 09:00")
    assert clock.now().tzinfo is UTC
    assert abs(clock.machine_now() - SystemClock().now()) < A_MOMENT


@pytest.fixture
def clock(database):
    """The demo's clock."""
    return ShiftedClock(database)


def test_a_shifted_clock_begins_at_the_machines_time(clock):
    assert abs(clock.now() - datetime.now(UTC)) < A_MOMENT


def test_it_runs_ahead_as_far_as_it_was_moved(clock):
    evening = datetime.now(UTC) + timedelta(days=3)
    clock.move_to(evening)
    assert evening <= clock.now() < evening + A_MOMENT
    assert abs(clock.machine_now() - datetime.now(UTC)) < A_MOMENT


def test_it_never_goes_back(clock, database):
    evening = datetime.now(UTC) + timedelta(days=3)
    clock.move_to(evening)
    clock.move_to(evening - timedelta(days=1))
    assert clock.now() >= evening
    assert count(database, tables.clock_shift) == 1


def test_every_process_sees_the_same(clock, database):
    evening = datetime.now(UTC) + timedelta(days=3)
    ShiftedClock(database).move_to(evening)
    assert clock.now() >= evening
