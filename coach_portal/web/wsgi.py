"""The portal for a WSGI server, with its settings from the environment: `create()` is the factory."""

from flask import Flask

from coach_portal.core.clocks import SystemClock
from coach_portal.core.config import Settings
from coach_portal.core.db import Database
from coach_portal.core.gateways.wiring import message_queue
from coach_portal.web.app import create_app


def create() -> Flask:
    """Build the portal as this machine's environment describes it."""
    settings = Settings.from_env()
    database, clock = Database(settings.database_url), SystemClock()
    queue = message_queue(settings.message_queue_url, database, clock.machine_now)
    return create_app(settings, database, queue, clock)
