"""Step 8, days: which local days a text speaks of."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from .language_file import Lexicon
from .reading import Reading
from .text import MARK, NUMBER, Token


class DayMention(NamedTuple):
    """The days said at a place of the text."""

    days: tuple[date, ...]
    first: int
    end: int


def day_mentions(reading: Reading, now: datetime) -> list[DayMention]:
    """Every day or row of days said that is not in the future, in the order of the text."""
    found = [*_relative(reading, now.date()), *_weekdays(reading, now.date()), *_dates(reading, now.date())]
    told = [one for one in _outermost(found) if not _is_no_day_of_it(reading, one)]
    return sorted(told, key=lambda mention: mention.first)


def _is_no_day_of_it(reading: Reading, mention: DayMention) -> bool:
    """Whether a day only measures another ("more than yesterday") or is still to come ("booked for the 3rd")."""
    before = [token.word for token in reading.tokens[max(mention.first - 2, 0) : mention.first]]
    classes = reading.lexicon.classes
    ahead = len(before) == 2 and before[0] in classes["booked_for"] and reading.tokens[mention.first].kind == NUMBER
    return ahead or (bool(before) and before[-1] in classes["compared"])


def _outermost(found: Sequence[DayMention]) -> Iterator[DayMention]:
    taken: list[DayMention] = []
    for one in sorted(found, key=lambda mention: mention.first - mention.end):
        if not any(one.first < other.end and other.first < one.end for other in taken):
            taken.append(one)
    yield from taken


def _relative(reading: Reading, today: date) -> Iterator[DayMention]:
    for name, cues in reading.cues.items():
        if name.startswith("d:") and name[2:].lstrip("-").isdigit():
            for cue in cues:
                yield DayMention((today + timedelta(days=int(name[2:])),), cue.first, cue.end)
    for cue in reading.cues.get("d:weekend", ()):
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        yield DayMention((saturday, saturday + timedelta(days=1)), cue.first, cue.end)


def _weekdays(reading: Reading, today: date) -> Iterator[DayMention]:
    tokens, lexicon = reading.tokens, reading.lexicon
    names = lexicon.values["weekdays"]
    for place, token in enumerate(tokens):
        number = names.get(token.word)
        if number is None or (
            token.word in lexicon.classes["maybe_weekday"] and not _is_weekday(tokens, place, lexicon)
        ):
            continue
        back = (today.weekday() - int(number)) % 7
        since = place and tokens[place - 1].word in lexicon.classes["since"]
        days = range(back, -1, -1) if since else (back,)
        opened = since or (place and tokens[place - 1].word in lexicon.classes["weekday_opener"])
        yield DayMention(tuple(today - timedelta(days=n) for n in days), place - bool(opened), place + 1)


def _is_weekday(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether "sat" or "sun" stands where a day stands."""
    before = next((token.word for token in tokens[max(place - 2, 0) : place][::-1] if token.kind != MARK), "")
    after = next((token.word for token in tokens[place + 1 : place + 3] if token.kind != MARK), "")
    return before in lexicon.classes["by_weekday"] or any(lexicon.value("weekdays", word) for word in (before, after))


def _dates(reading: Reading, today: date) -> Iterator[DayMention]:
    for place, token in enumerate(reading.tokens):
        if token.kind == NUMBER and token.word.isdigit() and 0 < int(token.word) <= 31:
            end = ordinal_end(reading, place)
            after = reading.tokens[end].word if end and end < len(reading.tokens) else ""
            if (
                end
                and after not in reading.lexicon.classes["ordinal_noun"]
                and (
                    token.word != "1"
                    or (place and reading.tokens[place - 1].word in reading.lexicon.classes["date_opener"])
                )
            ):
                yield DayMention((_latest(int(token.word), today),), place, end)


def ordinal_end(reading: Reading, place: int) -> int:
    """Where an ordinal day ("the 3rd") that begins at a number ends, or 0."""
    tokens = reading.tokens
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if (
        after is not None
        and after.start == tokens[place].end
        and after.word in reading.lexicon.classes["ordinal_endings"]
    ):
        return place + 2
    return 0


def _latest(day: int, today: date) -> date:
    """The last date with that day of the month."""
    at = today
    for _ in range(62):
        if at.day == day:
            return at
        at -= timedelta(days=1)
    return today
