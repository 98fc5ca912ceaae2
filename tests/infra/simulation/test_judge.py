"""The judge is worth something: of each promise it sees a bug that was made on purpose."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from coach_portal.core.models import tables
from coach_portal.core.rules import may_send, policies
from coach_portal.core.services.alerting import escalation
from coach_portal.core.services.moments import check_ins, due
from coach_portal.core.services.people import consent
from coach_portal.core.services.practice import money
from coach_portal.core.services.records import erasure
from coach_portal.core.services.replies import reports
from coach_portal.core.services.sending import asking, broken_off, delivery, recovery
from coach_portal.core.services.week import digests
from functions import receive_sms
from infra.simulation import lives, queue
from infra.simulation.faults import CALM, Weather
from infra.simulation.tempers import Temper
from infra.simulation.world import World
from tests import databases

FAITHFUL = Temper(1.0)


@pytest.fixture
def promises_broken(tmp_path):
    """Lives through some days, and answers the names of the promises that were broken."""

    due._decide.cache_clear()  # what another world decided, without the bug, is none of this one's

    def live(weather=CALM, temper=FAITHFUL, days=4, clients=4, seed=1):
        with databases.fresh("sqlite", tmp_path) as url:
            world = World(
                url, tmp_path, clients=clients, days=days, seed=seed, weather=weather, temper=temper,
                tick=timedelta(minutes=40),
            )  # fmt: skip
            return {breach.promise for breach in world.live().breaches}

    return live


def test_resending_without_asking_the_carrier(promises_broken, monkeypatch):
    def anew(database, sender, broken, now, machine_now):
        return broken_off.let_go(database, broken, "unknown", "planned")

    monkeypatch.setattr(broken_off, "may_be_sent_again", anew)
    assert "no_text_twice" in promises_broken(Weather(trouble=0.6, lost=0.9))


def test_asking_whoever_never_agreed(promises_broken, monkeypatch):
    def assume(connection, party, proof, now):
        invite(connection, party, proof, now)
        consent.grant(connection, party, None, now)

    invite = consent.invite
    monkeypatch.setattr(consent, "invite", assume)
    assert "none_without_consent" in promises_broken(temper=Temper(0.0, befalls="never agrees"))


def test_texting_on_after_a_stop(promises_broken, monkeypatch):
    monkeypatch.setattr(consent, "revoke", lambda *_: None)
    assert "none_after_an_opt_out" in promises_broken(temper=Temper(1.0, befalls="stops"))


def test_forgetting_the_hours(promises_broken, monkeypatch):
    monkeypatch.setattr(may_send, "_by_hours", lambda facts, now: may_send.YES)
    assert "none_in_forbidden_hours" in promises_broken(clients=12)


def test_forgetting_the_caps(promises_broken, monkeypatch):
    monkeypatch.setattr(may_send, "_by_caps", lambda facts, policy, now: None)
    assert "none_above_the_cap" in promises_broken(temper=Temper(0.0))


def test_sending_what_is_long_past(promises_broken, monkeypatch):
    monkeypatch.setattr(due, "deadline", lambda due_at, timezone, closes: due_at + timedelta(days=1))
    monkeypatch.setattr(recovery, "pick_up", lambda *_: [])
    monkeypatch.setattr(queue, "LATE", timedelta(hours=9))
    assert "none_past_its_deadline" in promises_broken(Weather(late=1))


def test_asking_whoever_is_away(promises_broken, monkeypatch):
    for kind in ("check_in", "wins", "digest"):
        policy = policies.POLICIES[kind]
        monkeypatch.setitem(policies.POLICIES, kind, replace(policy, silenced_by=policy.silenced_by - {"paused"}))
    for what, often in {"WRITES": 0, "CHANGES": 0, "PAUSES": 1}.items():
        monkeypatch.setattr(lives, what, often)
    assert "none_during_a_pause" in promises_broken(days=5)


def test_asking_about_the_goals_of_somebody_else(promises_broken, monkeypatch):
    of_clients = check_ins._goals_by_client

    def shifted(connection, dues):
        goals = of_clients(connection, dues)
        return {client: goals[other] for client, other in zip(goals, [*list(goals)[1:], *list(goals)[:1]], strict=True)}

    monkeypatch.setattr(check_ins, "_goals_by_client", shifted)
    assert "nothing_of_another_practice" in promises_broken(clients=25, days=3)


def test_leaving_danger_without_an_answer(promises_broken, monkeypatch):
    monkeypatch.setattr(receive_sms, "_spoken", lambda safety, wired: receive_sms.empty_response())
    assert "every_danger_answered_and_told" in promises_broken(temper=Temper(1.0, befalls="despairs"))


def test_telling_no_coach_of_danger(promises_broken, monkeypatch):
    monkeypatch.setattr(escalation, "due", lambda connection, now: [])
    monkeypatch.setattr(escalation, "tell", lambda *_: [])
    assert "every_danger_answered_and_told" in promises_broken(temper=Temper(1.0, befalls="despairs"))


def test_giving_a_week_back_twice(promises_broken, monkeypatch):
    plan = digests.plan_digests

    def twice(connection, now, *more):
        done = plan(connection, now, *more)
        if done.message_ids:
            message = tables.message
            kept = connection.execute(message.select().where(message.c.id == done.message_ids[0])).one()._asdict()
            again = {**kept, "body": kept["body"] + " Again.", "id": None}
            done.message_ids.append(connection.execute(message.insert().values(**again)).inserted_primary_key[0])
        return done

    monkeypatch.setattr(digests, "plan_digests", twice)
    assert "every_digest_once" in promises_broken(days=7)


def test_letting_states_go_back(promises_broken, monkeypatch):
    def whatever_is_said(connection, message_id, report, now):
        message = tables.message
        connection.execute(update(message).where(message.c.id == message_id).values(state=report.status))
        return True

    monkeypatch.setattr(delivery, "record_report", whatever_is_said)
    assert "states_only_forward" in promises_broken(Weather(delayed=0.5, repeated=0.9))


def test_losing_texts_that_no_webhook_brought(promises_broken, monkeypatch):
    monkeypatch.setattr(asking, "unheard", lambda connection, sids: set())
    assert "every_text_recorded_once" in promises_broken(Weather(lost=0.5))


def test_losing_wins(promises_broken, monkeypatch):
    monkeypatch.setattr(reports, "record", lambda *_: None)
    assert "every_win_once" in promises_broken()


def test_charging_without_adding_up(promises_broken, monkeypatch):
    def one_too_many(connection, message_ids, now):
        charge(connection, message_ids, now)
        connection.execute(update(tables.month_spent).values(micros=tables.month_spent.c.micros + 1))

    charge = money.charge
    monkeypatch.setattr(money, "charge", one_too_many)
    assert "the_ledger_sums" in promises_broken()


def test_forgetting_what_fell(promises_broken, monkeypatch):
    monkeypatch.setattr(recovery, "pick_up", lambda *_: [])
    monkeypatch.setattr(queue, "TRIES", 1)
    assert "nothing_left_open" in promises_broken(Weather(death=0.5))


def test_keeping_what_was_to_be_erased(promises_broken, monkeypatch):
    monkeypatch.setattr(erasure, "_delete", lambda *_: {})
    assert "erased_means_erased" in promises_broken(temper=Temper(1.0, befalls="is erased"))
