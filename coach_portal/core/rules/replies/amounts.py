"""Step 7, amounts: the quantities a text tells of, as numbers or words, apart from clock times, prices and ordinals."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .reading import Reading
from .text import MARK, NUMBER, WORD, Token

_PER_MINUTE = {"min": 1.0, "h": 60.0, "s": 1 / 60}


MONEY = "$"
_MONEY = frozenset("$£€")
MOST = 1_000_000  # nobody does more of anything in a day


class Quantity(NamedTuple):
    """A number said, its unit in the language-free name ("min", "page", ...) and the tokens it takes."""

    value: float
    unit: str | None
    first: int
    end: int
    noun: str | None = None


def quantities(reading: Reading) -> list[Quantity]:
    """Every quantity of the text, in its order."""
    covered = _not_amounts(reading)
    taken: list[Quantity] = [one for one in _phrases(reading) if one.first not in covered or one.end - 1 not in covered]
    covered |= {place for one in taken for place in range(one.first, one.end)}
    place = 0
    words = reading.lexicon.values["numbers"]
    while place < len(reading.tokens):
        token = reading.tokens[place]
        may_count = place not in covered and (token.kind == NUMBER or token.word in words)
        found = _number_at(reading, place) if may_count else None
        if found:
            taken.append(found)
        place = found.end if found else place + 1
    return sorted(taken, key=lambda one: one.first)


def _phrases(reading: Reading) -> Iterator[Quantity]:
    """Whole expressions such as "half an hour", the longest where they overlap."""
    last = 0
    phrases = [cue for name, cues in reading.cues.items() if name.startswith("q:") for cue in cues]
    for cue in sorted(phrases, key=lambda cue: (cue.first, -cue.end)):
        if cue.first >= last:
            written = cue.name[2:]
            value = float(written.rstrip("hm"))
            unit = "h" if written.endswith("h") else _unit_after(reading, cue.end)[0]
            yield Quantity(value, unit, cue.first, cue.end)
            last = cue.end
    yield from _and_a_half(reading)


def _and_a_half(reading: Reading) -> Iterator[Quantity]:
    """ "A litre and a half": one and a half of what stands between."""
    tokens, classes = reading.tokens, reading.lexicon.classes
    for place, token in enumerate(tokens[:-4]):
        if token.word in classes["one_of"] and _follows(tokens, place + 2, classes["and_a_half"]):
            unit = reading.lexicon.value("units", tokens[place + 1].word)
            if unit not in _PER_MINUTE:
                yield Quantity(1.5, unit, place, place + 5, tokens[place + 1].word)


def _not_amounts(reading: Reading) -> set[int]:
    covered = set[int]()
    verbs = reading.lexicon.classes["hold_of"]  # "put in an hour", "got hold of two"
    for cue in reading.cues.get("not_amount", ()):
        if not cue.first or reading.tokens[cue.first - 1].word not in verbs:
            covered.update(range(cue.first, cue.end))
    for cue in reading.cues.get("clock", ()):
        # "After 10 minutes" is no time of day.
        if _unit_after(reading, cue.end)[0] is None:
            covered.update(range(cue.first, cue.end))
    return covered


def _number_at(reading: Reading, place: int) -> Quantity | None:
    token = reading.tokens[place]
    if token.kind == NUMBER:
        return _figure_at(reading, place)
    return _word_at(reading, place) if token.kind == WORD else None


def _figure_at(reading: Reading, place: int) -> Quantity | None:
    tokens = reading.tokens
    value = _written(tokens[place].word)
    marks = reading.lexicon.classes["not_quantity"]
    if value is None or value > MOST or _is_list_mark(tokens, place) or _is_marked(tokens, place, marks):
        return None
    if place and tokens[place - 1].word in _MONEY:
        return Quantity(value, MONEY, place - 1, place + 1)
    found = _scaled(reading, value, place, place + 1)
    return None if found.unit is None and _is_year(tokens[place].word) else found


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word != "2000" and 1950 <= int(word) <= 2049


def _word_at(reading: Reading, place: int) -> Quantity | None:
    lexicon, word = reading.lexicon, reading.tokens[place].word
    words = lexicon.values["numbers"]
    if word not in words or word in lexicon.classes["scale_only"]:
        return None
    if word in lexicon.classes["articles"] and not _counts(reading, place):
        return None
    value, end = _spelled(reading.tokens, place, words)
    return _scaled(reading, value, place, end)


def _counts(reading: Reading, place: int) -> bool:
    """Whether "one" or "una" counts something rather than introduces it or points at it ("that one")."""
    tokens, classes = reading.tokens, reading.lexicon.classes
    if _unit_after(reading, place + 1)[0] is not None or _follows(tokens, place + 1, classes["and_a_half"]):
        return True
    before = tokens[place - 1].word if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    alone = after is None or after.kind == MARK or after.word not in classes["one_of_those"]
    return tokens[place].word in classes["counts"] and alone and before not in classes["pointing"]


def number_of(reading: Reading, place: int) -> int | None:
    """The whole number a token says, in figures or as a word."""
    word = reading.lexicon.value("numbers", reading.tokens[place].word) or reading.tokens[place].word
    return int(word) if word.isdigit() else None


def _written(word: str) -> float | None:
    if "/" in word:
        word, _, over = word.partition("/")
        if word.isdigit() and over.isdigit() and int(word) > int(over) >= 20:
            return None  # a reading such as 138/82 is no share of anything
    if ":" in word:
        return None
    if "," in word:
        head, _, tail = word.partition(",")
        word = head + tail if len(tail) == 3 else f"{head}.{tail}"
    try:
        return float(word)
    except ValueError:
        return None


def _is_list_mark(tokens: Sequence[Token], place: int) -> bool:
    """Whether the number only counts the lines of a list: "1. paid the gas 2. ran"."""
    after = tokens[place + 1] if place + 2 < len(tokens) else None
    if after is None or after.word not in (".", ")") or after.start != tokens[place].end or len(tokens[place].word) > 1:
        return False
    return tokens[place + 2].start > after.end and (place == 0 or tokens[place].word != "1")


def _is_marked(tokens: Sequence[Token], place: int, marks: frozenset[str]) -> bool:
    """Whether the number is a price, a percentage, an ordinal, a time of day and the like."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is not None and before.word in ("#", "*"):
        return True
    return after is not None and after.start == tokens[place].end and after.word in marks


def _spelled(tokens: Sequence[Token], place: int, words: Mapping[str, str]) -> tuple[float, int]:
    """A number in words: "twenty five", "treinta y cinco"."""
    value, end = float(words[tokens[place].word]), place + 1
    if value >= 20 and value % 10 == 0:
        ahead = end + 1 if end < len(tokens) and tokens[end].word == "y" else end
        unit = words.get(tokens[ahead].word) if ahead < len(tokens) else None
        if unit is not None and 0 < float(unit) < 10:
            return value + float(unit), ahead + 1
    return value, end


def _scaled(reading: Reading, value: float, first: int, end: int) -> Quantity:
    """The number with its hundreds and thousands, its half and its unit."""
    tokens, lexicon = reading.tokens, reading.lexicon
    halves = lexicon.classes["and_a_half"]
    if _follows(tokens, end, halves):
        value, end = value + 0.5, end + 3
    if _is_thousands(tokens, end):
        value, end = value * 1000, end + 1
    while end < len(tokens) and (scale := lexicon.value("scales", tokens[end].word)):
        value, end = value * float(scale), end + 1
        value, end = _plus_rest(tokens, value, end, lexicon.values["numbers"])
    if _follows(tokens, end, halves):
        value, end = value + 0.5, end + 3
    unit, noun = _unit_after(reading, end)
    if unit == "h" and end + 1 < len(tokens) and tokens[end + 1].kind == NUMBER:
        minutes = _written(tokens[end + 1].word)
        return Quantity(value * 60 + (minutes or 0), "min", first, end + 2)
    return Quantity(value, unit, first, end, noun)


def _is_thousands(tokens: Sequence[Token], place: int) -> bool:
    """ "9k steps", "steps 9k": a k that is no kilometre, since it counts what stands beside it."""
    if place >= len(tokens) or tokens[place].word != "k" or tokens[place].start != tokens[place - 1].end:
        return False
    beside = [tokens[at].word for at in (place - 3, place - 2, place + 1) if 0 <= at < len(tokens)]
    return any(word.startswith(("step", "word", "paso")) for word in beside)


def _plus_rest(tokens: Sequence[Token], value: float, end: int, words: Mapping[str, str]) -> tuple[float, int]:
    ahead = end + 1 if end < len(tokens) and tokens[end].word in ("and", "y") else end
    if ahead < len(tokens) and tokens[ahead].word in words and float(words[tokens[ahead].word]) > 0:
        rest, end = _spelled(tokens, ahead, words)
        return value + rest, end
    return value, end


def _follows(tokens: Sequence[Token], place: int, phrases: frozenset[str]) -> bool:
    return (
        place + 2 < len(tokens)
        and " ".join(token.word for token in tokens[place : place + 3]).replace(" ", "_") in phrases
    )


def _unit_after(reading: Reading, place: int) -> tuple[str | None, str | None]:
    """The unit the number is followed by, or else the noun that may be one."""
    for token in reading.tokens[place : place + 2]:
        unit = reading.lexicon.value("units", token.word)
        if unit:
            return unit, token.word
        if token.kind != WORD or token.word not in reading.lexicon.classes["unit_gap"]:
            return None, token.word if token.kind == WORD else None
    return None, None


def in_unit(quantity: Quantity, unit: str | None) -> float:
    """The value in the goal's unit, where one can be turned into the other; times count in minutes otherwise."""
    if quantity.unit in _PER_MINUTE:
        target = unit if unit in _PER_MINUTE else "min"
        return round(quantity.value * _PER_MINUTE[quantity.unit] / _PER_MINUTE[target], 2)
    return quantity.value


def hour_minute(word: str) -> tuple[int | None, int]:
    """A written clock time as hour and minute, the hour None where it is no time."""
    hour, _, minute = word.replace(".", ":").partition(":")
    if len(minute) == 1:
        return None, 0  # "2.8" is a distance
    if not hour.isdigit() or int(hour) > 23 or (minute and (not minute.isdigit() or int(minute) > 59)):
        return None, 0
    return int(hour), int(minute or 0)
