"""Later, not now, again; and how it stands."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from coach_portal.core.rules.sms_text import to_gsm
from coach_portal.core.rules.texts.fitting import SHORTER, first_that_fits, listing, plain, shorten
from coach_portal.core.rules.texts.language import Language, language
from coach_portal.core.rules.texts.moments import day_in, moment_in
from coach_portal.core.rules.texts.words import GoalWords, Tally


def snoozed(until: datetime | None, today: date, locale: str) -> str:
    """We ask again later; `until` is the moment it will really be, in the client's local time."""
    words = language(locale)
    if until is None:
        return words.holding.snoozed_openly
    return words.holding.snoozed.format(when=moment_in(until, today, words))


def paused(until: date | None, today: date, locale: str) -> str:
    """Check-ins rest; `until` is the first day they come again."""
    words = language(locale)
    if until is None:
        return words.holding.paused_openly
    return words.holding.paused.format(day=day_in(words.grammar.until, until, today, words))


def handed_over(client: str, coach: str, former: str, practice: str, locale: str) -> str:
    """Somebody else is their coach from now on; `former` is "" where nobody was."""
    words = language(locale).holding
    said = words.handed_over if former else words.taken_over
    told = {"client": client, "coach": coach, "former": former, "practice": practice}
    return to_gsm(said.format(**{name: plain(value) for name, value in told.items()}))


def resumed(locale: str) -> str:
    """Check-ins come again."""
    return language(locale).holding.resumed


def away(coach: str, cover: str, back_on: date, today: date, locale: str) -> str:
    """That the coach is away until a day, on which they are back, and who covers ("" for nobody)."""
    words = language(locale)
    said = words.answering.away_covered if cover else words.answering.away
    day = day_in(words.grammar.until, back_on, today, words)
    return to_gsm(said.format(coach=plain(coach), cover=plain(cover), day=day))


def undone(locale: str) -> str:
    """What was logged last is taken back."""
    return language(locale).answering.undone


def status(goals: Sequence[GoalWords], lately: Mapping[int, Tally] | None, locale: str) -> str:
    """How it stands, goal by goal; `lately` by the goal's index. Without it the goals alone, in their order."""
    words = language(locale)
    return first_that_fits((_status(goals, lately, words, limit) for limit in (None, *SHORTER)), whole=1)


def _status(goals: Sequence[GoalWords], lately: Mapping[int, Tally] | None, words: Language, limit: int | None) -> str:
    titles = [shorten(plain(goal.title), limit) for goal in goals]
    if not titles:
        return words.holding.status_empty
    if lately is None:
        numbered = [f"{place}) {title}" for place, title in enumerate(titles, 1)] if len(titles) > 1 else titles
        return words.holding.status_goals.format(goals=", ".join(numbered))
    rows = [
        words.holding.status_row.format(title=title, done=lately[index].done, days=lately[index].days)
        for index, title in enumerate(titles)
        if index in lately and lately[index].done
    ]
    return words.holding.status.format(rows=listing(rows, words)) if rows else words.holding.status_empty
