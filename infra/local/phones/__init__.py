"""The clients' phones side by side, and the clock: `/phones`, in the demo only."""

from coach_portal.core.clocks import ShiftedClock
from coach_portal.web.rail import Room
from infra.local.machine import Machine
from infra.local.phones import room
from infra.local.phones.carrier_phones import CarrierPhones
from infra.local.phones.clockwork import Clockwork


def init_app(machine: Machine, clock: ShiftedClock) -> None:
    """Put the page, and its place in the rail, into the machine's portal."""
    carrier = CarrierPhones(machine.runtime.settings.twilio_api_url)
    carrier.set_clock(clock.now())
    app = machine.app
    app.extensions["phones"] = room.Table(carrier, Clockwork(machine.runtime, clock, carrier))
    app.register_blueprint(room.phones)
    app.extensions["rail"].append(Room("phones.show", "Phones", "phone"))
