"""The week in a text: what was done, one moment in their words, one question. Under three segments."""

import re
from collections.abc import Iterator, Sequence

from coach_portal.core.rules.texts.fitting import first_that_fits, phrase, plain, shorten
from coach_portal.core.rules.texts.language import Language, language
from coach_portal.core.rules.texts.words import GoalWeek

MOST_SEGMENTS = 2
QUOTE_LENGTH = 70
FEWEST_WORDS = 5
FEWEST_TELLING = 2
"""A moment worth quoting has so many words, and so many of them beside a goal's title and a bare report's."""
STEM = 4
"""Words alike this far are one: "walked" tells of "Walk"."""


def digest(
    goals: Sequence[GoalWeek],
    locale: str,
    *,
    client: str,
    question: str,
    quote: str | None = None,
    own_wins: int = 0,
    variant: int = 0,
) -> str:
    """The client's week. Goals without a day done are left out: what was not done is not held up to them.

    `own_wins` counts wins outside the goals. A `quote` that only reports is left out. Where it grows too long the
    quote is cut, then left out, then the goals become one total.
    """
    words = language(locale)
    quote = quote if _is_moment(quote or "", goals, words) else None
    quoted = _quoted(quote, words, None), _quoted(quote, words, QUOTE_LENGTH), ""
    tellings = _tellings(goals, own_wins, words, client=plain(client), variant=variant)
    return first_that_fits(
        (" ".join(part for part in (week, said, question) if part) for week in tellings for said in quoted),
        most=MOST_SEGMENTS,
    )


def _tellings(goals: Sequence[GoalWeek], own_wins: int, words: Language, *, client: str, variant: int) -> Iterator[str]:
    done = [goal for goal in goals if goal.tally.done > 0]
    own = _own_wins(own_wins, words)
    if not done and not own:
        yield phrase(words.weekly.quiet, variant, client=client)
        return
    for rows in (_rows(done, words, None), _rows(done, words, 24), _total(done, goals, words)):
        yield phrase(words.weekly.week, variant, client=client, rows=", ".join([*rows, *own]))


def _rows(goals: Sequence[GoalWeek], words: Language, limit: int | None) -> list[str]:
    templates = [words.weekly.first_row, *[words.weekly.row] * len(goals)]
    return [
        template.format(title=shorten(plain(goal.title), limit), done=goal.tally.done, days=goal.tally.days)
        for template, goal in zip(templates, goals, strict=False)
    ]


def _total(done: Sequence[GoalWeek], goals: Sequence[GoalWeek], words: Language) -> list[str]:
    if not done:
        return []
    times = sum(goal.tally.done for goal in goals)
    return [words.weekly.total.format(done=times, days=sum(goal.tally.days for goal in goals))]


def _own_wins(count: int, words: Language) -> list[str]:
    if count < 1:
        return []
    return [words.weekly.own_win if count == 1 else words.weekly.own_wins.format(count=count)]


def _is_moment(quote: str, goals: Sequence[GoalWeek], words: Language) -> bool:
    """Whether their words tell more than that a goal was done, which the rows say already."""
    said = re.findall(r"[^\W\d_]+", quote.lower())
    if len(quote.split()) < FEWEST_WORDS:
        return False
    stems = {word[:STEM] for goal in goals for word in re.findall(r"[^\W\d_]+", goal.title.lower())}
    telling = {word for word in said if word not in words.grammar.reporting and word[:STEM] not in stems}
    return len(telling) >= FEWEST_TELLING


def _quoted(quote: str | None, words: Language, limit: int | None) -> str:
    said = " ".join((quote or "").split()).rstrip(".").replace('"', "'")
    return words.weekly.quote.format(quote=shorten(said, limit)) if said else ""
