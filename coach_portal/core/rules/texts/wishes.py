"""A wish confirmed in one line, and the one question after a long silence."""

from collections.abc import Sequence
from datetime import date, datetime, time

from coach_portal.core.rules.texts.fitting import first_that_fits, listing, phrase, plain, sentence
from coach_portal.core.rules.texts.holds import paused, resumed
from coach_portal.core.rules.texts.language import Language, language
from coach_portal.core.rules.texts.moments import day_in, moment_in
from coach_portal.core.rules.wishes.hearing import Wish

LONG_AGO = date(2000, 1, 1)
"""Any day: a time of day is told without one."""
ALL_TOGETHER = {"12345": "weekdays", "67": "weekends"}


def go_on(locale: str, *, client: str, coach: str, variant: int = 0) -> str:
    """Whether we should go on asking: kind, once, and any word will do. First names."""
    return first_that_fits([phrase(language(locale).wishing.go_on, variant, client=plain(client), coach=plain(coach))])


def own_page(locale: str, *, client: str, url: str, until: date, today: date) -> str:
    """The link to the page of their own, and until which day it opens. First name."""
    words = language(locale)
    day = day_in(words.grammar.until, until, today, words)
    return words.wishing.page.format(client=plain(client), url=url, day=day)


def all_granted(wishes: Sequence[Wish], locale: str) -> str:
    """What happens from now on, "okay" said once."""
    okay = language(locale).wishing.okay
    told = [granted(wish, locale) for wish in wishes]
    return " ".join([*told[:1], *(sentence(line.removeprefix(okay)) for line in told[1:])])


def granted(wish: Wish, locale: str) -> str:
    """What happens from now on."""
    words = language(locale)
    said = words.wishing
    if wish.kind == "go_on":
        return resumed(locale)
    if wish.kind == "rest":
        return paused(None, LONG_AGO, locale)
    if wish.kind in {"less", "half"}:
        return said.half
    if wish.kind == "days":
        return said.days.format(days=_days(wish.days, words))
    if wish.kind == "at":
        at = datetime.combine(LONG_AGO, time.fromisoformat(wish.at))
        return sentence(said.at.format(time=moment_in(at, LONG_AGO, words)))
    parts = {"part": said.only, "not_part": said.never}.get(wish.kind)
    return parts[wish.part] if parts else {"weekly": said.weekly, "more": said.more}[wish.kind]


def _days(days: str, words: Language) -> str:
    if days in ALL_TOGETHER:
        return str(getattr(words.wishing, ALL_TOGETHER[days]))
    return listing([words.wishing.day_names[int(digit) - 1] for digit in days], words)
