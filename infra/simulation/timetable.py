"""What happens, moment after moment."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

Act = Callable[[], None]


class Timetable:
    """The world's own time and all that is still to come. What is due at one moment happens in the order it was
    entered."""

    def __init__(self, begins_at: datetime) -> None:
        self.now = begins_at
        self._coming: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def at(self, moment: datetime, act: Act) -> None:
        """Have this happen; what lies in the past happens next."""
        heapq.heappush(self._coming, (max(moment, self.now), next(self._order), act))

    def after(self, act: Act, **by: float) -> None:
        """Have this happen so much later."""
        self.at(self.now + timedelta(**by), act)

    def live(self, until: datetime) -> None:
        """Let everything happen up to a moment."""
        while self._coming and self._coming[0][0] <= until:
            self.now, _, act = heapq.heappop(self._coming)
            act()
        self.now = until


class SimulatedClock:
    """Fills `ports.Clock`: the world's time, which a machine may be off by a little. `off` may be set at any time."""

    def __init__(self, timetable: Timetable) -> None:
        self.off = timedelta()
        self._timetable = timetable

    def now(self) -> datetime:
        """What the machine believes it is."""
        return self._timetable.now + self.off

    def machine_now(self) -> datetime:
        """The same: nobody moves the practice's clock."""
        return self.now()
