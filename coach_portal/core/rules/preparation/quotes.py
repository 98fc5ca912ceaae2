"""A client's own words, worth a coach's word: their reflections, and what they wrote when something was done."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coach_portal.core.rules.preparation.material import Answer, Material, Text
from coach_portal.core.rules.texts.digests import is_moment
from coach_portal.core.rules.texts.language import language

MOST, MOST_REFLECTIONS = 3, 2
LONGEST = 240
"""Letters; whoever wrote more is read in the conversation."""
FEWEST_WORDS = 3
"""A bare "yes" or "did both" says nothing that the line beside it does not."""
_UNQUOTED = re.compile(r"[?¿\n]")
"""A question is for the coach to answer, not to quote."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they were written. `question` is what they answer, empty for a text with a win."""

    body: str
    day: date
    text_id: int | None
    question: str = ""


def quotes(material: Material) -> tuple[Quote, ...]:
    """The newest reflections, then the most telling words that came with wins; oldest first."""
    answers = [
        Quote(answer.body, answer.day, answer.text_id, answer.question)
        for answer in material.answers
        if answer.day >= material.since and _may_be_quoted(material, answer)
    ]
    chosen = sorted(answers, key=lambda quote: quote.day)[-MOST_REFLECTIONS:]
    taken = {quote.text_id for quote in chosen}
    told = material.lately()
    missed = {each.text_id for each in told if each.did == "missed"}
    wins = {each.text_id for each in told if each.did != "missed"} - taken - missed
    texts = [text for each in wins if (text := material.texts.get(each or 0))]
    telling = [text for text in texts if _is_telling(material, text)]
    telling.sort(key=lambda text: (-len(text.body), -text.id))
    chosen += [Quote(text.body, text.day, text.id) for text in telling[: MOST - len(chosen)]]
    return tuple(sorted(chosen, key=lambda quote: (quote.day, quote.text_id or 0)))


def best(material: Material, ids: Iterable[int]) -> Text | None:
    """Of these texts the one that says most and may be shown, if any says something; the newest of equals."""
    texts = [text for each in ids if (text := material.texts.get(each)) and text.is_safe]
    shown = [text for text in texts if len(text.body) <= LONGEST and len(text.body.split()) >= FEWEST_WORDS]
    return max(shown, key=lambda text: _worth(material, text), default=None)


def _worth(material: Material, text: Text) -> tuple[bool, bool, int, int]:
    return _is_telling(material, text), not _UNQUOTED.search(text.body), min(len(text.body), 60), text.id


def _is_telling(material: Material, text: Text) -> bool:
    titles = [goal.title for goal in material.goals]
    return (
        text.is_safe
        and len(text.body) <= LONGEST
        and not _UNQUOTED.search(text.body)
        and is_moment(text.body, titles, language(material.locale))
    )


def _may_be_quoted(material: Material, answer: Answer) -> bool:
    text = material.texts.get(answer.text_id or 0)
    is_question = _UNQUOTED.search(answer.body)
    return len(answer.body) <= LONGEST and not is_question and (text is None or text.is_safe)
