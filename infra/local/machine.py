"""The one-machine product: portal, webhooks, ticker and queue workers in one process."""

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import waitress
from waitress import wasyncore
from waitress.server import BaseWSGIServer

from coach_portal.core.clocks import SystemClock
from coach_portal.core.config import Settings
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.ports import Clock
from coach_portal.core.services.sending import recovery
from coach_portal.web.app import create_app
from functions.runtime import Runtime, make, settle, use
from infra.local.shim import with_webhooks
from infra.local.ticker import Ticker, beside
from infra.local.worker import Worker

log = logging.getLogger(__name__)

WORKERS = 4
THREADS = 16
"""Threads for requests."""
LARGEST_BODY = 5 * 1024 * 1024
"""Bytes that are taken in at all; pages, API and webhooks refuse less than that in words of their own."""


class Machine:
    """Everything that runs on one machine; `start` returns, `stop` waits until all is finished."""

    def __init__(self, settings: Settings, host: str, port: int, *, clock: Callable[[Runtime], Clock] | None = None):
        self._stopping, self._woken = threading.Event(), threading.Event()
        self.runtime = _wire(settings, self._woken, clock)
        use(self.runtime)
        self.app = create_app(settings, self.runtime.database, self.runtime.queue, self.runtime.clock)
        self._sockets: dict[int, Any] = {}
        self._server: BaseWSGIServer = waitress.create_server(
            with_webhooks(self.app),
            map=self._sockets,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            **_proxy(settings),
            max_request_body_size=LARGEST_BODY,
        )
        self.port = int(self._server.effective_port)
        http = threading.Thread(target=self._server.run, name="http", daemon=True)
        self._threads = [Ticker(self._stopping), *beside(self._stopping), *self._workers(), http]

    def start(self) -> None:
        """Pick up what a crash may have dropped, then begin."""
        pick_up_at_once(self.runtime)
        _load(self.runtime)
        settle()
        for thread in self._threads:
            thread.start()
        log.info("started", extra={"port": self.port, "workers": WORKERS})

    def stop(self) -> None:
        """Finish what is in hand, then end."""
        log.info("stopping")
        self._stopping.set()
        self._woken.set()
        self._server.task_dispatcher.shutdown(timeout=5)
        # From the server's own thread: it would stumble over sockets that are closed while it polls them.
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
        for thread in self._threads:
            thread.join(timeout=30)
        self.runtime.database.dispose()
        log.info("stopped")

    def run(self) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        self.start()
        ended.wait()
        self.stop()

    def _workers(self) -> list[threading.Thread]:
        queue = self.runtime.queue
        if not isinstance(queue, EmbeddedQueue):
            return []  # SQS has its own: the function in AWS
        texts = [Worker(queue, self._stopping, self._woken, f"worker-{number}") for number in range(1, WORKERS + 1)]
        calls = self.runtime.calls
        if not isinstance(calls, EmbeddedQueue):
            return list(texts)
        # A call's turn comes without anybody telling, so the caller looks more often than turns come.
        often = min(1, 0.5 / self.runtime.settings.calls_per_second)
        return [*texts, Worker(calls, self._stopping, threading.Event(), "caller", often)]


def _proxy(settings: Settings) -> dict[str, Any]:
    """Whose word counts on who asks: one proxy's, that adds the asker's address, and nobody else's.

    Without it all of a proxy's askers would be one to the door, where ten wrong passwords make an address wait.
    """
    if not settings.trusted_proxy:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "clear_untrusted_proxy_headers": True,
        "trusted_proxy": settings.trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for"},
    }


def _load(runtime: Runtime) -> None:
    """Load what the threads work with before they begin: they would all load it at once, and some of it minds that."""
    for loaded_when_first_wanted in ("sender", "caller", "media", "posts"):
        getattr(runtime, loaded_when_first_wanted)


def pick_up_at_once(wired: Runtime) -> int:
    """Queue all that is not finished: nobody else works on this machine, so it was dropped. Answers how much it was."""
    began, picked_up = wired.clock.now(), 0
    while True:
        now = wired.clock.now()
        since = now - began + timedelta(microseconds=1)  # whatever was queued before we began
        with wired.database.transaction() as connection:
            fallen = recovery.pick_up(connection, now, wired.clock.machine_now(), requeue_after=since)
        wired.queue.put(fallen)
        picked_up += len(fallen)
        if not fallen:
            return picked_up


def _wire(settings: Settings, woken: threading.Event, clock: Callable[[Runtime], Clock] | None) -> Runtime:
    wired = make(settings)
    if isinstance(wired.queue, EmbeddedQueue):
        queue = EmbeddedQueue(wired.database, SystemClock().machine_now, on_put=woken.set)
        wired = replace(wired, queue=queue)
    return wired if clock is None else wired.at(clock(wired))
