"""Putting words in, and making them fit."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from coach_portal.core.rules.sms_text import room, segments, to_gsm
from coach_portal.core.rules.texts.language import Language

_OPENING = re.compile(r"(?:^|[.?] )\{(goals|day)\}")

SHORTER = (48, 32, 24, 16)
"""Lengths that titles are cut to, one after the other, until a text fits."""


def phrase(options: Sequence[str], variant: int, **values: str) -> str:
    """One of the wordings, picked by the variant and filled; those that would show an empty value stand back.

    What begins a sentence has a capital first.
    """
    empty = [f"{{{name}}}" for name, value in values.items() if not value]
    usable = [option for option in options if not any(name in option for name in empty)] if empty else options
    chosen = usable or options
    template = chosen[variant % len(chosen)]
    for name in _opening(template):
        values[name] = sentence(values[name])
    return template.format_map(values)


@cache
def _opening(template: str) -> frozenset[str]:
    """The names whose words begin a sentence of ours."""
    return frozenset(_OPENING.findall(template))


@lru_cache(maxsize=2048)  # one text is told in several ways until it fits, each time of the same titles
def plain(words: str) -> str:
    """People's words on one line, with no mark at their end that would double ours."""
    return " ".join(words.split()).rstrip(" .,;:!?")


def shorten(words: str, limit: int | None) -> str:
    """The words cut at a word's end, with three dots, to at most `limit` characters."""
    if limit is None or len(words) <= limit:
        return words
    head = words[: limit - 3]
    whole_words = head.rsplit(" ", 1)[0]
    return (whole_words if len(whole_words) * 2 > limit else head).rstrip(" .,;:-(") + "..."


def listing(parts: Sequence[str], language: Language, most: int | None = None) -> str:
    """The parts as "a, b and c"; where they are more than `most` the last ones are counted: "a, b and 3 more"."""
    shown = list(parts)
    if most is not None and len(shown) > most:
        shown = [*shown[: most - 1], language.grammar.more.format(count=len(shown) - most + 1)]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {_and_before(shown[-1], language)} {shown[-1]}"


def sentence(words: str) -> str:
    """The words with a capital first, unless they are written in a way of their own ("iPhone-free hour")."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def within(words: str) -> str:
    """The words inside a sentence: a small letter first, unless they are written in a way of their own."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def first_that_fits(candidates: Iterable[str], most: int = 1, whole: int = 0) -> str:
    """The first body of at most so many segments, else the last one, in GSM look-alikes.

    The first `whole` candidates cut nobody's words. Where those words are not GSM-7, a body may take one segment more
    before anything is cut.
    """
    body, spare = "", ""
    for place, candidate in enumerate(candidates):
        if spare and place >= whole:
            break
        body = to_gsm(candidate)
        if len(body) > room(most):  # whatever it weighs
            continue
        weight = segments(body)
        fits_with_one_more = whole > 0 and weight.encoding == "UCS-2" and weight.count == most + 1
        if weight.count <= most or (fits_with_one_more and place >= whole):
            return body
        spare = spare or (body if fits_with_one_more else "")
    return spare or body


def _and_before(word: str, language: Language) -> str:
    """The word for "and" that may stand before this one: "y", but "e" before "Ir a nadar"."""
    shift = language.grammar.and_shift
    return shift[1] if shift and re.match(shift[0], word, re.IGNORECASE) else language.grammar.and_
