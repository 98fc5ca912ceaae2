"""The words of a client's own page: one file for each language, and nothing else knows them."""

from functools import cache
from importlib import import_module
from typing import Any

SPOKEN = ("en", "es")


def code_of(locale: str) -> str:
    """The language the page speaks for a locale; English where we have no other."""
    return locale[:2] if locale[:2] in SPOKEN else "en"


@cache
def own_words(locale: str) -> Any:
    """The words of a locale."""
    return import_module(f"{__package__}.{code_of(locale)}")
