"""Whether a word said is a word meant: itself, an inflection of it, or it with one slip of the finger."""

_VOWELS = dict.fromkeys(map(ord, "aeiou"))


def stem_of(word: str) -> str:
    """What the inflections of a word begin with."""
    size = len(word)
    return word if size <= 4 else word[: max(4, size - 2 - size // 6)]


def is_said(said: str, meant: str, stem: str, endings: frozenset[str]) -> bool:
    """Whether the word said is the one meant, or as good as."""
    return (
        said == meant
        or _is_inflected(said, meant, stem, endings)
        or _is_typo(said, meant)
        or (len(said) > 2 and _without_vowels(said) == said == _without_vowels(meant))
    )


def _without_vowels(word: str) -> str:
    """ "jrnl" for "journal", as the hasty write it."""
    return word.translate(_VOWELS)


def _is_inflected(said: str, meant: str, stem: str, endings: frozenset[str]) -> bool:
    """Whether the word said begins like the one meant; a short one only with a known ending ("reads", not "ready")."""
    if not said.startswith(stem):
        return False
    if len(meant) <= 4:
        return said[len(stem) :] in endings
    return len(said) <= len(meant) + 4


def _is_typo(said: str, meant: str) -> bool:
    if len(said) < 5 or said[0] != meant[0] or abs(len(said) - len(meant)) > 1:
        return False
    return _is_one_edit(*sorted((said, meant), key=len))


def _is_one_edit(short: str, long: str) -> bool:
    """Whether one letter put in, changed, or swapped with the next makes the two words one."""
    at = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long
