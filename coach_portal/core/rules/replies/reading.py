"""A text made ready to be understood: its tokens, the languages it is in, and every cue found in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .language_file import Lexicon, language_names, lexicon, telling_words
from .patterns import Cue
from .text import EMOJI, LINK, MARK, NUMBER, WORD, Token, tokens_of
from .understanding import Evidence

# What says yes or no in one way or another: where two overlap, the longer one is what was said.
_CLOCKS = frozenset(("clock", "ask_clock"))
ANSWERS = frozenset(
    (
        *(
            "yes",
            "no",
            "done",
            "missed",
            "not_any",
            "untouched",
            "resist",
            "gave_in",
            "did",
            "undone",
            "later",
            "ask_later",
            "both",
            "all",
            "none",
            "others",
        ),
        *(
            "except",
            "none_but",
            "maybe_later",
            "only",
            "former",
            "latter",
            "neg",
            "but",
            "correction",
            "contrast",
            "aside",
            "opening",
        ),
    )
)


class Reading(NamedTuple):
    """A text with what the lexicon finds in it."""

    text: str
    tokens: Sequence[Token]
    lexicon: Lexicon
    cues: dict[str, list[Cue]]
    answers: list[Cue]

    def has(self, *names: str) -> bool:
        """Whether any cue of these names is in the text."""
        return any(name in self.cues for name in names)

    def span(self, first: int, end: int) -> Evidence | None:
        """The span of the original text that the tokens from `first` up to `end` take."""
        if not self.tokens or first >= end:
            return None
        return Evidence(self.tokens[first].start, self.tokens[min(end, len(self.tokens)) - 1].end)

    def without(self, *names: str) -> "Reading":
        """The reading without the answers that stand inside the cues of these names: they say something else there."""
        spans = [(cue.first, cue.end) for name in names for cue in self.cues.get(name, ())]
        kept = [cue for cue in self.answers if not any(cue.first < end and first < cue.end for first, end in spans)]
        return self._replace(answers=kept) if len(kept) < len(self.answers) else self

    def evidence(self, name: str) -> Evidence | None:
        """The span of the first cue of that name."""
        found = self.cues.get(name)
        return self.span(found[0].first, found[0].end) if found else None

    def whole(self) -> Evidence | None:
        """The span of the whole text."""
        return self.span(0, len(self.tokens))

    def words(self) -> list[str]:
        """The words alone, without marks, emoji, links and numbers."""
        return [token.word for token in self.tokens if token.kind not in (MARK, EMOJI, LINK, NUMBER)]


def read(text: str, locale: str) -> Reading:
    """The text, read in the client's language and in any other it is partly written in."""
    tokens = tokens_of(text)
    spoken = lexicon(_languages(tokens, locale))
    spelling = spoken.values.get("spelling", {})
    tokens = _spelled(tokens, spelling, spoken.classes["ordinal_endings"])
    cues = spoken.cues(tokens)
    named = _by_name(cues)
    for name in _CLOCKS & named.keys():
        named[name] = sorted(_beside(named[name], named.get("tally", ())))
    return Reading(text, tokens, spoken, named, _longest(cue for cue in cues if cue.name in ANSWERS))


def _spelled(tokens: Sequence[Token], spelling: Mapping[str, str], endings: frozenset[str]) -> list[Token]:
    """The tokens as they are usually written: "u" as "you", "b4" (a letter and a number) as "before".

    The ending of an ordinal stays: the "nd" of "22nd" is no "and".
    """
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before and before.end == token.start and {before.kind, token.kind} == {NUMBER, WORD}:
            whole = spelling.get(before.word + token.word)
            if whole:
                found[-1] = Token(whole, WORD, before.start, token.end)
            else:
                found.append(
                    token if token.word in endings else token._replace(word=spelling.get(token.word, token.word))
                )
        else:
            found.append(token._replace(word=spelling[token.word]) if token.word in spelling else token)
    return found


def _languages(tokens: Sequence[Token], locale: str) -> tuple[str, ...]:
    """The client's language, then those whose telling words turn up more than by chance."""
    names = language_names()
    own = locale[:2].lower() if locale[:2].lower() in names else "en"
    words = [token.word for token in tokens if token.kind not in (MARK, NUMBER)]
    return (own, *(name for name in names if name != own and _is_spoken(name, own, words)))


def _is_spoken(name: str, own: str, words: Sequence[str]) -> bool:
    telling = telling_words(name, own)
    found = sum([word in telling for word in words])
    return found >= 2 or found * 3 >= max(len(words), 1)


def _beside(cues: Iterable[Cue], told: Iterable[Cue]) -> list[Cue]:
    """The cues that stand outside others: "at six" in "I'm at six" is no time of day."""
    covered = {place for one in told for place in range(one.first, one.end)}
    return [cue for cue in cues if covered.isdisjoint(range(cue.first, cue.end))]


def _by_name(cues: Iterable[Cue]) -> dict[str, list[Cue]]:
    named: dict[str, list[Cue]] = defaultdict(list)
    for cue in cues:
        named[cue.name].append(cue)
    return dict(named)


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    """Of cues that overlap the longest, and of the longest the first."""
    taken: list[Cue] = []
    covered = set[int]()
    for cue in sorted(cues, key=lambda cue: (cue.first - cue.end, cue.first)):
        places = range(cue.first, cue.end)
        if covered.isdisjoint(places):
            taken.append(cue)
            covered.update(places)
    return sorted(taken, key=lambda cue: cue.first)
