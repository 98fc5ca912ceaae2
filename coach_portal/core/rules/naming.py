"""Where other people's texts name someone, and how a name is blanked out in them.

A name is blanked with as many low lines as it has letters, so that places marked in a text still fit it.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

# Names that are also words of every day, in English or Spanish: alone they say nothing about a person.
ALSO_WORDS: Final = frozenset({
    "alba", "alma", "angel", "april", "art", "august", "autumn", "bill", "blanca", "carmen", "christian", "clara",
    "consuelo", "cruz", "daisy", "dale", "dawn", "dean", "dolores", "drew", "earl", "esperanza", "eve", "faith", "flor",
    "frank", "gene", "gloria", "grace", "gracia", "grant", "guy", "heather", "holly", "hope", "hunter", "iris", "ivy",
    "jack", "jade", "jay", "jewel", "joy", "june", "king", "lance", "leo", "leon", "lily", "long", "luz", "mar",
    "marina", "mark", "max", "may", "mercedes", "mercy", "milagros", "miles", "nieves", "norma", "olive", "pat", "paz",
    "pearl", "penny", "pilar", "ray", "reina", "rich", "rob", "robin", "rocio", "rosa", "rose", "ruby", "sandy",
    "serena", "sky", "sol", "soledad", "star", "stone", "sue", "summer", "victor", "victoria", "violet", "ward",
    "white", "will", "young",
})  # fmt: skip
SHORTEST = 3
"""Letters a part of a name must have to stand for the person."""
_PHONE_DIGITS = 9


def telling_names(name: str, others: Iterable[str]) -> list[str]:
    """What names this person and nobody else: their whole name, and each part that is no word and no one else's."""
    taken = {part.casefold() for other in others for part in other.split()}
    parts = [part.strip(".,") for part in name.split()]
    alone = [
        part
        for part in parts
        if len(part) >= SHORTEST and part.casefold() not in taken and part.casefold() not in ALSO_WORDS
    ]
    whole = [" ".join(name.split())] if len(parts) > 1 else []
    return [*whole, *alone]


def mentions(names: Iterable[str], phone: str) -> re.Pattern[str]:
    """Finds any of the names as words of their own, whatever their capitals, and the phone however it is spaced."""
    digits = re.sub(r"\D", "", phone)[-_PHONE_DIGITS:]
    words = [rf"(?<!\w){re.escape(name)}(?!\w)" for name in names]
    return re.compile("|".join([*words, rf"(?<!\d)\(?(?:\+?\d{{1,3}}[\s().-]*)?{'[ ().-]*'.join(digits)}(?!\d)"]), re.I)


def blanked(value: Any, told: re.Pattern[str]) -> Any:
    """A text, or whatever JSON holds, without what the pattern finds."""
    if isinstance(value, str):
        return told.sub(lambda found: "_" * len(found[0]), value)
    if isinstance(value, list):
        return [blanked(part, told) for part in value]
    if isinstance(value, dict):
        return {blanked(name, told): blanked(part, told) for name, part in value.items()}
    return value


def traces(names: Iterable[str], phone: str) -> list[str]:
    """Small letters that a text must hold to be worth a look: databases fold the capitals of plain letters only."""
    runs = [max(re.findall(r"[a-z0-9]+", name.lower()) or [""], key=len) for name in names]
    return [*dict.fromkeys(run for run in runs if run), re.sub(r"\D", "", phone)[-4:]]
