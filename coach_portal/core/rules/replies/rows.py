"""Step 5, rows: answers in the order of the goals asked ("Y N Y", "no and yes"), and shares of them ("0/3")."""

from collections.abc import Sequence

from .part import Part
from .patterns import Cue
from .polarity import Status
from .report import Entry, Story, entries_of
from .text import NUMBER, WORD

_SHORT: dict[str, Status] = {"yes": "done", "done": "done", "no": "missed", "missed": "missed"}


_LONGEST = 3  # words of one answer in a row


def answer_row(story: Story) -> list[Entry]:
    """A row of answers, one for each goal asked: "Y N Y", "yes yes no", "tick, tick, cross"; or of amounts."""
    reading, asked = story.reading, story.situation.asked
    if len(asked) < 2:
        return []
    row: Sequence[Cue] = [cue for cue in reading.answers if cue.name in _SHORT]
    alone = len(row) == len(asked) and not _loose(story, [(cue.first, cue.end) for cue in row])
    row = row if alone else _run(story, row, 1) or _run(story, row, _LONGEST)
    if row:
        return [
            Entry(goal, _SHORT[cue.name], story.today(), None, None, cue.first, cue.end)
            for goal, cue in zip(asked, row, strict=True)
        ]
    share = _share(story)
    if share:
        return [Entry(goal, share, story.today(), end=len(reading.tokens)) for goal in asked]
    amounts = story.quantities
    if len(amounts) == len(asked) and not _loose(story, [(one.first, one.end) for one in amounts]):
        parts = [Part(one.first, one.end, quantities=[one]) for one in amounts]
        return [
            entry
            for goal, part in zip(asked, parts, strict=True)
            for entry in entries_of(story, [part], [goal], "done")
        ]
    return []


def _loose(story: Story, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the text says more than what stands in these spans."""
    covered = {place for first, end in spans for place in range(first, end)}
    filler = story.reading.lexicon.classes["row_filler"]
    return any(
        place not in covered and token.kind in (WORD, NUMBER) and token.word not in filler
        for place, token in enumerate(story.reading.tokens)
    )


def _run(story: Story, row: Sequence[Cue], words: int) -> Sequence[Cue]:
    """As many answers of so many words in a row as goals were asked, and none of them named: "no and did it"."""
    size = len(story.situation.asked)
    if story.mentions:
        return ()
    tokens, filler = story.reading.tokens, story.reading.lexicon.classes["row_filler"]
    runs: list[list[Cue]] = []
    for cue in row:
        if cue.end - cue.first > words:
            continue
        between = tokens[runs[-1][-1].end : cue.first] if runs else ()
        if runs and all(token.word in filler or token.word == "," for token in between):
            runs[-1].append(cue)
        else:
            runs.append([cue])
    found = [run for run in runs if len(run) == size]
    return found[0] if len(found) == 1 else ()


def _share(story: Story) -> Status | None:
    """All or none of those asked, told as a share and no more: "0/3 today"."""
    numbers = [token.word for token in story.reading.tokens if token.kind == NUMBER]
    size = len(story.situation.asked)
    whole = Part(0, len(story.reading.tokens), days=story.days)
    if len(numbers) != 1 or story.mentions or not story.is_short(whole):
        return None
    shares: dict[str, Status] = {f"0/{size}": "missed", f"{size}/{size}": "done"}
    return shares.get(numbers[0])
