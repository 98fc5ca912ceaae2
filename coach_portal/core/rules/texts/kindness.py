"""Discouraged words, and the fact from their own record that stands against them."""

import re
from collections.abc import Mapping, Sequence

from coach_portal.core.rules.texts.fitting import SHORTER, first_that_fits, phrase, plain, shorten
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.words import GoalWords, Tally

ENOUGH = 2
"""Days done, and at least a third of the days, from which on a record can stand against "I never manage"."""


def discouraged(text: str, locale: str) -> str | None:
    """The words of a text that judge its writer, as far as their own record could answer them."""
    patterns = language(locale).growing.discouraged
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    first = min((match for match in found if match), key=lambda match: match.start(), default=None)
    return first[0].strip() if first else None


def kinder_reading(
    words: str, goals: Sequence[GoalWords], lately: Mapping[int, Tally], locale: str, *, variant: int = 0
) -> str | None:
    """Their words beside the goal they kept best lately; None where no fact is kinder, since cheering is not ours.

    `lately` goes by goal index. Not for a text that anyone is worried about.
    """
    kept = {index: tally for index, tally in lately.items() if _is_kind(tally) and 0 <= index < len(goals)}
    if not kept:
        return None
    best = max(kept, key=lambda index: (kept[index].done / max(kept[index].days, 1), kept[index].done))
    said, title, tally = plain(words).replace('"', "'"), plain(goals[best].title), kept[best]
    options = language(locale).answering.kinder
    done, days = str(tally.done), str(tally.days)
    return first_that_fits(
        (
            phrase(options, variant, words=shorten(said, limit), title=shorten(title, limit), done=done, days=days)
            for limit in (None, *SHORTER)
        ),
        whole=1,
    )


def _is_kind(tally: Tally) -> bool:
    return tally.done >= ENOUGH and tally.done * 3 >= tally.days
