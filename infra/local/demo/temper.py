"""How people answer: whether, in which words, and after how long. The same dice every time."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.language import language
from infra.local.demo.moments import moment_of_scene
from infra.local.demo.people import reflections
from infra.local.demo.person import Asked, Person

# Most answer with the phone still in their hand, some after dinner, a few much later.
MINUTES = (1, 2, 2, 3, 4, 6, 9, 14, 22, 35, 48, 70, 110, 160)
# Sunday's question is answered before the evening's check-in comes.
SOON = MINUTES[:9]
SAME_BREATH = timedelta(hours=3)
BEDTIME = time(22, 40)
REFLECTS = 0.8
SELDOM = (
    "not sure, it was a long week",
    "I'd have to think about that one",
    "sleep, mostly",
    "hard to say. getting up",
)


class Temper:
    """One person's ways, day by day; days are counted back from the end of the story, so that it is always the same."""

    def __init__(self, person: Person, ends_at: datetime):
        self.person, self._ends_at = person, ends_at
        spoken = [scene for scene in person.scenes if scene.who == "client"]
        self._speaks_at = [moment_of_scene(scene, person, ends_at) for scene in spoken]
        self._said: dict[tuple[str, ...], int] = {}

    def reply(self, asked: Asked, asked_at: datetime) -> tuple[datetime, str] | None:
        """When and what they text back to a question; None when they stay silent."""
        dice = self._dice(asked_at, asked.local_time)
        words = self._words(asked, asked_at, dice)
        return (self._moment(asked_at, dice), words) if words else None

    def reflect(self, question: str, asked_at: datetime) -> tuple[datetime, str] | None:
        """The same for the question that comes with the week."""
        dice = self._dice(asked_at, "week")
        if self._is_quiet(asked_at) or dice.random() > REFLECTS:
            return None
        words = self._reflection(question, dice)
        return (self._moment(asked_at, dice, SOON), words) if words else None

    def _reflection(self, question: str, dice: Random) -> str | None:
        locale, voice = self.person.locale, self.person.voice
        if voice is None:
            return dice.choice(SELDOM)
        answers = reflections.SPANISH if locale == "es" else reflections.ENGLISH
        for theme, theirs in answers.items():
            for asked, voices in zip(language(locale).asking.questions[theme], theirs, strict=False):
                if asked == question:
                    return voices[voice]
        return None

    def _dice(self, asked_at: datetime, about: str) -> Random:
        return Random(f"{self.person.name} {self._days_ago(asked_at)} {about}")  # noqa: S311  the same dice every time

    def _days_ago(self, at: datetime) -> int:
        return (self._ends_at - at).days

    def _is_quiet(self, at: datetime) -> bool:
        """Silent altogether, or about to say what a scene has them say instead."""
        in_a_scene = any(at <= moment < at + SAME_BREATH for moment in self._speaks_at)
        return in_a_scene or self._days_ago(at) < self.person.quiet_for

    def _words(self, asked: Asked, asked_at: datetime, dice: Random) -> str | None:
        if self._is_quiet(asked_at):
            return None
        pace, weeks = asked.pace, (self.person.began - self._days_ago(asked_at)) / 7
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

    def _moment(self, asked_at: datetime, dice: Random, minutes: Sequence[int] = MINUTES) -> datetime:
        at = asked_at + timedelta(minutes=dice.choice(minutes), seconds=dice.randrange(60))
        local = at.astimezone(zone(self.person.timezone))
        bedtime = local.replace(hour=BEDTIME.hour, minute=BEDTIME.minute)
        return at if local < bedtime else max(bedtime, asked_at + timedelta(minutes=1, seconds=dice.randrange(60)))
