"""A client's own words for their goals, learnt from what the coach corrected: "doggo loop" for the dog walk."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .inflected import is_said, stem_of
from .reading import Reading
from .text import WORD, Token, tokens_of


class Phrase(NamedTuple):
    """Words that mean a goal when they stand together, each with its stem."""

    goal: int
    words: tuple[tuple[str, str], ...]


class OwnWords:
    """The phrases of one client, ready to be found."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._by_letter: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            self._by_letter[phrase.words[0][0][0]].append(phrase)

    def found_in(self, reading: Reading) -> Iterator[tuple[int, int, int]]:
        """Each goal meant by such words, with the tokens they take."""
        endings = reading.lexicon.classes["inflections"]
        for place, token in enumerate(reading.tokens):
            if token.kind == WORD:
                for phrase in self._by_letter.get(token.word[:1], ()):
                    end = place + len(phrase.words)
                    if _is_phrase(phrase, reading.tokens[place:end], endings):
                        yield phrase.goal, place, end


def _is_phrase(phrase: Phrase, tokens: Sequence[Token], endings: frozenset[str]) -> bool:
    return len(tokens) == len(phrase.words) and all(
        is_said(token.word, meant, stem, endings) for token, (meant, stem) in zip(tokens, phrase.words, strict=True)
    )


def own_words(synonyms: Sequence[Sequence[str]]) -> OwnWords | None:
    """The client's own words, goal by goal, or None where none were learnt."""
    phrases = [Phrase(goal, words) for goal, said in enumerate(synonyms) for one in said if (words := _words(one))]
    return OwnWords(phrases) if phrases else None


def _words(phrase: str) -> tuple[tuple[str, str], ...]:
    return tuple((token.word, stem_of(token.word)) for token in tokens_of(phrase) if token.kind == WORD and token.word)
