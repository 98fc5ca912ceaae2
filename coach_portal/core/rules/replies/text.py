"""Step 1, normalise: a text as tokens, each with a folded form to look up and its span in the original."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

WORD, NUMBER, EMOJI, MARK, LINK = "word", "number", "emoji", "mark", "link"

_AS_WRITTEN = frozenset((NUMBER, MARK))

# A text longer than any text message says nothing more by its tail; the cut keeps the cost bounded.
LONGEST = 4_000

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|\w[\w.+-]{0,40}@\w[\w.-]{0,40})"
    r"|(?P<number>\d+(?:[.,:/]\d+)*(?!\w*\u0301))"
    r"|(?P<word>(?:[^\W\d_]|[\u0300-\u036f])+(?:['’‘ʼ`´][^\W\d_]+)*(?:\d(?:[^\W\d_])+)*)"
    r"|(?P<emoji>[\u2190-\u21ff\u231a-\u23ff\u25a0-\u27bf\u2900-\u2bff\U0001f000-\U0001faff](?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
    r"|\u200d[\u2190-\u2bff\U0001f000-\U0001faff])*)"
    r"|(?P<mark>\n|[.!?…¡¿]+|[,;:()&+/\"“”=*#%$£€|]|(?<!\w)-|-(?!\w)|[–—])"
)
_NOT_LETTERS = re.compile(r"['’‘ʼ`´\u0300-\u036f\u200b-\u200f\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_LONG_RUN = re.compile(r"(.)\1{2,}")
_ZERO_WIDTH = re.compile(r"[\u200b\u200c\u2060\ufeff\u00ad]")


class Token(NamedTuple):
    """One word, number, emoji, link or mark; `word` is its folded form."""

    word: str
    kind: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """Lower case, without accents, apostrophes, skin tones or letters drawn out ("Nooo" and "no" are one word)."""
    plain = word.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    plain = _NOT_LETTERS.sub("", plain)
    if not plain.isdigit():
        plain = _LONG_RUN.sub(r"\1", plain)
    return plain or word  # a lone accent or skin tone stays what it is


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text in their order, with spans that point into `text` itself."""
    text = text[:LONGEST]
    if _ZERO_WIDTH.search(text):
        return _tokens_around_zero_widths(text)
    return _tokens(text)


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or MARK, match[0]
        found.append(Token(word if kind in _AS_WRITTEN else fold(word), kind, *match.span()))
    return found


def _tokens_around_zero_widths(text: str) -> list[Token]:
    """Tokens of the text without its invisible characters, with the spans moved back to where they were."""
    kept = [place for place, letter in enumerate(text) if not _ZERO_WIDTH.match(letter)]
    shown = "".join(text[place] for place in kept)
    return [token._replace(start=kept[token.start], end=kept[token.end - 1] + 1) for token in _tokens(shown)]
