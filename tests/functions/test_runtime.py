"""The functions' one wiring place: made once from the environment, kept while warm."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from coach_portal.core.clocks import FixedClock
from coach_portal.core.errors import SettingMissing
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.gateways.sqs_queue import SqsQueue
from functions import runtime
from tests.cast import NOW


@pytest.fixture
def nothing_wired():
    """The process has just begun."""
    runtime.use(None)
    yield
    runtime.use(None)


def test_without_a_queues_address_the_queue_is_in_the_database(settings):
    made = runtime.make(settings)
    assert isinstance(made.queue, EmbeddedQueue)
    made.database.dispose()


def test_with_a_queues_address_it_is_sqs(settings, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    made = runtime.make(
        replace(settings, message_queue_url="https://sqs.us-east-1.amazonaws.com/123456789012/messages")
    )
    assert isinstance(made.queue, SqsQueue)
    made.database.dispose()


def test_at_another_time_all_else_is_the_same(settings):
    made = runtime.make(settings)
    then = made.at(FixedClock(NOW))
    assert then.clock.now() == NOW
    assert (then.database, then.queue, then.settings) == (made.database, made.queue, made.settings)
    made.database.dispose()


def test_it_is_made_once(nothing_wired, logs_of_its_own, settings, monkeypatch):
    for name in ("SECRET_KEY", "PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "DATABASE_URL"):
        monkeypatch.setenv(name, getattr(settings, name.lower()))
    first = runtime.runtime()
    assert runtime.runtime() is first
    assert first.settings.public_url == settings.public_url
    first.database.dispose()


def test_a_function_without_its_settings_says_which(nothing_wired, logs_of_its_own, monkeypatch):
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    with pytest.raises(SettingMissing, match="PUBLIC_URL"):
        runtime.runtime()


@pytest.mark.parametrize(("where", "collects"), [({"AWS_LAMBDA_FUNCTION_NAME": "receive-sms"}, False), ({}, True)])
def test_nothing_is_collected_while_a_lambda_loads(where, collects):
    said = _in_a_new_process("import functions, gc; print(gc.isenabled())", where)
    assert said == str(collects)


def test_the_first_event_sets_the_collector_going_again():
    begun = "import functions, gc; from functions import runtime; runtime.settle(); print(gc.isenabled())"
    assert _in_a_new_process(begun, {"AWS_LAMBDA_FUNCTION_NAME": "receive-sms"}) == "True"


def _in_a_new_process(program, more):
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, env=os.environ | more, capture_output=True, text=True, check=True)
    return ran.stdout.strip()
