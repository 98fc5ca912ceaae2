"""The functions' one wiring place: settings, database, queue, carrier and clock, made once and kept while warm."""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, TypeVar

from coach_portal.core.clocks import SystemClock
from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways import wiring
from coach_portal.core.gateways.inbound_folder import FolderBuffer
from coach_portal.core.logs import about, set_up_logs
from coach_portal.core.metrics import Metrics
from coach_portal.core.ports import (
    CallPlacer,
    Carrier,
    Clock,
    EmailSender,
    EventPoster,
    FileStore,
    InboundBuffer,
    MediaSource,
    MessageQueue,
    PhotoMaker,
    SecretStore,
)
from coach_portal.core.rules.addresses import is_own_machine
from coach_portal.core.rules.links import Links
from functions.accounts import Accounts

log = logging.getLogger(__name__)

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]
T = TypeVar("T")


@dataclass(frozen=True)
class Runtime:
    """What a handler works with."""

    settings: Settings
    database: Database
    queue: MessageQueue
    clock: Clock
    buffer: InboundBuffer

    @cached_property
    def sender(self) -> Carrier:
        """The carrier, loaded by the one function that talks to it."""
        return self._at_the_carrier(wiring.text_sender)

    @cached_property
    def caller(self) -> CallPlacer:
        """The carrier for calls, loaded by the function that places them."""
        return self._at_the_carrier(wiring.call_placer)

    def _at_the_carrier(self, connect: Callable[..., T]) -> T:
        settings = self.settings
        return connect(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            webhook_url=settings.webhook_url,
            api_url=settings.twilio_api_url or None,
            token_of=self.accounts.token,
        )

    @cached_property
    def calls(self) -> MessageQueue:
        """The queue of calls, which wait for their turn at the account's own pace."""
        return wiring.message_queue(self.settings.call_queue_url, self.database, self.clock.machine_now, name="calls")

    @cached_property
    def accounts(self) -> Accounts:
        """The practices' own accounts at the carrier."""
        return Accounts(self.database, lambda: self.secrets)

    @cached_property
    def secrets(self) -> SecretStore:
        """Where their tokens lie, loaded only when one of them is wanted."""
        settings = self.settings
        return wiring.secret_store(settings.secrets_prefix, self.database, settings.secret_key, self.clock.machine_now)

    @cached_property
    def emails(self) -> EmailSender:
        """The way emails leave, loaded by the one function that sends them."""
        settings = self.settings
        return wiring.email_sender(settings.email_url, settings.email_from, data_dir=settings.data_dir)

    @cached_property
    def posts(self) -> EventPoster:
        """The way events reach practices' other software, loaded by the one function that posts them."""
        return wiring.event_poster(may_be_local=is_own_machine(self.settings.public_url))

    @cached_property
    def files(self) -> FileStore:
        """Where pictures are kept, loaded by the one function that removes them."""
        return wiring.file_store(self.settings.files_bucket, data_dir=self.settings.data_dir)

    @cached_property
    def media(self) -> MediaSource:
        """Where photos are had, loaded by the one function that fetches them."""
        settings = self.settings
        return wiring.media_source(
            settings.twilio_account_sid,
            settings.twilio_auth_token,
            api_url=settings.twilio_api_url or None,
            token_of=self.accounts.token,
        )

    @cached_property
    def photo_maker(self) -> PhotoMaker:
        """What makes them anew."""
        return wiring.photo_maker()

    @property
    def links(self) -> Links:
        """What makes and reads the links that we send."""
        return Links(self.settings.public_url, self.settings.secret_key)

    @property
    def metrics(self) -> Metrics:
        """Where figures for the operator go."""
        return Metrics(self.settings.site)

    def at(self, clock: Clock) -> "Runtime":
        """The same, at another time."""
        return replace(self, clock=clock)


class _Wired:
    """Holds the process's runtime."""

    now: Runtime | None = None


def runtime() -> Runtime:
    """The process's runtime; the first call makes it from the environment."""
    if _Wired.now is None:
        set_up_logs(logging.INFO)
        _Wired.now = make(Settings.from_env())
        settle()
    return _Wired.now


def settle() -> None:
    """What a process has loaded when it begins its work stays, so the collector passes over it from now on, and looks
    after some thousands of new things, not hundreds: a batch makes many and keeps none. It was a seventh of a sweep.
    """
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


def use(given: Runtime | None) -> None:
    """Work with this runtime from now on: one machine and the tests wire their own."""
    _Wired.now = given


def make(settings: Settings) -> Runtime:
    """Wire a runtime from settings."""
    database, clock = Database(settings.database_url), SystemClock()
    queue = wiring.message_queue(settings.message_queue_url, database, clock.machine_now)
    buffer: InboundBuffer
    if settings.inbound_queue_url:
        buffer = wiring.inbound_buffer(settings.inbound_queue_url)
    else:
        buffer = FolderBuffer(settings.data_dir / "inbound")
    return Runtime(settings, database, queue, clock, buffer)


class HandlerFailed(Exception):
    """A function broke off; the message names the kind of error and nothing else."""


def entry(handler: Handler) -> Handler:
    """A function's way in. What it does not catch leaves as HandlerFailed: AWS writes an error's message and all of its
    traceback into the log, and they may quote a row with a number or a body in it."""

    @wraps(handler)
    def enter(event: dict[str, Any], context: Any) -> dict[str, Any]:
        about(getattr(context, "aws_request_id", None))
        try:
            return handler(event, context)
        except Exception as error:
            log.exception("function broke off", extra={"function": handler.__module__})
            raise HandlerFailed(type(error).__name__) from None

    return enter
