"""What is said when a goal ends well, and the anchor that an old habit makes for a new one."""

from coach_portal.core.rules.texts.fitting import SHORTER, first_that_fits, phrase, plain, shorten, within
from coach_portal.core.rules.texts.labels import as_done
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords


def thanks(goal: str, locale: str, *, client: str, coach: str, variant: int = 0) -> str:
    """A goal is retired because it has become the client's own. First names."""
    options = language(locale).growing.thanks
    names = {"client": plain(client), "coach": plain(coach)}
    titles = (shorten(plain(goal), limit) for limit in (None, *SHORTER))
    return first_that_fits((phrase(options, variant, goal=within(title), **names) for title in titles), whole=1)


def stacked_anchor(goal: str, locale: str) -> str:
    """The anchor that a habit makes for the next one: "after 5 squats"."""
    return language(locale).growing.anchor.format(goal=within(plain(goal)))


def resized(goal: GoalWords, amount: float, locale: str) -> str:
    """The goal's title with another amount: "6 squats" for "5 squats"; one that names no number stays."""
    title = plain(goal.title)
    if not any(character.isdigit() for character in title):
        return title
    told = as_done(GoalWords(title, "", goal.amount, goal.unit), amount, None, language(locale))
    return title if "(" in told and "(" not in title else told
