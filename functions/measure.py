"""Every minute, in AWS: write down the figures that the alarms listen to."""

from datetime import timedelta
from typing import Any

from coach_portal.core.services import figures
from functions.runtime import entry, runtime

EVERY = timedelta(minutes=1)


@entry
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Measure, write, and answer what was written."""
    wired = runtime()
    now = wired.clock.machine_now()
    with wired.database.statement() as connection:
        found = figures.of_site(connection, now - EVERY, now)
    wired.metrics.write(now, **found)
    return dict(found)
