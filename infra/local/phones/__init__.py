"""The clients' phones side by side, and the clock: `/phones`, in the demo only."""

from infra.local.machine import Machine


def init_app(machine: Machine) -> None:
    """Put the page into the machine's portal."""
