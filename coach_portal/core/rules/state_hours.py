"""The hours that states of the US set for promotional texts: dated data, the strictest reading where sources disagree.

Collected from law firms' and vendors' tables, which name the statutes in the comments; to be confirmed by counsel.
Informational texts, which are what check-ins are, keep the law's and the practice's hours only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from coach_portal.core.rules.hours import LAW_FROM, LAW_UNTIL, Hours, Window

CHECKED_ON: Final = date(2026, 11, 20)
MOST_PER_DAY: Final = 3
"""R16: promotional contacts per person in any 24 hours (Florida, Oklahoma, Maryland, Oregon), kept everywhere."""


@dataclass(frozen=True, slots=True)
class StateHours:
    """Local hours on weekdays, Saturdays and Sundays; None is a day without."""

    weekdays: Hours
    saturday: Hours
    sunday: Hours
    no_holidays: bool = False

    def window(self, timezone: str) -> Window:
        """These hours on a zone's clocks."""
        return Window(timezone, (*[self.weekdays] * 5, self.saturday, self.sunday), self.no_holidays)


def _daily(opens: str, closes: str) -> StateHours:
    return StateHours((opens, closes), (opens, closes), (opens, closes))


_NO_SUNDAY = StateHours(("08:00", "20:00"), ("08:00", "20:00"), None)

STATE_HOURS: Final = {
    "FL": _daily("08:00", "20:00"),  # FTSA, section 501.059
    "OK": _daily("08:00", "20:00"),  # Telephone Solicitation Act of 2022
    "WA": _daily("08:00", "20:00"),
    "MD": _daily("08:00", "20:00"),  # Stop the Spam Calls Act
    "OR": _daily("08:00", "20:00"),  # HB 3865
    "NJ": _daily("08:00", "20:00"),
    "MA": _daily("08:00", "20:00"),
    "TX": StateHours(("09:00", "21:00"), ("09:00", "21:00"), ("12:00", "21:00")),  # SB 140
    "CT": _daily("09:00", "20:00"),
    "NV": _daily("09:00", "20:00"),
    "MI": _daily("09:00", "21:00"),
    "MN": _daily("09:00", "21:00"),
    "NM": _daily("09:00", "21:00"),
    "KY": _daily("10:00", "21:00"),
    "AL": StateHours(("08:00", "20:00"), ("08:00", "20:00"), None, no_holidays=True),
    "LA": _NO_SUNDAY,
    "MS": _NO_SUNDAY,
    "RI": StateHours(("09:00", "18:00"), ("10:00", "17:00"), ("10:00", "17:00")),
}
ANYWHERE: Final = _daily(LAW_FROM, LAW_UNTIL)
STRICTEST: Final = StateHours(("10:00", "18:00"), ("10:00", "17:00"), None, no_holidays=True)
"""What every state allows at once: kept where the number does not tell its state."""


def state_hours(state: str | None) -> StateHours:
    """The hours of a state by its two letters; None is a number of which the state is not known."""
    return STRICTEST if state is None else STATE_HOURS.get(state, ANYWHERE)
