"""The words of a locale on calls."""

import re
from functools import cache

from coach_portal.core.rules.voice import en, es
from coach_portal.core.rules.voice.language import Speaking


@cache
def speaking(locale: str) -> Speaking:
    """The words of a locale: "es-MX" speaks "es"; one that we do not have speaks English."""
    return {"en": en.WORDS, "es": es.WORDS}.get(locale.strip()[:2].lower(), en.WORDS)


def bare(said: str) -> str:
    """Words alone, in small letters and without marks."""
    return " ".join(re.sub(r"[^\w\s]", " ", said.casefold()).split())
