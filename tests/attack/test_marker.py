"""A word and a number that are in every flow: neither may be found where no words and no numbers belong."""

import io
import json
import sys
from dataclasses import replace

import pytest

from coach_portal.core.errors import CarrierError
from coach_portal.core.logs import set_up_logs
from coach_portal.core.models import tables
from coach_portal.core.ports import KeptText
from coach_portal.core.services.replies import acts
from functions import ask_carrier, fetch_photos, keep_records, measure, record_inbound, voice
from functions import runtime as wiring
from functions.runtime import HandlerFailed
from infra.local.kept_texts import event_of
from tests import webhooks
from tests.cast import ALICES_NUMBER, RUTHS_PHONE
from tests.factories import make_client

WORD, NUMBER = "zanzibar", "6175550111"
STRANGER = "+447700900123"
HIDDEN = (WORD, NUMBER, "617 555 0111", "7700900123", "%2B1617555")


@pytest.fixture
def logged(logs_of_its_own, monkeypatch):
    """Everything that is logged from here on, as text."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up_logs()
    return stream.getvalue


@pytest.fixture
def flows(story):
    """The story on a site that is watched, so that its figures are written too."""
    wiring.use(replace(story.wired, settings=replace(story.wired.settings, site="coach-portal")))
    return story


def texts(story):
    """A day and a week of texts, answers, danger and opting out."""
    story.goal(f"5 squats in {WORD}", amount=5)
    story.schedule("09:00")
    story.schedule("19:00", kind="reflection")
    story.it_is("2026-11-18 09:00")
    for body in ("did 3", "less please", "MY PAGE", "can we move Thursday?", "I want to kill myself", "who is this"):
        story.text(f"{body}, {WORD}")
    story.text(f"hello {WORD}", sender=STRANGER)
    story.report(f"SM{1:032x}", "undelivered", error="30006")
    story.it_is("2026-11-22 19:00")
    story.text(f"STOP {WORD}")
    story.text("STOP")


def mishaps(story):
    """A carrier that quotes us, a photo that is none, a text from a file, and a function that breaks off."""
    story.wired.sender.refusing = CarrierError("20429", f"{RUTHS_PHONE} {WORD}", permanent=False)
    story.message(WORD)
    story.send()
    story.wired.sender.refusing = None
    story.wired.media.refusing = ValueError(f"{RUTHS_PHONE} {WORD}")
    for function in (fetch_photos, ask_carrier, keep_records, measure):
        function.handler({}, None)


def calls(story):
    """Somebody calls and says it, and leaves it."""
    said = {"SpeechResult": f"did 3 {WORD}", "Confidence": "0.9"}
    for query in ("", "step=heard&turn=1", "step=left"):
        event = webhooks.call(story.wired.settings, f"CA{1:032x}", "/twilio/voice/call", query, inbound=True, **said)
        voice.handler(event, None)


def pages(alice, ruth):
    """What a coach types and takes out."""
    alice.post(f"{ruth}/text", {"body": f"how is {WORD}?"}, page=ruth)
    alice.post(f"{ruth}/notes", {"body": WORD}, page=ruth)
    alice.post("/stop", {"phone": RUTHS_PHONE})
    alice.ask("GET", f"/clients?q={WORD}")
    for path in (ruth, f"{ruth}/everything.json", f"{ruth}/everything.zip", f"{ruth}/consent.csv", "/", "/clients"):
        alice.ask("GET", path)
    file = {"kind": "clients", "file": (io.BytesIO(f"name,phone\n{WORD},{RUTHS_PHONE}\n".encode()), f"{WORD}.csv")}
    alice.post("/clients/import", file, content_type="multipart/form-data")
    alice.post(f"{ruth}/erase", {"name": "Ruth Adeyemi"}, page=f"{ruth}/data")


def test_no_word_and_no_number_is_in_any_log_queue_figure_or_email(flows, alice, ruth, logged, capsys, clock):
    make_client(flows.wired.database, flows.cast.alice, name=f"Eli {WORD}", phone="+16175550112", agreed=False)
    texts(flows)
    calls(flows)
    mishaps(flows)
    flows.tick()
    letters = [f"{letter.subject}\n{letter.body}" for letter in flows.wired.emails.sent]
    pages(alice, ruth)
    flows.tick()
    keep_records.handler({}, None)
    emails = [f"{row.subject}\n{row.body}" for row in flows.rows(tables.email)]
    figures = capsys.readouterr().out
    queued = json.dumps([*flows.wired.queue.message_ids, *flows.wired.queue.later, *flows.wired.calls.message_ids])
    jobs = json.dumps([row._asdict() for row in flows.rows(tables.job_run)], default=str)
    assert '"_aws"' in figures
    assert letters
    for place, told in (
        ("log", logged()), ("figures", figures), ("queue", queued), ("jobs", jobs),
        ("email", "\n".join([*letters, *emails])),
    ):  # fmt: skip
        assert told, place
        for hidden in HIDDEN:
            assert hidden not in told, (place, next(line for line in told.splitlines() if hidden in line))


def test_no_error_that_leaves_a_function_quotes_anybody(flows, logged, monkeypatch):
    def stumble(*_):
        raise ValueError(f"{RUTHS_PHONE} {WORD}")

    monkeypatch.setattr(acts, "carry_out", stumble)
    with pytest.raises(HandlerFailed) as broke_off:
        wiring.entry(lambda _event, _context: acts.carry_out())({}, None)
    assert (str(broke_off.value), broke_off.value.__cause__) == ("ValueError", None)
    assert broke_off.value.__suppress_context__


def test_a_text_that_waits_as_a_file_leads_to_no_word_in_the_log(flows, logged, tmp_path):
    params = {"MessageSid": f"SM{9:032x}", "From": RUTHS_PHONE, "To": ALICES_NUMBER, "Body": WORD}
    file = tmp_path / "1-SM.json"
    file.write_text(json.dumps(KeptText(params, flows.wired.clock.now(), None).as_json()))
    record_inbound.handler(event_of([file]), None)
    assert logged()
    assert not any(hidden in logged() for hidden in HIDDEN)
