"""`coach-portal`: each command from its arguments to what it prints."""

import io
import json
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest
from sqlalchemy import insert, text, update

from coach_portal.core.db import Database
from coach_portal.core.models import Coach, tables
from coach_portal.core.rules import crisis_lines, rates
from coach_portal.core.services.practice import tokens
from functions import runtime
from infra.cli import main
from infra.commands import doctor
from tests.cast import NOW, found_in, hire
from tests.factories import make_client, make_goal, make_schedule
from tests.fakes import FakeSender
from tests.ports import free_port
from tests.rows import row, rows

OWNER = ["--email", "ana@example.com", "--name", "Ana Ruiz", "--practice", "Ruiz Coaching", "--number", "+16175550300"]
COMPLETE = {
    "SECRET_KEY": "a secret key for tests only, long enough",
    "PUBLIC_URL": "https://portal.example.com",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "an auth token for tests only",
}


@pytest.fixture
def house(tmp_path, monkeypatch, logs_of_its_own):
    """A machine with complete settings; answers its database."""
    for name in ("DATABASE_URL", "WEBHOOK_URL", "TWILIO_API_URL", "MESSAGE_QUEUE_URL", "EMAIL_URL", "EMAIL_FROM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**COMPLETE, "DATA_DIR": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    database = Database(f"sqlite:///{tmp_path}/coach_portal.db")
    yield database
    runtime.use(None)
    database.dispose()


@pytest.fixture
def says(capsys):
    """Run a command; answers its exit code and the lines it prints."""

    def run(*argv):
        code = main(argv)
        printed = capsys.readouterr()
        return code, (printed.out + printed.err).splitlines()

    return run


def test_migrate_brings_the_schema_to_the_newest(house, says):
    code, lines = says("migrate")
    assert (code, len(lines)) == (0, 1)
    assert rows(house, tables.client) == []


def test_create_coach_opens_a_practice_and_prints_the_token_last(house, says):
    code, lines = says("create-coach", *OWNER, "--token")
    assert code == 0
    with house.reading() as session:
        shown = tokens.use(session.connection(), lines[-1], datetime.now(UTC))
        owner = session.get_one(Coach, shown.coach_id)
        assert lines[-2] == "API token, shown once:"
        assert (owner.name, owner.role) == ("Ana Ruiz", "owner")
    assert row(house, tables.sending_number).phone == "+16175550300"
    assert any(line.startswith("Password: ") for line in lines)


def test_create_coach_takes_a_password_from_standard_input_and_does_not_print_it(house, says, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("seven quiet mornings\n"))
    code, lines = says("create-coach", *OWNER, "--password-stdin")
    assert code == 0
    assert "seven" not in "".join(lines)


@pytest.mark.parametrize(
    ("option", "value"), [("--number", "banana"), ("--number", "+1617"), ("--email", "nobody"), ("--email", "")]
)
def test_create_coach_tells_what_is_wrong_in_one_line(house, says, option, value):
    asked = [value if before == option else word for before, word in zip(["", *OWNER], OWNER, strict=False)]
    code, lines = says("create-coach", *asked)
    assert code == 1
    (line,) = lines
    assert line.startswith(option)


def test_create_coach_twice_is_told(house, says):
    says("create-coach", *OWNER)
    code, (line,) = says("create-coach", *OWNER)
    assert (code, line) == (1, "--number: Another practice already sends from this number.")


@pytest.mark.parametrize("command", [["tick"], ["serve"]])
def test_a_missing_setting_stops_with_one_line_that_names_it(house, says, command, monkeypatch):
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")
    code, lines = says(*command)
    assert code == 1
    (line,) = lines
    assert line.startswith("TWILIO_AUTH_TOKEN is not set")


def test_serve_on_a_busy_port_stops_with_one_line(house, says):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, (line,) = says("serve", "--port", str(port))
    assert (code, line.startswith(f"Port {port} is taken by another program.")) == (1, True)


@pytest.mark.parametrize(
    ("option", "advice"), [(["--port", "70000"], "1 and 65535"), (["--host", "192.0.2.1"], "host")]
)
def test_serve_where_nobody_can_listen_stops_with_one_line(house, says, option, advice):
    code, (line,) = says("serve", *option)
    assert (code, advice in line) == (1, True)


def test_serve_tells_its_address_and_how_it_is_stopped(house, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "infra.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as served:
        told = [served.stdout.readline() for _ in range(2)]
        urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=30).close()
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=30) == 0
    assert told == [f"Coach Portal is open at http://127.0.0.1:{port}\n", "Ctrl-C stops it.\n"]


def test_replies_of_no_file_are_told_in_one_line(says, tmp_path):
    for action in ("score", "predict"):
        code, (line,) = says("replies", action, str(tmp_path / "nofile"))
        assert (code, line) == (1, f"{tmp_path / 'nofile'} cannot be read: no such file or directory.")


def test_tick_does_all_work_as_of_a_moment_and_sends_it(house, says, monkeypatch):
    says("migrate")
    hire(house)
    cast, sender = found_in(house), FakeSender()
    make_goal(house, cast)
    make_schedule(house, cast, "09:00")
    monkeypatch.setattr(runtime.Runtime, "sender", sender)
    code, (line,) = says("tick", "--at", "2026-11-18T09:00:00-05:00")
    did = json.loads(line)
    assert (code, did["at"], did["planned"]) == (0, "2026-11-18T14:00:00+00:00", 1)
    assert "squats" in sender.sent[-1].body


def test_tick_sends_also_what_a_slow_number_puts_off(house, says, monkeypatch):
    says("migrate")
    hire(house)
    cast, sender = found_in(house), FakeSender()
    with house.transaction() as connection:
        connection.execute(update(tables.sending_number).values(sender_class="local_10dlc_sole"))
    for number in range(6):
        client = make_client(house, cast.alice, phone=f"+1617555012{number}")
        make_goal(house, cast, client=client)
        make_schedule(house, cast, "09:00", client=client)
    monkeypatch.setattr(runtime.Runtime, "sender", sender)
    says("tick", "--at", "2026-11-18T09:00:00-05:00")
    assert len([text for text in sender.sent if "squats" in text.body]) == 6


def test_tick_at_no_moment_is_told(house, says):
    code, (line,) = says("tick", "--at", "teatime")
    assert (code, line.startswith("--at: 'teatime' is no moment")) == (1, True)


def test_doctor_says_what_to_mend(house, says):
    code, lines = says("doctor")
    assert code == 1
    assert any(line.startswith("MEND") and "coach-portal migrate" in line for line in lines)


def test_doctor_is_content_when_all_is_well(house, says, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example.com")
    monkeypatch.setenv("EMAIL_FROM", "portal@example.com")
    says("migrate")
    says("tick")
    code, lines = says("doctor")
    assert [line for line in lines if line.startswith("MEND")] == []
    assert code == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1:5000", "http://localhost:5000"])
def test_doctor_lets_an_address_of_this_machine_pass(house, says, monkeypatch, address):
    monkeypatch.setenv("PUBLIC_URL", address)
    _, lines = says("doctor")
    assert any(line.startswith("ok") and "fine for trying out on this machine" in line for line in lines)


def test_doctor_wants_https_of_any_other_address(house, says, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "http://portal.example.com")
    code, lines = says("doctor")
    assert code == 1
    assert any(line.startswith("MEND") and "is not https" in line for line in lines)


def test_doctor_names_a_missing_setting(house, says, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    code, (line,) = says("doctor")
    assert code == 1
    assert "SECRET_KEY is not set" in line


def test_doctor_refuses_a_secret_that_can_be_guessed(house, says, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "change-me-to-at-least-32-random-characters")
    _, lines = says("doctor")
    assert any(line.startswith("MEND") and "SECRET_KEY" in line for line in lines)


@pytest.mark.parametrize(("url", "advice"), [("", "EMAIL_URL is not set"), ("mail.example.com", "EMAIL_URL must be")])
def test_doctor_wants_a_way_for_safety_alerts_to_leave_by_email(house, says, monkeypatch, url, advice):
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("EMAIL_FROM", "portal@example.com")
    _, lines = says("doctor")
    assert any(line.startswith("MEND") and advice in line for line in lines)


def test_ledger_tells_each_chains_end_and_what_is_broken(house, says):
    says("migrate")
    hire(house)
    code, (line,) = says("ledger")
    assert (code, line.startswith("ok    practice 1: 2 lines, ends with ")) == (0, True)
    with house.transaction() as connection:
        connection.execute(text("DROP TRIGGER consent_no_update"))
        connection.execute(text("UPDATE consent SET event = 'revoked' WHERE place = 2"))
    code, (line,) = says("ledger")
    assert (code, line) == (1, "MEND  practice 1: 1 lines, then line 2 is not as it was written")
    _, lines = says("doctor")
    assert any(line.startswith("MEND") and "tampered with" in line for line in lines)


def test_r23_doctor_minds_numbers_that_were_checked_more_than_90_days_ago():
    last = crisis_lines.checked_on() + timedelta(days=90)
    assert doctor.check_crisis_lines(last)[0]
    is_well, told = doctor.check_crisis_lines(last + timedelta(days=1))
    assert not is_well
    assert "verify each number and renew the date" in told


def test_doctor_minds_prices_that_nobody_has_looked_at_for_long():
    last = rates.CHECKED_ON + rates.STALE_AFTER
    assert doctor.check_rates(last)[0]
    is_well, told = doctor.check_rates(last + timedelta(days=1))
    assert not is_well
    assert "rates.py" in told


def test_doctor_tells_of_emails_that_the_mail_server_does_not_take(house, says):
    says("migrate")
    hire(house)
    with house.transaction() as connection:
        waiting = {"practice_id": 1, "kind": "alert", "to_address": "alice@example.com", "subject": "s", "body": "b"}
        tried = {"state": "planned", "attempts": 2, "error": "451", "created_at": NOW, "send_after": NOW}
        connection.execute(insert(tables.email), {**waiting, **tried})
    _, lines = says("doctor")
    assert any(line.startswith("MEND") and "the mail server says 451" in line for line in lines)


def test_tick_at_a_later_moment_tells_the_second_contact(house, says, monkeypatch, tmp_path):
    says("migrate")
    hire(house)
    raised = {"practice_id": 1, "client_id": 1, "kind": "risk", "created_at": NOW, "told": 1}
    beth = {"practice_id": 1, "name": "Beth", "phone": "+16175550198", "email": "beth@example.com", "changed_at": NOW}
    with house.transaction() as connection:
        connection.execute(insert(tables.second_contact), beth)
        connection.execute(insert(tables.alert), {**raised, "next_step_at": NOW + timedelta(minutes=15)})
    sender = FakeSender()
    monkeypatch.setattr(runtime.Runtime, "sender", sender)
    for minutes, told in ((14, 0), (15, 1), (16, 0)):
        _, (line,) = says("tick", "--at", (NOW + timedelta(minutes=minutes)).isoformat())
        assert json.loads(line)["alerts"] == told
    assert len(sender.bodies_to("+16175550198")) == 1
    assert {row.state for row in rows(house, tables.email)} == {"sent"}


def test_a_token_is_made_listed_and_ended(house, says):
    says("create-coach", *OWNER)
    whose = ("token", "--email", "ana@example.com")
    code, lines = says(*whose, "--make", "Sheet", "--scopes", "read", "--days", "30")
    assert (code, lines[-1][:3]) == (0, "cp_")
    kept = row(house, tables.api_token)
    assert (kept.name, kept.scopes) == ("Sheet", "read")
    assert any("Sheet" in line for line in says(*whose, "--list")[1])
    assert says(*whose, "--revoke", str(kept.id))[0] == 0
    assert row(house, tables.api_token).revoked_at is not None
