"""The database is away: a text is screened and kept, and recorded when the database is back, in order and once."""

import json
from dataclasses import replace

import pytest

from coach_portal.core.db import Database
from coach_portal.core.gateways.inbound_folder import FolderBuffer
from coach_portal.core.models import tables
from coach_portal.core.ports import KeptText
from functions import receive_sms, record_inbound
from functions import runtime as wiring
from functions.runtime import HandlerFailed
from infra.local.kept_texts import record_kept
from tests import webhooks
from tests.cast import RUTHS_PHONE
from tests.rows import count

DANGER = "I want to kill myself"


@pytest.fixture
def asked(story):
    """Ruth was asked about her squats."""
    story.goal(amount=5)
    story.schedule("21:00")
    story.it_is("2026-11-18 21:00")
    return story


@pytest.fixture
def away(asked):
    """Nobody answers where the database was."""
    nowhere = Database("postgresql://nobody@127.0.0.1:9/nothing")
    wiring.use(replace(asked.wired, database=nowhere))
    yield asked
    nowhere.dispose()


def text(story, body, number=1, **fields):
    """Somebody texts; answers what the webhook answered."""
    event = webhooks.sms(story.wired.settings, Body=body, MessageSid=f"SMe{number:031x}", **fields)
    return receive_sms.handler(event, None)


def event_of(*kept):
    """The texts as SQS hands them over."""
    return {
        "Records": [
            {
                "messageId": f"record-{place}",
                "body": one if isinstance(one, str) else json.dumps(one.as_json()),
                "attributes": {"MessageGroupId": "?" if isinstance(one, str) else " ".join(one.group)},
            }
            for place, one in enumerate(kept)
        ]
    }


def record(story, *kept):
    """The database is back, and these are recorded; answers the records that failed."""
    wiring.use(story.wired)
    failed = record_inbound.handler(event_of(*kept), None)["batchItemFailures"]
    return [each["itemIdentifier"] for each in failed]


def test_a_text_is_taken_and_kept(away):
    answer = text(away, "did 3")
    assert answer["statusCode"] == 200
    assert "<Message" not in answer["body"]
    (kept,) = away.wired.buffer.kept
    assert (kept.params["Body"], kept.spoken) == ("did 3", None)


@pytest.mark.parametrize(("body", "line"), [(DANGER, "988"), ("me quiero matar", "AYUDA")])
def test_danger_is_answered_with_the_lines_of_the_numbers_country(away, body, line):
    answer = text(away, body)["body"]
    assert line in answer
    assert "911" in answer


def test_a_forged_text_is_neither_answered_nor_kept(away):
    event = webhooks.sms(away.wired.settings, Body=DANGER)
    event["headers"]["x-twilio-signature"] = "forged"
    assert receive_sms.handler(event, None)["statusCode"] == 403
    assert away.wired.buffer.kept == []


def test_a_text_that_cannot_be_kept_either_is_left_to_the_carrier_to_try_again(away):
    away.wired.buffer.away = True
    with pytest.raises(HandlerFailed):
        text(away, "did 3")


def test_danger_is_answered_even_when_it_cannot_be_kept(away):
    away.wired.buffer.away = True
    assert "988" in text(away, DANGER)["body"]


def test_what_was_kept_counts_for_the_moment_it_was_sent(away):
    text(away, "did it")
    (kept,) = away.wired.buffer.kept
    away.wired.clock.move_on(hours=6)  # past midnight, in Boston
    assert record(away, kept) == []
    assert away.row(tables.win).local_date.isoformat() == "2026-11-18"


def test_what_comes_twice_is_recorded_once(away):
    text(away, "did it")
    (kept,) = away.wired.buffer.kept
    assert record(away, kept, kept) == []
    assert count(away.wired.database, tables.win) == 1


def test_danger_told_meanwhile_is_alerted_held_and_recorded_with_the_very_answer_that_was_given(away):
    text(away, DANGER)
    (kept,) = away.wired.buffer.kept
    assert record(away, kept) == []
    assert away.row(tables.message, kind="safety").body == kept.spoken
    assert away.row(tables.alert).kind == "risk"
    assert away.row(tables.client, phone=RUTHS_PHONE).held_reason == "safety"


def test_the_carrier_is_asked_about_that_answer_and_it_is_not_given_again(away):
    text(away, DANGER)
    (kept,) = away.wired.buffer.kept
    away.wired.sender.send_text(to=RUTHS_PHONE, from_=kept.params["To"], body=kept.spoken, message_id=0)
    record(away, kept)
    away.wired.clock.move_on(minutes=5)
    away.tick()
    assert away.phone().count(kept.spoken) == 1
    assert away.row(tables.message, kind="safety").state == "sent"


def test_a_record_that_is_no_text_is_left_to_the_dead_letters_and_holds_nobody_back(away):
    text(away, "did it")
    assert record(away, "rubbish", *away.wired.buffer.kept) == ["record-0"]
    assert count(away.wired.database, tables.win) == 1


def test_while_it_is_still_away_every_record_stays(away):
    text(away, "did it")
    failed = record_inbound.handler(event_of(*away.wired.buffer.kept), None)["batchItemFailures"]
    assert [each["itemIdentifier"] for each in failed] == ["record-0"]


def test_whoever_is_held_back_holds_back_only_their_own(away):
    text(away, "did it")
    (kept,) = away.wired.buffer.kept
    broken = replace(
        kept, params={key: value for key, value in kept.params.items() if key != "Body"} | {"MessageSid": ""}
    )
    later = replace(kept, params={**kept.params, "MessageSid": "SMlater"})
    records = event_of(kept, later, later)["Records"]
    records[0]["body"] = json.dumps({**broken.as_json(), "arrived_at": "never"})
    records[2]["attributes"]["MessageGroupId"] = "somebody else"
    wiring.use(away.wired)
    failed = record_inbound.handler({"Records": records}, None)["batchItemFailures"]
    assert [each["itemIdentifier"] for each in failed] == ["record-0", "record-1"]


def test_one_machine_keeps_texts_as_files_in_the_order_they_came(tmp_path, away):
    buffer = FolderBuffer(tmp_path / "inbound")
    wiring.use(replace(wiring.runtime(), buffer=buffer))
    for number, body in enumerate(("did it", "undo")):
        text(away, body, number)
    wiring.use(away.wired)
    assert record_kept(buffer) == 2
    assert [row.body for row in away.rows(tables.inbound_text)] == ["did it", "undo"]
    assert list((tmp_path / "inbound").iterdir()) == []


def test_a_file_that_cannot_be_recorded_yet_stays(tmp_path, away):
    buffer = FolderBuffer(tmp_path / "inbound")
    buffer.keep(KeptText({"MessageSid": "SM1", "From": "+1", "To": "+2"}, away.wired.clock.now()))
    assert record_kept(buffer) == 0
    assert len(buffer.take(10)) == 1
