"""A practice's own wordings: what each kind of text holds, and what is wrong with one."""

import re
from dataclasses import dataclass
from string import Formatter

from coach_portal.core.rules.selling import selling_words
from coach_portal.core.rules.texts.language import Language, language

LONGEST = 300
_KEYWORD = re.compile(
    r"\b(?:reply|answer|respond|text|say|send|responde|contesta|escribe|manda)\b[^.?]{0,12}?"
    r"\b(?:yes|stop|end|quit|cancel|help|info|start|s[ií]|alto|baja)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Holds:
    """The names in braces that a kind of text must hold, and those that it may."""

    must: frozenset[str]
    may: frozenset[str]


KINDS = {
    "check_in": Holds(frozenset({"goals"}), frozenset({"client", "coach"})),
    "wins": Holds(frozenset(), frozenset({"client"})),
    "reminder": Holds(frozenset({"when"}), frozenset({"client", "coach"})),
}
"""The kinds of texts that a practice may word itself."""


def houses_own(kind: str, locale: str) -> tuple[str, ...]:
    """The house's wordings of a kind."""
    words: Language = language(locale)
    return {"check_in": words.asking.check_in, "wins": words.asking.wins, "reminder": words.asking.reminder}[kind]


def trouble(kind: str, body: str) -> str | None:
    """What to do about a wording, None if it may be used."""
    return trouble_with(KINDS[kind], body, LONGEST)


def trouble_with(holds: Holds, body: str, longest: int) -> str | None:
    """What to do about a text that holds these names and at most so many characters, None if it may be used."""
    names = _names(body)
    if names is None:
        return "Each { wants its }, with a name between them."
    unknown = names - holds.must - holds.may
    if unknown:
        return f"{_braced(unknown)} stands for nothing here; there are {_braced(holds.must | holds.may)}."
    if not holds.must <= names:
        return f"Put {_braced(holds.must - names)} where it belongs."
    if len(body) > longest:
        return f"Shorten it: at most {longest} characters."
    return _by_content(body)


def _by_content(body: str) -> str | None:
    sells = selling_words(body)
    if sells:
        return f"“{sells}” sells. Clients agreed to check-ins, not to offers: a text that mixes both is an offer."
    if _KEYWORD.search(body):
        return "Do not ask for YES, STOP, HELP and their like: the carriers act on those words themselves."
    return None


def _names(body: str) -> set[str] | None:
    """The names in braces; None where the braces are no pairs, or hold more than a name."""
    try:
        parts = [part for part in Formatter().parse(body) if part[1] is not None]
    except ValueError:
        return None
    if any(spec or conversion or not name or not name.isidentifier() for _, name, spec, conversion in parts):
        return None
    return {str(name) for _, name, _, _ in parts}


def _braced(names: set[str] | frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
