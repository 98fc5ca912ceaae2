"""`coach-portal doctor`: what is wrong with this installation, and what to do about it."""

import argparse
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.errors import CoachPortalError
from coach_portal.core.gateways import email_address
from coach_portal.core.models import Email, JobRun, Practice, SecondContact
from coach_portal.core.rules import crisis_lines, rates, retention
from coach_portal.core.services.people import ledger
from coach_portal.core.services.records import leftovers
from coach_portal.core.services.records.retention import JOB as RETENTION
from coach_portal.migrations import steps

SILENT_AFTER = timedelta(minutes=5)
EVERY_MINUTE = ("schedule_check_ins", "tell_alerts", "send_emails")
SHORTEST_SECRET = 32
THIS_MACHINE = ("127.0.0.1", "localhost")

Finding = tuple[bool, str]


def add_parser(commands: Any) -> None:
    """Describe the command."""
    command = commands.add_parser("doctor", help="check settings, database, schema, jobs and addresses")
    command.add_argument("--site", default="", help="look at this deployment on AWS instead, such as coach-portal")
    command.add_argument("--region", help="with --site; default: AWS_REGION")
    command.add_argument("--endpoint-url", default=os.environ.get("AWS_ENDPOINT_URL"), help="with --site: another AWS")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Check everything; exit 1 when something is wrong."""
    findings = list(_deployment(asked) if asked.site else _examine())
    for is_well, what in findings:
        print(f"{'ok  ' if is_well else 'MEND'}  {what}")
    return 0 if all(is_well for is_well, _ in findings) else 1


def _deployment(asked: argparse.Namespace) -> Iterator[Finding]:
    from infra.aws.deploy.account import account_of
    from infra.aws.deploy.examine import examine

    return examine(account_of(asked.site, asked.region, asked.endpoint_url), datetime.now(UTC).date())


def _examine() -> Iterator[Finding]:
    try:
        settings = Settings.from_env()
    except CoachPortalError as error:
        yield False, str(error)
        return
    yield True, "settings are complete"
    yield _secret(settings)
    yield _addresses(settings)
    yield _email(settings)
    today = datetime.now(UTC).date()
    yield check_crisis_lines(today)
    yield check_rates(today)
    database = Database(settings.database_url)
    for check in (_schema, _ledger, _contacts, _waiting_emails, _jobs, _retention, _erasures):
        yield _guarded(check, database)


def _guarded(check: Callable[[Database], Finding], database: Database) -> Finding:
    try:
        return check(database)
    except SQLAlchemyError as error:
        return False, f"database: {type(error).__name__}. Check DATABASE_URL and that the database answers."


def _secret(settings: Settings) -> Finding:
    if len(settings.secret_key) < SHORTEST_SECRET or settings.secret_key.startswith("change-me"):
        return False, f"SECRET_KEY can be guessed: put at least {SHORTEST_SECRET} random characters there."
    return True, "the secret key is long enough"


def _addresses(settings: Settings) -> Finding:
    if settings.webhook_url.startswith("https://"):
        return True, f"Twilio's webhooks: {settings.webhook_url}/twilio/sms and /twilio/status"
    if urlsplit(settings.webhook_url).hostname in THIS_MACHINE:
        return True, f"{settings.webhook_url} is fine for trying out on this machine; Twilio cannot reach it"
    return False, "WEBHOOK_URL (or PUBLIC_URL) is not https: Twilio posts clients' texts there, so it must be."


def _email(settings: Settings) -> Finding:
    if not settings.email_url:
        if urlsplit(settings.public_url).hostname in THIS_MACHINE:
            return True, f"email is kept in {settings.data_dir / 'mail'}; nobody gets any until EMAIL_URL is set"
        return False, "EMAIL_URL is not set, so no safety alert leaves by email: name a mail server there."
    try:
        way = email_address.read(settings.email_url, settings.email_from)
    except CoachPortalError as error:
        return False, str(error)
    return True, f"email leaves through {way.host or 'Amazon SES'} as {settings.email_from}"


def check_crisis_lines(today: date) -> Finding:
    """The numbers in the safety answer: wrong when one was last checked more than 90 days before this day (R23)."""
    checked_on = crisis_lines.checked_on()
    if crisis_lines.stale(today):
        return False, f"crisis lines were last checked on {checked_on}: verify each number and renew the date."
    unsure = [code for code in crisis_lines.COUNTRIES if not crisis_lines.crisis_lines(code).verified]
    return True, f"crisis lines were checked on {checked_on}; not yet verified: {', '.join(unsure)}"


def check_rates(today: date) -> Finding:
    """Whether somebody has looked lately at what texts cost: forecasts and the month's cap rest on it."""
    checked_on = rates.CHECKED_ON
    if rates.stale(today):
        return False, f"prices of texts were last checked on {checked_on}: compare coach_portal/core/rules/rates.py."
    return True, f"prices of texts were checked on {checked_on}"


def _schema(database: Database) -> Finding:
    if steps.is_newest(database.engine):
        return True, "the database answers and its schema is the newest"
    return False, "the schema is not the newest: run `coach-portal migrate`."


def _ledger(database: Database) -> Finding:
    with database.reading() as session:
        broken = [chain for chain in ledger.chains(session) if chain.broken]
    if broken:
        told = "; ".join(f"practice {chain.practice_id}: {chain.broken}" for chain in broken)
        return False, f"the ledger of consent was tampered with ({told}). Compare with a backup, and find out who."
    return True, "the ledger of consent is whole"


def _contacts(database: Database) -> Finding:
    """Not an error of the installation, but of a practice in which one phone's silence is everyone's."""
    with database.reading() as session:
        named = select(SecondContact.practice_id)
        alone = session.scalars(select(Practice.name).where(Practice.id.not_in(named)).order_by(Practice.id)).all()
    if alone:
        return True, f"no second contact for danger is named by: {', '.join(alone)} (on the page Practice)"
    return True, "every practice has named a second contact for danger"


def _jobs(database: Database) -> Finding:
    with database.reading() as session:
        ended = {run.job: run.ended_at for run in session.scalars(select(JobRun))}
    now = datetime.now(UTC)
    silent = [job for job in EVERY_MINUTE if (last := ended.get(job)) is None or now - last > SILENT_AFTER]
    if silent:
        told = ", ".join(silent)
        return False, f"no run for five minutes of {told}: is `coach-portal serve` running, or the schedule in AWS on?"
    return True, "the ticker runs"


def _waiting_emails(database: Database) -> Finding:
    refused = select(func.count(), func.max(Email.error)).where(Email.state == "planned", Email.attempts > 0)
    with database.reading() as session:
        number, why = session.execute(refused).one()
    if number:
        return False, f"{number} emails wait, safety alerts perhaps among them: the mail server says {why}."
    return True, "no email waits for the mail server"


def _retention(database: Database) -> Finding:
    asked = select(JobRun.ended_at, JobRun.error).where(JobRun.job == RETENTION)
    with database.reading() as session:
        ended_at, error = session.execute(asked).one_or_none() or (None, None)
    why = f" It broke off with {error}." if error else ""
    if ended_at is None:
        return not error, f"what is too old was never removed yet: `coach-portal serve` does it within minutes.{why}"
    if datetime.now(UTC) - ended_at > retention.MISSED:
        return False, f"what is too old was not removed since {ended_at:%Y-%m-%d}.{why}"
    return True, f"what is too old was last removed on {ended_at:%Y-%m-%d}"


def _erasures(database: Database) -> Finding:
    with database.reading() as session:
        overdue = leftovers.count_overdue(session.connection(), datetime.now(UTC))
    if overdue:
        return False, f"{overdue} copies of erased people are not forgotten after two days: does Twilio answer?"
    return True, "no copy of an erased person waits to be forgotten"
