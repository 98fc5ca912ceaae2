"""When a coach hears of what waits for them: in their own hours, bundled, and never of danger, which does not wait."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from coach_portal.core.rules.hours import Window

WAYS: Final = ("email", "text", "page")
EVERY: Final = (10, 60, 240, 1440)
"""Minutes between two bundles, at least."""
CODE_GOOD_FOR: Final = timedelta(hours=48)
"""How long a coach may answer by the code of a text; a later answer is better written beside the conversation."""
PASSED_ON_WITHIN: Final = timedelta(minutes=15)
"""How long a text that named nobody waits for its code."""

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE = re.compile(r"([a-z][0-9]{2})(?:[\s:.,;-]+|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a coach wants to be reached: `days` as "12345", local "HH:MM", minutes between two bundles."""

    timezone: str
    days: str
    opens: str
    closes: str
    every: int

    @property
    def window(self) -> Window:
        """Their hours, any day of the week: the law's hours protect clients, a coach chooses."""
        hours = (self.opens, self.closes) if self.opens < self.closes else None
        return Window(self.timezone, tuple(hours if str(day) in self.days else None for day in range(1, 8)))


def told_at(choice: Choice, last: datetime | None, now: datetime) -> datetime | None:
    """When the next bundle goes: now, or the first later moment that fits; None where no hour ever does."""
    earliest = now if last is None else max(now, last + timedelta(minutes=choice.every))
    return choice.window.opens(earliest)


def new_code(name: str, draw: int, taken: Collection[str]) -> str:
    """A code that is not `taken`: the name's first letter and two digits, from any number `draw`.

    Where all of a letter are taken, the next letter's. Raises ValueError when every code is.
    """
    letter = name[:1].upper() if name[:1].upper() in _LETTERS else "X"
    first = _LETTERS.index(letter)
    for other in _LETTERS[first:] + _LETTERS[:first]:
        for step in range(100):
            code = f"{other}{(draw + step) % 100:02d}"
            if code not in taken:
                return code
    raise ValueError("every code is taken")


def split_code(body: str) -> tuple[str, str]:
    """A coach's text as its code in capitals and the words after it; the code is "" where it begins with none."""
    told = body.strip()
    found = _CODE.match(told)
    return (found[1].upper(), told[found.end() :].strip()) if found else ("", told)
