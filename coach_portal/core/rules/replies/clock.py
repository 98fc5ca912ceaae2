"""Step 8, clock times: the hours and minutes a text names."""

from collections.abc import Iterator

from .amounts import hour_minute
from .reading import Reading
from .spans import between
from .text import NUMBER


def clock_times(reading: Reading, first: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str | None]]:
    """Clock times said between two tokens: hour, minute and "a", "p" or None for the half of the day."""
    last = len(reading.tokens) if end is None else end
    tokens, lexicon = reading.tokens, reading.lexicon
    cues = [cue for name in ("ask_clock", "clock") for cue in between(reading.cues.get(name, ()), first, last)]
    places = {place for cue in cues for place in range(max(cue.first, first), min(cue.end, last))}
    for place in sorted(places):
        if not _is_minutes(reading, place):
            token = tokens[place]
            hour, minute = hour_minute(token.word) if token.kind == NUMBER else (_word_hour(reading, place), 0)
            if hour is None:
                continue
            before = tokens[place - 2].word if place >= 2 else ""
            link = tokens[place - 1].word if place else ""
            if link in ("to", "past") and before in lexicon.values["clock_minutes"]:
                minutes = int(lexicon.values["clock_minutes"][before])
                hour, minute = (hour - 1, 60 - minutes) if link == "to" else (hour, minutes)
            elif link == "half":
                minute = 30
            yield hour, minute, _half(reading, place)


def _is_minutes(reading: Reading, place: int) -> bool:
    """Whether the number says how many minutes to or past the hour that follows it: the ten of "ten past six"."""
    after = reading.tokens[place + 1].word if place + 2 < len(reading.tokens) else ""
    minutes = reading.lexicon.values["clock_minutes"]
    return after in ("to", "past") and (reading.tokens[place].word in minutes or reading.tokens[place].kind == NUMBER)


def _word_hour(reading: Reading, place: int) -> int | None:
    value = reading.lexicon.value("numbers", reading.tokens[place].word)
    return int(float(value)) if value and 1 <= float(value) <= 12 else None


def _half(reading: Reading, place: int) -> str | None:
    after = reading.tokens[place + 1].word if place + 1 < len(reading.tokens) else ""
    return after[0] if after in ("am", "pm", "a.m", "p.m") else None
