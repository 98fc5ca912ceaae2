"""The portal on Lambda: `app` is what Zappa's handler calls. Importing this reads the environment."""

import logging

from coach_portal.core.clocks import SystemClock
from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways import wiring
from coach_portal.core.gateways.embedded_queue import EmbeddedQueue
from coach_portal.core.logs import set_up_logs
from coach_portal.core.ports import MessageQueue
from coach_portal.web.app import create_app
from infra.aws.asker import Wsgi, asked_by


def _make() -> Wsgi:
    set_up_logs(logging.INFO)
    settings = Settings.from_env()
    database, clock = Database(settings.database_url), SystemClock()
    queue: MessageQueue
    if settings.message_queue_url:
        queue = wiring.message_queue(settings.message_queue_url)
    else:
        queue = EmbeddedQueue(database, clock.machine_now)
    return asked_by(create_app(settings, database, queue, clock).wsgi_app)


app = _make()
