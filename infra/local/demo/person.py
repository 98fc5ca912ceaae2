"""A make-believe client: what they work on, when they are asked, what they text back, and what befell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Pace:
    """How a question usually ends, in parts of a hundred; what is left over is silence.

    `drift` is what a week adds to `done`, so that people get better, or tired. Weekends cost `weekend`.
    """

    done: int
    part: int = 0
    missed: int = 0
    drift: float = 0
    weekend: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked again and again, and what they text back to it: all done, some of it, none of it.

    `goals` are places in the order of the person's goals, none for all of them.
    """

    local_time: str
    pace: Pace
    done: tuple[str, ...]
    part: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    days: str = "1234567"
    kind: str = "check_in"
    goals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happened `days_ago` at a local time: counted from the last time it was that o'clock.

    `who` is "client" (texts `words`, with a `photo` of the carrier's or none), "coach" (texts `words`), or what the
    coach did: "starts" them on the programme, "grows" a goal (`place`, `data`), "meets" the client for `data`'s
    minutes, and what they agreed, each with the place of its goal or 0. Meetings may lie ahead: `days_ago` is then
    below 0. "calls" is the client who calls and leaves `words`; "may be called" is the coach who asks whether they may
    be called, and their `words` back, after which the check-in comes by call.
    """

    days_ago: int
    local_time: str
    who: str
    words: str = ""
    photo: str = ""
    place: int = 1
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """A client of the demo. `voice` is how they answer on Sundays (see `people.reflections`), None for those who
    seldom do. `began` is how many days ago they were invited, `quiet_for` how many days they have been
    silent, `agrees` whether they said YES, `broken_for` how many days ago their number stopped working."""

    name: str
    phone: str
    timezone: str
    goals: tuple[Mapping[str, Any], ...]
    asked: tuple[Asked, ...]
    voice: int | None = None
    scenes: tuple[Scene, ...] = ()
    country: str = "US"
    locale: str = "en"
    yes: str = "YES"
    began: int = 56
    agrees: bool = True
    quiet_for: int = 0
    broken_for: int = 0

    @property
    def details(self) -> dict[str, str]:
        """What the coach wrote down when she took them on."""
        return {name: getattr(self, name) for name in ("name", "phone", "timezone", "locale", "country")}
