"""One of two clients who texted each other's names is erased from a practice of many; then everything is searched.

    python -m tests.trials.erasing [--clients 400] [--postgres]

The real SDK talks to the make-believe carrier, emails are kept as files, the queue is the embedded one. Prints in which
tables, files and logs the erased client's name and number still stand; exit 1 unless that is the proof alone, or
anything of the others is missing.
"""

import argparse
import io
import logging
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import String, cast, func, or_, select

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.logs import JsonFormatter
from coach_portal.core.models import Base, Client, Coach, tables
from coach_portal.core.services.records import erasure, incoming_clients
from coach_portal.core.services.sending import texts
from functions import keep_records, receive_sms, send_emails, tell_alerts
from functions.runtime import Runtime, make, use
from infra.local.carrier import Carrier, CarrierSettings
from infra.local.worker import drain
from tests import cast as people
from tests import databases, factories, webhooks
from tests.fakes import FakeClock

NAME, PHONE = "Zebediah Quill", "+16175550177"
MARKERS = ("zebediah", "quill", "6175550177")
PROOF = {"consent"}


@dataclass
class Found:
    """Where the markers still stand, and how many rows of others there are."""

    in_tables: set[str]
    in_files: set[str]
    in_log: bool
    at_carrier: int
    others: dict[str, int]


class Trial:
    """A practice on this machine, with everything that may keep a copy."""

    def __init__(self, database: Database, folder: Path, carrier: Carrier, token: str) -> None:
        self.folder, self.carrier, self.log = folder, carrier, io.StringIO()
        self.handler = logging.StreamHandler(self.log)
        self.handler.setFormatter(JsonFormatter())
        logging.getLogger().addHandler(self.handler)
        settings = Settings(
            database_url=database.engine.url.render_as_string(hide_password=False),
            secret_key="a secret key for tests only, long enough",
            public_url="https://portal.example.com",
            webhook_url="http://127.0.0.1:1",
            twilio_account_sid="AC" + "0" * 32,
            twilio_auth_token=token,
            twilio_api_url=carrier.url,
            data_dir=folder / "data",
        )
        self.clock = FakeClock(people.NOW)
        self.wired: Runtime = make(settings).at(self.clock)
        use(self.wired)
        self.database, self.cast = self.wired.database, people.found_in(self.wired.database)

    def live(self, clients: int) -> int:
        """So many clients; two of them text each other's names, one writes of danger. Answers the other one's id."""
        crowd = [(f"Client {n}", f"+1617{2_000_000 + n}") for n in range(clients - 2)]
        rows = [
            {"name": name, "phone": phone, "timezone": "America/New_York", "locale": "en", "country": "US"}
            for name, phone in crowd
        ]
        with self.database.session() as session:
            alice = session.get_one(Coach, self.cast.alice)
            incoming_clients.take(session, alice, rows, people.NOW, invite=False)
        zeb = factories.make_client(self.database, self.cast.alice, name=NAME, phone=PHONE)
        for client, title in ((zeb, "call Ruth"), (self.cast.ruth, "call Zebediah")):
            factories.make_goal(self.database, self.cast, title, client=client)
        self.arrives(PHONE, "did call Ruth Adeyemi, she sends her best")
        self.arrives(people.RUTHS_PHONE, "did it: zebediah says hi, his number is 617-555-0177")
        self.arrives(PHONE, "I want to kill myself")
        self.write(zeb, "Thank you, Zebediah")
        self.write(self.cast.ruth, "Say hello to Zebediah Quill")
        for handler in (tell_alerts, send_emails):
            handler.handler(webhooks.event("schedule"), None)
        self.settle()
        return zeb

    def arrives(self, phone: str, body: str) -> None:
        """Someone texts the practice: the carrier has it in its book, and posts it."""
        ends = {"sender": phone, "recipient": people.ALICES_NUMBER}
        sid = self.carrier.book.add(direction="inbound", body=body, status="received", at=1, **ends).sid
        form = {"MessageSid": sid, "From": phone, "To": people.ALICES_NUMBER, "Body": body}
        receive_sms.handler(webhooks.sms(self.wired.settings, **form), None)
        self.settle()

    def write(self, client_id: int, body: str) -> None:
        """Alice writes by hand."""
        with self.database.session() as session:
            alice, client = session.get_one(Coach, self.cast.alice), session.get_one(Client, client_id)
            client.held_at = None
            ids = texts.text_by_hand(session, alice, client, body, self.clock.now())
        self.wired.queue.put(ids)
        self.settle()

    def settle(self) -> None:
        """Send what is queued, and have it delivered."""
        assert isinstance(self.wired.queue, EmbeddedQueue)
        drain(self.wired.queue)
        for text in self.carrier.book.unfinished():
            self.carrier.book.move(text.sid, "delivered", at=2)

    def erase(self, client_id: int) -> None:
        """Alice erases a client; the next passes forget the copies."""
        with self.database.session() as session:
            alice, client = session.get_one(Coach, self.cast.alice), session.get_one(Client, client_id)
            erasure.erase_client(session, alice, client, NAME, self.clock.now(), strike=True)
        for hours in (0, 2, 2):
            self.clock.move_on(hours=hours)
            keep_records.handler({}, None)

    def search(self) -> Found:
        """Look everywhere."""
        in_tables, others = set(), {}
        with self.database.reading() as session:
            for table in Base.metadata.sorted_tables:
                columns = [func.lower(cast(column, String)) for column in table.c]
                held = or_(*(column.contains(marker) for column in columns for marker in MARKERS))
                if session.execute(select(func.count()).select_from(table).where(held)).scalar_one():
                    in_tables.add(table.name)
            for table in (tables.client, tables.message, tables.goal):
                key = table.c.id if table is tables.client else table.c.client_id
                mine = select(func.count()).select_from(table).where(key == self.cast.ruth)
                others[table.name] = session.execute(mine).scalar_one()
        files = [file for file in self.folder.rglob("*") if file.is_file() and not file.name.startswith("coach_portal")]
        in_files = {str(file.relative_to(self.folder)) for file in files if _holds(file.read_bytes())}
        at_carrier = len(self.carrier.book.phone(PHONE))
        return Found(in_tables, in_files, _holds(self.log.getvalue().encode()), at_carrier, others)


def _holds(content: bytes) -> bool:
    return any(marker.encode() in content.lower() for marker in MARKERS)


def run(database: Database, folder: Path, clients: int) -> tuple[Found, Found]:
    """Live, erase, and search before and after."""
    token = "an auth token for tests only"
    settings = CarrierSettings(
        "AC" + "0" * 32, token, sms_url="http://127.0.0.1:1", database=str(folder / "carrier.db")
    )
    with Carrier(settings) as carrier:
        trial = Trial(database, folder, carrier, token)
        try:
            zeb = trial.live(clients)
            before = trial.search()
            trial.erase(zeb)
            return before, trial.search()
        finally:
            use(None)
            logging.getLogger().removeHandler(trial.handler)
            trial.database.dispose()


def is_good(before: Found, after: Found) -> bool:
    """Only the proof is left, and the others have all that they had."""
    gone = after.in_tables == PROOF and not after.in_files and not after.in_log and not after.at_carrier
    return gone and after.others == before.others and len(before.in_tables) > len(PROOF) and bool(before.in_files)


def main() -> int:
    """Run it once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=400)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    kind = "postgres" if asked.postgres else "sqlite"
    with tempfile.TemporaryDirectory() as scratch, databases.fresh(kind, Path(scratch), people.hire) as url:
        database = Database(url)
        before, after = run(database, Path(scratch), asked.clients)
        database.dispose()
    print(f"before: {before}\nafter:  {after}")  # noqa: T201
    return 0 if is_good(before, after) else 1


if __name__ == "__main__":
    sys.exit(main())
