"""The week in a text: what was done, one moment in their words, one question. Under three segments."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from coach_portal.core.rules.sms_text import is_gsm
from coach_portal.core.rules.texts.fitting import first_that_fits, phrase, plain, shorten
from coach_portal.core.rules.texts.language import Language, language
from coach_portal.core.rules.texts.words import Before, GoalWeek
from coach_portal.core.rules.weeks import standing_of

MOST_SEGMENTS = 2
QUOTE_LENGTH = 70
FEWEST_WORDS = 5
FEWEST_TELLING = 2
"""A moment worth quoting has so many words, and so many of them beside a goal's title and a bare report's."""
STEM = 4
"""Words alike this far are one: "walked" tells of "Walk"."""
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def digest(
    goals: Sequence[GoalWeek],
    locale: str,
    *,
    client: str,
    question: str,
    quote: str | None = None,
    said_before: str | None = None,
    own_wins: int = 0,
    before: Before | None = None,
    link: str = "",
    variant: int = 0,
) -> str:
    """The client's week. Goals without a day done are left out: what was not done is not held up to them.

    `own_wins` counts wins outside the goals, `before` is what the week is set beside. A `quote` that only reports is
    left out; then what they answered a week ago, `said_before`, may come back. Where it grows too long the words are
    cut, then left out, then the comparison goes, then the goals become one total. `link` leads to the week's picture.
    """
    words = language(locale)
    beside = _beside(goals, own_wins, before or Before(), words, variant)
    # A name that is not GSM-7 would cost the text half its room: it stands on the picture instead.
    named = plain(client) if is_gsm(client) else ""
    tellings = _tellings(goals, own_wins, words, client=named, variant=variant)
    picture = words.weekly.picture.format(link=link) if link else ""
    return first_that_fits(
        (
            " ".join([part for part in (week, compared, said, picture, question) if part])
            for week in tellings
            for compared, said in _sayings(beside, _moment(quote, said_before, goals, words))
        ),
        most=MOST_SEGMENTS,
    )


def moment_of_week(said: Sequence[str], titles: Sequence[str], locale: str) -> str | None:
    """Of a week's texts the longest that tells a moment: more than that a goal was done, and nothing heavy."""
    words = language(locale)
    moments = [one for one in said if is_moment(one, titles, words)]
    return max(moments, key=len, default=None)


def is_heavy(said: str, locale: str) -> bool:
    """Whether words tell of a heavy heart. Such words are not given back on a Sunday."""
    return not language(locale).weekly.heavy.isdisjoint(_words_of(said))


def _sayings(beside: str, moment: tuple[str, str] | None) -> Iterator[tuple[str, str]]:
    if moment:
        template, said = moment
        yield beside, template.format(quote=said)
        yield beside, template.format(quote=shorten(said, QUOTE_LENGTH))
    yield beside, ""
    if beside:
        yield "", ""


def _moment(
    quote: str | None, said_before: str | None, goals: Sequence[GoalWeek], words: Language
) -> tuple[str, str] | None:
    """This week's words, else last week's answer: with the sentence that gives them back, if they tell anything."""
    titles = [goal.title for goal in goals] if quote or said_before else []
    for said, template in ((quote, words.weekly.quote), (said_before, words.weekly.quote_before)):
        if said and is_moment(said, titles, words):
            return template, " ".join(said.split()).rstrip(".").replace('"', "'")
    return None


def _beside(goals: Sequence[GoalWeek], own_wins: int, before: Before, words: Language, variant: int) -> str:
    """The week beside their own last weeks; nothing where there is nothing true and kind to say."""
    weekly = words.weekly
    done = sum([goal.tally.done for goal in goals])
    if not done and not own_wins:
        return phrase(weekly.quiet_before, variant, count=str(before.done)) if before.done > 1 else ""
    standing = standing_of(done, before.done, before.weeks)
    if standing is None or (standing == "smaller" and own_wins):
        return ""
    options: tuple[str, ...] = getattr(weekly, standing)
    return options[variant % len(options)]


def _tellings(goals: Sequence[GoalWeek], own_wins: int, words: Language, *, client: str, variant: int) -> Iterator[str]:
    done = [goal for goal in goals if goal.tally.done > 0]
    own = _own_wins(own_wins, words)
    if not done and not own:
        yield phrase(words.weekly.quiet, variant, client=client)
        return
    # One after the other: most weeks are told in full, and the rest is then never worded.
    for shorten_to in (None, 24, 0):
        rows = _total(done, goals, words) if shorten_to == 0 else _rows(done, words, shorten_to)
        yield phrase(words.weekly.week, variant, client=client, rows=", ".join([*rows, *own]))


def _rows(goals: Sequence[GoalWeek], words: Language, limit: int | None) -> list[str]:
    template, rows = words.weekly.first_row, []
    for title, tally in goals:
        rows.append(template.format(title=shorten(plain(title), limit), done=tally.done, days=tally.days))
        template = words.weekly.row
    return rows


def _total(done: Sequence[GoalWeek], goals: Sequence[GoalWeek], words: Language) -> list[str]:
    if not done:
        return []
    times = sum(goal.tally.done for goal in goals)
    return [words.weekly.total.format(done=times, days=sum(goal.tally.days for goal in goals))]


def _own_wins(count: int, words: Language) -> list[str]:
    if count < 1:
        return []
    return [words.weekly.own_win if count == 1 else words.weekly.own_wins.format(count=count)]


def is_moment(said: str, titles: Sequence[str], words: Language) -> bool:
    """Whether their words tell more than that a goal was done, which the rows say already, and are not heavy ones."""
    if len(said.split()) < FEWEST_WORDS or not words.weekly.heavy.isdisjoint(_words_of(said)):
        return False
    return len(_telling(said, titles, words)) >= FEWEST_TELLING


def is_bare_report(said: str, titles: Sequence[str], locale: str) -> bool:
    """Whether a text says that goals were done and nothing more: no answer to a question about the week."""
    words = language(locale)
    has_done = not words.weekly.did.isdisjoint(_words_of(said))
    return has_done and len(_telling(said, titles, words)) < FEWEST_TELLING


def _telling(said: str, titles: Sequence[str], words: Language) -> set[str]:
    """The words beside a goal's title and a bare report's."""
    stems = {stem for title in titles for stem in _stems(title)}
    return {word for word in _words_of(said) if word not in words.grammar.reporting and word[:STEM] not in stems}


@lru_cache(maxsize=16)  # the same words are asked about a few times in a row
def _words_of(said: str) -> list[str]:
    return _WORD.findall(said.lower().replace("’", "'"))


@lru_cache(maxsize=2048)
def _stems(title: str) -> tuple[str, ...]:
    return tuple(word[:STEM] for word in _WORD.findall(title.lower()))
