"""Which language a text of ours is in, told by the words of the language data."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from coach_portal.core.rules.texts.language import language

LOCALES = ("en", "es")


def is_in(body: str, locale: str, besides: str = "") -> bool:
    """Whether more words of this language's own are in the body than of any other's. Words `besides` do not count."""
    words = _words(body) - _words(besides)
    own = len(words & _own_words(locale))
    return all(own > len(words & _own_words(other)) for other in LOCALES if other != locale)


@cache
def _own_words(locale: str) -> frozenset[str]:
    """The words that this language's data has and no other's."""
    others = [_vocabulary(other) for other in LOCALES if other != locale]
    return _vocabulary(locale).difference(*others)


@cache
def _vocabulary(locale: str) -> frozenset[str]:
    return frozenset(word for wording in _strings(language(locale)) for word in _words(wording))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", re.sub(r"\{.*?\}", " ", text).casefold()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(tuple(value.values()))
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        yield from _strings(tuple(getattr(value, field.name) for field in fields(value)))
