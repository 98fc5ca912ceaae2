"""How people answer: whether, in which words, and after how long. The same dice every time."""

from datetime import datetime, time, timedelta
from random import Random

from coach_portal.core.rules.schedule import zone
from infra.local.demo.person import Asked, Person

# Most answer with the phone still in their hand, some after dinner, a few much later.
MINUTES = (1, 2, 2, 3, 4, 6, 9, 14, 22, 35, 48, 70, 110, 160)
BEDTIME = time(22, 40)


class Temper:
    """One person's ways, day by day; days are counted back from the end of the story, so that it is always the same."""

    def __init__(self, person: Person, ends_at: datetime):
        self.person, self._ends_at = person, ends_at
        self._said: dict[tuple[str, ...], int] = {}

    def reply(self, asked: Asked | None, asked_at: datetime) -> tuple[datetime, str] | None:
        """When and what they text back to a question (None: the weekly one); None when they stay silent."""
        days_ago = (self._ends_at - asked_at).days
        if days_ago < self.person.quiet_for:
            return None
        dice = Random(f"{self.person.name} {days_ago} {asked.local_time if asked else 'week'}")  # noqa: S311
        words = self._words(asked, asked_at, days_ago, dice)
        return (self._moment(asked_at, dice), words) if words else None

    def _words(self, asked: Asked | None, asked_at: datetime, days_ago: int, dice: Random) -> str | None:
        if asked is None:
            return self._next_of(self.person.reflections) if dice.random() < 0.8 else None
        pace, weeks = asked.pace, (self.person.began - days_ago) / 7
        weekend = pace.weekend if asked_at.astimezone(zone(self.person.timezone)).isoweekday() > 5 else 0
        done = pace.done + pace.drift * weeks - weekend
        thrown = dice.random() * 100
        if thrown < done:
            return self._next_of(asked.done)
        if thrown < done + pace.part:
            return self._next_of(asked.part)
        return self._next_of(asked.missed) if thrown < done + pace.part + pace.missed else None

    def _next_of(self, lines: tuple[str, ...]) -> str | None:
        """Their lines in turn: nobody says the same thing twice running."""
        if not lines:
            return None
        turn = self._said.get(lines, 0)
        self._said[lines] = turn + 1
        return lines[turn % len(lines)]

    def _moment(self, asked_at: datetime, dice: Random) -> datetime:
        at = asked_at + timedelta(minutes=dice.choice(MINUTES), seconds=dice.randrange(60))
        local = at.astimezone(zone(self.person.timezone))
        bedtime = local.replace(hour=BEDTIME.hour, minute=BEDTIME.minute)
        return at if local < bedtime else max(bedtime, asked_at + timedelta(minutes=1, seconds=dice.randrange(60)))
