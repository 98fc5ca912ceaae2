"""The words of a client's own page: the same in each language, with the same places to fill."""

from string import Formatter

import pytest

from coach_portal.web.own_words import SPOKEN, own_words
from coach_portal.web.own_words import en as english


def names_in(module):
    """The words a language has."""
    return {name for name in vars(module) if name.isupper()}


def places_in(said):
    """What its templates want filled, in whatever shape they are held."""
    parts = said.values() if isinstance(said, dict) else [said] if isinstance(said, str) else said
    return {field for part in parts for _, field, _, _ in Formatter().parse(part) if field}


@pytest.mark.parametrize("code", SPOKEN)
def test_every_language_says_everything(code):
    theirs = own_words(code)
    assert names_in(theirs) == names_in(english)
    for name in names_in(english):
        ours, said = getattr(english, name), getattr(theirs, name)
        assert places_in(said) == places_in(ours), name
        assert len(said) == len(ours) if isinstance(ours, tuple | dict) else said, name
        assert not isinstance(ours, dict) or said.keys() == ours.keys(), name
