"""Furnishes a practice: its people, their goals, and the weeks behind them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.models import Coach, Practice, SecondContact
from coach_portal.core.rules.links import Links
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.services.practice import practices
from coach_portal.core.services.signing_in import sign_in
from coach_portal.migrations import steps
from infra.local.carrier.book import Book
from infra.local.demo import colleagues
from infra.local.demo.breath import OneBreath
from infra.local.demo.diary import COACHS_ZONE, Diary
from infra.local.demo.exchange import Exchange
from infra.local.demo.moments import last_time
from infra.local.demo.people import PEOPLE
from infra.local.demo.post import Post
from infra.local.demo.story import Story

PRACTICE, NUMBER = "Northlight", "+16175550100"
OWNER, OWNERS_EMAIL = "Ines Carvalho", "ines@northlight.example"
ASSISTANT, ASSISTANTS_EMAIL = "Bea Lindqvist", "bea@northlight.example"
OWNERS_PHONE = "+16175550190"
SECOND = {"name": "Tomas Carvalho", "phone": "+16175550191", "email": "tomas@northlight.example"}

WEEKS = 8
OPEN_FROM, OPEN_UNTIL = "09:12", "17:00"

Progress = Callable[[int], None]
"""Called with the number of the week that begins, 1 for the first."""


def opening(now: datetime) -> datetime:
    """When the demo opens: now, or at night the next morning, so that whatever is tried goes out at once."""
    local = now.astimezone(zone(COACHS_ZONE))
    if OPEN_FROM <= local.strftime("%H:%M") < OPEN_UNTIL:
        return now
    morning = moment_of(local.date(), OPEN_FROM, COACHS_ZONE)
    return morning if morning > now else moment_of(local.date() + timedelta(days=1), OPEN_FROM, COACHS_ZONE)


def furnish(
    database_file: Path,
    carriers_file: Path,
    password: str,
    now: datetime,
    progress: Progress,
    public_url: str = "http://127.0.0.1:5000",
    account_sid: str = "",
) -> None:
    """Make both files, the practice's database and the carrier's book, with the clock at `now`. All or nothing.

    `account_sid` is the account at the carrier in which messages left on calls are kept.
    """
    beside = [file.with_suffix(".making") for file in (database_file, carriers_file)]
    for file in beside:
        _forget(file)
    _write(beside[0], beside[1], password, now, progress, public_url, account_sid)
    beside[1].replace(carriers_file)
    beside[0].replace(database_file)  # last, since a start that finds it looks no further


def _write(
    database_file: Path,
    carriers_file: Path,
    password: str,
    now: datetime,
    progress: Progress,
    public_url: str,
    account_sid: str,
) -> None:
    database = migrated(database_file)
    book = Book(str(carriers_file))
    gone_since = {one.phone: now - timedelta(days=one.broken_for) for one in PEOPLE if one.broken_for}
    begins_at = last_time("09:00", COACHS_ZONE, now) - timedelta(weeks=WEEKS, days=1)
    coach_id = open_practice(database, password, begins_at)
    exchange = Exchange(database, book, account_sid, NUMBER, Links("", "links of the past open nothing"))
    story = Story(database, Post(book, gone_since), NUMBER, public_url, exchange)
    diary = Diary(database, story, coach_id, now)
    diary.write_programme(begins_at)
    for person in PEOPLE:
        diary.take_on(person)
    diary.tidy_up_daily(begins_at)
    colleagues.join(database, story, coach_id, password, now)
    story.tell(now, _by_week(begins_at, progress))
    _reach_by_text(database, coach_id)
    ShiftedClock(database).move_to(now)
    database.finish()
    book.close()


def migrated(file: Path) -> OneBreath:
    """A new database with the newest schema."""
    url = f"sqlite:///{file}"
    fresh = OneBreath(url)
    fresh.finish()
    steps.upgrade(fresh.engine)
    fresh.dispose()
    return OneBreath(url)


def open_practice(database: OneBreath, password: str, begins_at: datetime) -> int:
    """Open the practice with its owner and assistant; answers the owner's id."""
    with database.session() as session:
        owner = practices.open_practice(
            session,
            practice=PRACTICE,
            number=NUMBER,
            name=OWNER,
            email=OWNERS_EMAIL,
            password=password,
            now=begins_at,
            sender_class="local_10dlc_high",
        )
        owner.timezone, owner.phone = COACHS_ZONE, OWNERS_PHONE
        session.add(SecondContact(practice_id=owner.practice_id, changed_at=begins_at, **SECOND))
        owner.prepare_at = "07:30"
        practice = session.get_one(Practice, owner.practice_id)
        practice.timezone = COACHS_ZONE
        practice.texts_from, practice.texts_until, practice.sunday_from = "08:00", "21:00", "08:00"
        sign_in.add_coach(
            session,
            practice=practice,
            name=ASSISTANT,
            email=ASSISTANTS_EMAIL,
            role="assistant",
            password=password,
            timezone=COACHS_ZONE,
            now=begins_at,
        )
        return owner.id


def _reach_by_text(database: OneBreath, coach_id: int) -> None:
    """From now on, so that a visitor can answer from the coach's phone; the past was told by email."""
    with database.session() as session:
        session.get_one(Coach, coach_id).reached_by = "text"


def _by_week(begins_at: datetime, progress: Progress) -> Callable[[datetime], None]:
    told = 0

    def each(moment: datetime) -> None:
        nonlocal told
        week = min((moment - begins_at).days // 7 + 1, WEEKS)
        if week > told:
            told = week
            progress(week)

    return each


def _forget(file: Path) -> None:
    for leftover in file.parent.glob(f"{file.name}*"):
        leftover.unlink()
