"""What a request has at hand: the settings, the database, the queue and the clock the app was built with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways import wiring
from coach_portal.core.ports import Clock, FileStore, MessageQueue, PaperMaker, PictureMaker, RecordingStore, Sealer
from coach_portal.core.rules.links import Links
from coach_portal.core.services.practice import accounts
from coach_portal.core.services.sending import outbox as outbox_rows


@dataclass(frozen=True, slots=True)
class Portal:
    """What `create_app` was given."""

    settings: Settings
    database: Database
    queue: MessageQueue
    clock: Clock
    files: FileStore

    @property
    def pictures(self) -> PictureMaker:
        """Draws; loaded by the first picture."""
        return wiring.picture_maker()

    @property
    def papers(self) -> PaperMaker:
        """Puts reports on paper; loaded by the first one."""
        return wiring.paper_maker()

    @property
    def recordings(self) -> RecordingStore:
        """Where messages left for a coach are kept; loaded by the first that is listened to."""
        settings = self.settings
        secrets = wiring.secret_store(settings.secrets_prefix, self.database, settings.secret_key, self.now)
        return wiring.call_placer(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            webhook_url=settings.webhook_url,
            api_url=settings.twilio_api_url or None,
            token_of=lambda account_sid: secrets.get(accounts.secret_name(account_sid)),
        )

    @property
    def seal(self) -> Sealer:
        """Seals second factors; loaded by the first."""
        return wiring.factor_seal(self.settings.secret_key)

    @property
    def is_https(self) -> bool:
        """Whether people open the portal over https."""
        return self.settings.public_url.startswith("https:")

    @property
    def links(self) -> Links:
        """What makes and reads the links that open without signing in."""
        return Links(self.settings.public_url, self.settings.secret_key)

    def now(self) -> datetime:
        """The practice's moment. Sign-in asks `clock.machine_now()` instead."""
        return self.clock.now()

    @contextmanager
    def writing(self) -> Iterator[tuple[Session, "Outbox"]]:
        """A transaction, and the outbox whose message ids go on the queue once it is committed, never before."""
        outbox = Outbox([])
        with self.database.session() as session:
            yield session, outbox
        outbox_rows.queue_now(self.queue, outbox.ids)


@dataclass(frozen=True, slots=True)
class Outbox:
    """Ids of message rows that this request has written and that want sending."""

    ids: list[int]

    def put(self, message_ids: Sequence[int]) -> None:
        """Have these sent when the transaction is through."""
        self.ids.extend(message_ids)


def portal() -> Portal:
    """What the app serving this request was built with."""
    here: Portal = current_app.extensions["portal"]
    return here
