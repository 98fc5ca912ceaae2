"""The questions we ask, so that any answer works."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from coach_portal.core.rules.texts.fitting import SHORTER, first_that_fits, listing, phrase, plain, sentence, shorten
from coach_portal.core.rules.texts.labels import agreed
from coach_portal.core.rules.texts.language import Language, language
from coach_portal.core.rules.texts.moments import moment_in
from coach_portal.core.rules.texts.words import GoalWords

NUMBERED_FROM = 3
"""From this many goals on they carry their numbers, so that "1 and 3" is an answer."""


DISCOURAGING = 2
"""From this many misses in a row on, the question says first that there is nothing to catch up on."""


def check_in(
    goals: Sequence[GoalWords],
    locale: str,
    *,
    client: str,
    coach: str,
    variant: int = 0,
    misses_in_a_row: int = 0,
    own: Sequence[str] = (),
) -> str:
    """The day's question about these goals. First names; one segment unless the goals' own words are too many.

    `own` are the practice's wordings, used in place of the house's.
    """
    words = language(locale)
    options = own or words.asking.check_in if misses_in_a_row < DISCOURAGING else words.asking.check_in_again
    names = {"client": plain(client), "coach": plain(coach)}
    return first_that_fits(
        (sentence(phrase(options, variant, **names, goals=told)) for told in _tellings(goals, words)), whole=2
    )


def wins_question(locale: str, *, client: str, variant: int = 0, own: Sequence[str] = ()) -> str:
    """The open question at the day's end: what small wins? `own` are the practice's wordings."""
    return first_that_fits([phrase(own or language(locale).asking.wins, variant, client=plain(client))])


def reflection_question(index: int, locale: str, *, theme: str | None = None) -> str:
    """One question of the bank, or of one theme of it; the index may be any number."""
    bank = language(locale).asking.questions
    questions = bank[theme] if theme in bank else tuple(question for group in bank.values() for question in group)
    return questions[index % len(questions)]


def reflection(question: str, locale: str, *, client: str, variant: int = 0) -> str:
    """A reflective question as a text of its own."""
    return first_that_fits(
        [phrase(language(locale).asking.reflection, variant, client=plain(client), question=" ".join(question.split()))]
    )


def reminder(
    starts_at: datetime,
    today: date,
    locale: str,
    *,
    client: str,
    coach: str,
    place: str = "",
    variant: int = 0,
    own: Sequence[str] = (),
) -> str:
    """A session to come: when it is on the client's own clock (`starts_at` is local), and where.

    `own` are the practice's wordings.
    """
    words = language(locale)
    is_today = starts_at.date() == today
    when = f"{words.grammar.missed_on.today if is_today else ''} {moment_in(starts_at, today, words)}".strip()
    names = {"client": plain(client), "coach": plain(coach)}
    placed = [", ".join(part for part in (when, shorten(plain(place), limit)) if part) for limit in (None, *SHORTER)]
    return first_that_fits(phrase(own or words.asking.reminder, variant, **names, when=each) for each in placed)


def themes(locale: str) -> tuple[str, ...]:
    """The themes of the question bank."""
    return tuple(language(locale).asking.questions)


def _tellings(goals: Sequence[GoalWords], words: Language) -> Iterator[str]:
    """The goals told in full, then without their anchors, then ever shorter."""
    for anchored, limit in [(True, None), (False, None), *((False, limit) for limit in SHORTER)]:
        alone = len(goals) == 1
        told = [agreed(goal, words, anchored=anchored, alone=alone, limit=limit) for goal in goals]
        if len(goals) >= NUMBERED_FROM and all(goal.place for goal in goals):
            yield ", ".join(f"{goal.place}) {title}" for goal, title in zip(goals, told, strict=True))
        else:
            yield listing(told, words)
