"""Weeks of practice in a world where everything goes wrong."""

from datetime import timedelta

from infra.simulation.faults import CALM, STORMY
from infra.simulation.world import World
from tests import databases


def live(url, folder, *, seed=1, weather=STORMY, clients=8, days=3):
    """One run, woken every quarter of an hour."""
    tick = timedelta(minutes=15)
    return World(url, folder, clients=clients, days=days, seed=seed, weather=weather, tick=tick).live()


def test_every_promise_is_kept_in_a_storm(database, tmp_path):
    url = database.engine.url.render_as_string(hide_password=False)
    outcome = live(url, tmp_path)
    assert outcome.breaches == []
    assert outcome.texts["check_in"] >= 10
    assert outcome.faults["death"] > 0


def test_nothing_goes_wrong_in_fair_weather(tmp_path):
    with databases.fresh("sqlite", tmp_path) as url:
        outcome = live(url, tmp_path, weather=CALM, days=2)
    assert outcome.breaches == []
    assert not outcome.faults


def test_one_seed_is_one_exact_run(tmp_path):
    runs = []
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        with databases.fresh("sqlite", tmp_path / name) as url:
            outcome = live(url, tmp_path / name, seed=7, days=2)
            runs.append((outcome.fingerprint, outcome.texts, outcome.faults))
    assert runs[0] == runs[1]
