"""A table with phones on it: the demo's machine over the real carrier and the real webhooks, with one client."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.models import CheckInSchedule, Client, Coach
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.progress import goals
from functions.runtime import use
from infra.local import phones
from infra.local.carrier import Carrier, CarrierSettings
from infra.local.machine import Machine
from infra.local.phones import clockwork
from tests import databases
from tests.cast import RUTHS_PHONE, Cast, found_in, hire
from tests.ports import free_port
from tests.web.conftest import Browser, signed_in

SQUATS = {"title": "5 squats", "anchor": "after I brush my teeth", "cadence": "daily", "amount": 5, "unit": "squats"}
AT_NINE = {"kind": "check_in", "days": "1234567", "local_time": "09:00", "channel": "text"}


@dataclass
class Tabletop:
    """The machine with its carrier, the clock, and Alice's browser."""

    machine: Machine
    carrier: Carrier
    clock: ShiftedClock
    cast: Cast
    alice: Browser

    @property
    def database(self) -> Database:
        """The practice's database."""
        return self.machine.runtime.database

    def move_to(self, moment: datetime) -> clockwork.Journey:
        """Move the clock on, and wait until it has arrived."""
        table = self.machine.app.extensions["phones"]
        journey: clockwork.Journey = table.clockwork.travel(moment)
        return journey

    def text(self, **form: str) -> Any:
        """Text from Ruth's phone."""
        return self.alice.post(f"/phones/{self.cast.ruth}/text", form, page="/phones")

    def bodies(self) -> list[str]:
        """What Ruth's phone shows, oldest first."""
        return [text.body for text in self.carrier.book.phone(RUTHS_PHONE)]

    def change(self, **values: object) -> None:
        """Change Ruth's row."""
        with self.database.session() as session:
            for name, value in values.items():
                setattr(session.get_one(Client, self.cast.ruth), name, value)


def wednesday_morning() -> datetime:
    """Half past eight in Boston, on a Wednesday to come: early enough that the whole day lies ahead."""
    noon = datetime.now(UTC).replace(hour=13, minute=30, second=0, microsecond=0) + timedelta(days=1)
    return noon + timedelta(days=(2 - noon.weekday()) % 7)


@contextmanager
def tabletop(folder: Path) -> Iterator[Tabletop]:
    """Ruth's phone on the table, on a Wednesday at half past eight; she is asked about her squats at nine."""
    with databases.fresh("sqlite", folder, hire) as url:
        database = Database(url)
        settings, cast = _settings(url), found_in(database)
        account = settings.twilio_account_sid, settings.twilio_auth_token
        sms_url = f"{settings.webhook_url}/twilio/sms"
        carrier = Carrier(CarrierSettings(*account, sms_url=sms_url, confirm_keywords=True)).start()
        port = int(settings.webhook_url.rpartition(":")[2])
        wanted = replace(settings, twilio_api_url=carrier.url)
        machine = Machine(wanted, "127.0.0.1", port, clock=lambda wired: ShiftedClock(wired.database))
        clock = ShiftedClock(machine.runtime.database)
        clock.move_to(wednesday_morning())
        _ask_ruth(database, cast, clock.now())
        database.dispose()
        phones.init_app(machine, clock)
        machine.start()
        yield Tabletop(machine, carrier, clock, cast, signed_in(machine.app, "alice@example.com"))
        carrier.stop()
        machine.stop()
        use(None)


def _settings(url: str) -> Settings:
    """Settings of a demo, whose carrier is not known yet."""
    return Settings(
        database_url=url,
        secret_key="a secret key for tests only, long enough",
        public_url="http://127.0.0.1",
        webhook_url=f"http://127.0.0.1:{free_port()}",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="an auth token for tests only",
    )


def _ask_ruth(database: Database, cast: Cast, now: datetime) -> None:
    """Agree the squats with Ruth, at nine every day. What fell due while nobody looked is forgotten."""
    with database.session() as session:
        session.execute(update(CheckInSchedule).values(next_due_at=None))
        alice, ruth = session.get_one(Coach, cast.alice), session.get_one(Client, cast.ruth)
        goals.add_goal(session, alice, ruth, SQUATS, now)
        schedules.add_schedule(session, alice, ruth, AT_NINE, now)
