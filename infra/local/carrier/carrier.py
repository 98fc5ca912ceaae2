"""The carrier, put together."""

import threading
from types import TracebackType
from uuid import uuid4

from infra.local.carrier.book import Book
from infra.local.carrier.calls import Calls
from infra.local.carrier.clock import CarrierClock
from infra.local.carrier.deliveries import Deliveries
from infra.local.carrier.inbound import Inbound
from infra.local.carrier.numbers import Numbers
from infra.local.carrier.postman import Postman
from infra.local.carrier.recordings import RecordingsApi
from infra.local.carrier.rest import RestApi
from infra.local.carrier.server import CarrierServer
from infra.local.carrier.settings import CarrierSettings
from infra.local.carrier.timetable import Timetable
from infra.local.carrier.weather import Weather


class Carrier:
    """Runs from `start` to `stop`, or for the length of a `with`; `port` 0 takes any that is free."""

    def __init__(self, settings: CarrierSettings, *, port: int = 0) -> None:
        self.book = Book(settings.database)
        self.clock = CarrierClock(self.book)
        self.weather = Weather()
        self._postman = Postman(settings.auth_token)
        self._timetable = Timetable()
        self._deliveries = Deliveries(settings, self.book, self._postman, self._timetable, self.weather, self.clock.now)
        self.calls = Calls(settings, self.book, self._postman, self._timetable, self.clock.now)
        self.rest = RestApi(settings, self.book, self._deliveries, self.calls, self.weather, self.clock.now)
        self.recordings = RecordingsApi(settings.account_sid, self.calls)
        self.numbers = Numbers(settings.account_sid)
        self.inbound = Inbound(
            settings, self.book, self._postman, self._deliveries, self.clock.now, self.numbers.sms_url
        )
        self._run = uuid4().hex[:8]
        self._stopping = threading.Event()
        self._server = CarrierServer(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base of the REST API, for TWILIO_API_URL, and of the phones."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> "Carrier":
        """Listen, and go on with deliveries that were under way."""
        self._timetable.start()
        self._deliveries.resume()
        self._thread.start()
        return self

    def stop(self) -> None:
        """Hang up on everyone and close the book; what was not delivered yet goes on after the next start."""
        self._stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._timetable.stop()
        self._postman.close()
        self.book.close()

    def etag(self) -> str:
        """Changes whenever the phones may look different."""
        return f'"{self._run}-{self.book.changes()}-{self.calls.changes}"'

    def hold_up(self) -> None:
        """Wait as long as the weather wants a send to wait."""
        if self.weather.forecast.delay:
            self._stopping.wait(self.weather.forecast.delay)

    def __enter__(self) -> "Carrier":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
