"""Step 6, goals picked by their place: "1 and 3", "the first two", "number 3", "the middle one"."""

from collections.abc import Iterator, Sequence

from .clauses import Clause
from .days import day_mentions
from .goals import Mention
from .polarity import answers_between
from .reading import Reading
from .text import EMOJI, MARK, NUMBER, WORD
from .understanding import Situation

_SURE = 1.5


def picks_of(reading: Reading, situation: Situation, clauses: Sequence[Clause]) -> list[Mention]:
    """The goals picked by number or order, when several were asked about."""
    if len(situation.asked) < 2:
        return []
    numbered = list(_numbered(reading, situation))
    if numbered:
        return numbered
    found = [*_ordinals(reading, situation), *_named_places(reading, situation)]
    dated = {at for day in day_mentions(reading, situation.local_time) for at in range(day.first, day.end)}
    for clause in clauses:
        found += _numbers(reading, situation, clause, dated)
    return found


def _numbered(reading: Reading, situation: Situation) -> Iterator[Mention]:
    """A list with its numbers: "1 yes 2 yes 3 ask me tomorrow"."""
    tokens = reading.tokens
    ends = {cue.end for cue in reading.answers}
    places = [at for at, token in enumerate(tokens) if token.kind == NUMBER]
    goals = {str(goal + 1): goal for goal in situation.asked}
    if sorted(tokens[at].word for at in places) != sorted(goals):
        return
    polite = reading.lexicon.classes["row_filler"]
    opens = next((at for at, token in enumerate(tokens) if token.kind != MARK and token.word not in polite), 0)
    if any(at + 1 == len(tokens) or reading.lexicon.value("units", tokens[at + 1].word) for at in places):
        return
    opening = all(at == opens or at in ends or tokens[at - 1].kind in (MARK, EMOJI) for at in places)
    if opening and all(tokens[at + 1].kind in (WORD, EMOJI) for at in places):
        yield from (Mention(goals[tokens[at].word], at, at + 1, _SURE) for at in places)


def _named_places(reading: Reading, situation: Situation) -> Iterator[Mention]:
    for name, goal in (("former", situation.asked[0]), ("latter", situation.asked[-1])):
        for cue in reading.cues.get(name, ()):
            yield Mention(goal, cue.first, cue.end, _SURE)


def _ordinals(reading: Reading, situation: Situation) -> Iterator[Mention]:
    tokens, lexicon = reading.tokens, reading.lexicon
    for place, token in enumerate(tokens):
        ordinal = lexicon.value("ordinals", token.word)
        after = tokens[place + 1].word if place + 1 < len(tokens) else ""
        if ordinal is not None and after not in lexicon.classes["ordinal_noun"]:
            for goal in _by_ordinal(reading, situation.asked, int(ordinal), place):
                yield Mention(goal, place, place + 1, _SURE)


def _by_ordinal(reading: Reading, asked: Sequence[int], ordinal: int, place: int) -> Sequence[int]:
    """The goals "the first two", "the last", "the middle one" or "the second" pick."""
    many = _how_many(reading, place, len(asked))
    if ordinal == 0:
        return asked[1:-1]
    if ordinal < 0:
        return asked[-many:]
    if many > 1:
        return asked[:many]
    return asked[ordinal - 1 : ordinal]


def _how_many(reading: Reading, place: int, most: int) -> int:
    tokens = reading.tokens
    for at in (place + 1, place - 1):
        if 0 <= at < len(tokens):
            word = reading.lexicon.value("numbers", tokens[at].word) or tokens[at].word
            if word.isdigit() and 2 <= int(word) <= most:
                return int(word)
    return 1


def _numbers(reading: Reading, situation: Situation, clause: Clause, dated: set[int]) -> Iterator[Mention]:
    covered = {at for cue in answers_between(reading, clause.first, clause.end) for at in range(cue.first, cue.end)}
    covered |= dated | {at for cue in reading.cues.get("some_of", ()) for at in range(cue.first, cue.end)}
    for place in _bare_numbers(reading, clause, covered):
        for number in () if is_share(reading.tokens[place].word, len(situation.asked)) else _numbers_at(reading, place):
            if number <= len(situation.goals) and not _is_counted(reading, clause, place):
                yield Mention(number - 1, place, place + 1, _SURE)


def is_share(word: str, size: int) -> bool:
    """Whether a number such as "2/3" tells how many of all that were asked; of two, "1/2" may pick them both."""
    part, _, whole = word.partition("/")
    return whole == str(size) and part.isdigit() and (size > 2 or part != "1")


def _numbers_at(reading: Reading, place: int) -> Sequence[int]:
    """The number of a token, or all of them where only commas part them ("1,2,4"); none where it is no number."""
    token = reading.tokens[place]
    word = reading.lexicon.value("numbers", token.word) if token.kind == WORD else token.word
    if not word or token.kind not in (NUMBER, WORD):
        return ()
    pieces = word.replace("/", ",").split(",")
    if "0" in pieces:
        return ()  # "0/3" is a share
    several = len(pieces) > 1 and all(len(piece) == 1 for piece in pieces)
    return [int(piece) for piece in pieces if piece.isdigit()] if several or word.isdigit() else ()


def _bare_numbers(reading: Reading, clause: Clause, covered: set[int]) -> list[int]:
    """Where a clause holds numbers, when nothing is beside them but answers: they stand for places in the list."""
    filler = reading.lexicon.classes["pick_filler"]
    numbers = []
    for at in range(clause.first, clause.end):
        token = reading.tokens[at]
        if at in covered or token.kind not in (WORD, NUMBER) or token.word in filler:
            continue
        if not any(_numbers_at(reading, at)):
            return []
        numbers.append(at)
    return numbers


def _is_counted(reading: Reading, clause: Clause, place: int) -> bool:
    """Whether a unit follows the number."""
    after = reading.tokens[place + 1] if place + 1 < clause.end else None
    return after is not None and after.kind != MARK and reading.lexicon.value("units", after.word) is not None
