"""What outlives the carrier, and what it bears."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import urllib3

from infra.local.carrier import Carrier, CarrierSettings
from tests.infra.local.conftest import ACCOUNT, PHONE, PRACTICE, TOKEN, Practice, gateway, text_from_phone, told


@pytest.fixture
def kept(carrier_settings: CarrierSettings, tmp_path: Path) -> CarrierSettings:
    """A carrier whose book is a file."""
    return replace(carrier_settings, database=str(tmp_path / "carrier.db"))


def test_texts_blocks_and_the_clock_outlive_a_restart(kept: CarrierSettings) -> None:
    with Carrier(kept) as carrier:
        text_from_phone(carrier, "STOP")
        carrier.clock.set({"ahead": 3600})
        before = told(carrier, "/phones.json")
    with Carrier(kept) as carrier:
        assert told(carrier, "/phones.json") == before
        assert told(carrier, "/clock")["ahead"] == 3600


def test_deliveries_under_way_go_on_after_a_restart(kept: CarrierSettings, practice: Practice) -> None:
    with Carrier(replace(kept, receipt_delay=3600)) as carrier:
        sid = gateway(carrier, practice).send_text(to=PHONE, from_=PRACTICE, body="Hi", message_id=7).sid
    with Carrier(kept):
        practice.wait(lambda: practice.states(sid) == ["sent", "delivered"])


def test_a_gateway_goes_on_with_a_carrier_that_was_restarted(kept: CarrierSettings, practice: Practice) -> None:
    with Carrier(kept) as carrier:
        texts = gateway(carrier, practice)
        texts.send_text(to=PHONE, from_=PRACTICE, body="one", message_id=1)
        port = int(carrier.url.rpartition(":")[2])
    with Carrier(kept, port=port) as carrier:
        texts.send_text(to=PHONE, from_=PRACTICE, body="two", message_id=2)
        assert [text["body"] for text in told(carrier, f"/phones/{PHONE}.json")["texts"]] == ["one", "two"]


def test_a_burst_of_two_thousand_texts_is_taken_whole(carrier: Carrier, practice: Practice) -> None:
    texts = gateway(carrier, practice, timeout=60)

    def send(number: int) -> str:
        phone = f"+1202556{number:04}"
        return texts.send_text(to=phone, from_=PRACTICE, body="Hi", message_id=number).sid

    with ThreadPoolExecutor(32) as senders:
        sids = set(senders.map(send, range(2000)))
    assert len(sids) == len(told(carrier, "/phones.json")["phones"]) == 2000


@pytest.fixture
def process(practice: Practice, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The carrier in a process of its own."""
    arguments = ["--account-sid", ACCOUNT, "--auth-token", TOKEN, "--webhook-url", f"{practice.url}/twilio/sms"]
    command = [sys.executable, "-m", "infra.local.carrier", *arguments, "--database", str(tmp_path / "carrier.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_as_a_process_it_prints_its_address_and_stops_when_told_to(
    process: subprocess.Popen[str], practice: Practice
) -> None:
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    body = json.dumps({"to": PRACTICE, "body": "hello"})
    with urllib3.PoolManager() as http:
        http.request("POST", f"{url}/phones/{PHONE}/text", body=body, headers={"Content-Type": "application/json"})
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=20)
    assert (process.returncode, output, errors) == (0, "", "")
    assert [post.form["Body"] for post in practice.posts] == ["hello"]
