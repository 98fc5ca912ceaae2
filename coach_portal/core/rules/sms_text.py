"""What a text weighs: its encoding, its segments, and how to keep it light.

The tables are 3GPP TS 23.038, section 6.2.1 (the default alphabet and its extension). Á, Í, Ó, Ú, á, í, ó, ú and ç are
in neither; à, è, é, ì, ò, ù, ñ, ü, ¿ and ¡ are.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

MAX_LENGTH: Final = 1600
"""The most characters Twilio accepts in one message body (its error 21617 beyond)."""

_ESCAPE = "\x1b"
_BASIC_TABLE = (
    "@£$¥èéùìòÇ\nØø\rÅå"  # 0x00-0x0F
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"  # 0x10-0x1F; 0x1B is the escape, no character
    " !\"#¤%&'()*+,-./"  # 0x20-0x2F
    "0123456789:;<=>?"  # 0x30-0x3F
    "¡ABCDEFGHIJKLMNO"  # 0x40-0x4F
    "PQRSTUVWXYZÄÖÑÜ§"  # 0x50-0x5F
    "¿abcdefghijklmno"  # 0x60-0x6F
    "pqrstuvwxyzäöñüà"  # 0x70-0x7F
)
GSM_BASIC: Final = frozenset(_BASIC_TABLE) - {_ESCAPE}
"""Characters of one septet."""
GSM_EXTENSION: Final = frozenset("\f^{}\\[~]|€")  # 0x1B then 0x0A 14 28 29 2F 3C 3D 3E 40 65
"""Characters of two septets: the escape and one more."""
# One pass of an expression over a body takes an eighth of the time of asking a set about every character (measured).
_all_gsm = re.compile(f"[{re.escape(''.join(sorted(GSM_BASIC | GSM_EXTENSION)))}]*").fullmatch
_ASCII_BEYOND_GSM = "`"
"""The one printable character of ASCII that GSM-7 lacks."""
_extended = re.compile(f"[{re.escape(''.join(sorted(GSM_EXTENSION)))}]").findall

_LOOK_ALIKES = {
    "‘’‚‛′ʼ´`": "'",
    "“”„‟″«»": '"',
    "‐‑‒–—―−": "-",
    "…": "...",
    "•": "-",
    "\t\u00a0\u2007\u2009\u200a\u202f\u2002\u2003": " ",
    "\u200b\u2060\ufeff\u00ad": "",  # invisible; the joiner inside an emoji (U+200D) is not among them
}
_TO_GSM = str.maketrans({character: plain for group, plain in _LOOK_ALIKES.items() for character in group})
_LOOK_ALIKE = frozenset("".join(_LOOK_ALIKES))

Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True, slots=True)
class Segments:
    """How a body travels: `length` in its encoding's units, `count` segments, `left` units free in the last one."""

    encoding: Encoding
    length: int
    count: int
    left: int


@lru_cache(maxsize=8192)  # a body is weighed when it is worded and again when its row is written, a batch later
def segments(body: str) -> Segments:
    """Weigh a body. One segment holds 160 septets or 70 UTF-16 units; of several, each holds 153 or 67."""
    if is_gsm(body):
        length = len(body) + len(_extended(body))
        return _split("GSM-7", body, length, GSM_EXTENSION.__contains__, 160, 153)
    length = len(body.encode("utf-16-le", "surrogatepass")) // 2
    return _split("UCS-2", body, length, "\uffff".__lt__, 70, 67)


def room(count: int) -> int:
    """The most characters that so many segments hold, in any encoding."""
    return 160 if count == 1 else count * 153


def is_gsm(body: str) -> bool:
    """Whether every character is in GSM-7, so that the body travels in septets."""
    if body.isascii() and body.isprintable():  # nearly every body, and a tenth of the cost (measured)
        return _ASCII_BEYOND_GSM not in body
    return _all_gsm(body) is not None


def to_gsm(body: str) -> str:
    """The body with typographic quotes, dashes, dots and spaces as their plain look-alikes; letters stay as they are.

    A letter and its loose accent become the one composed letter, which may be in GSM-7 where the pair is not.
    """
    if is_gsm(body):
        return body
    composed = unicodedata.normalize("NFC", body)
    return composed if _LOOK_ALIKE.isdisjoint(composed) else composed.translate(_TO_GSM)


def _split(
    encoding: Encoding, body: str, length: int, is_pair: Callable[[str], bool], alone: int, together: int
) -> Segments:
    if length <= alone:
        return Segments(encoding, length, min(length, 1), alone - length)
    if length == len(body):
        count = -(-length // together)
        return Segments(encoding, length, count, count * together - length)
    count, left = 1, together
    for character in body:  # a pair goes whole into the next segment
        width = 2 if is_pair(character) else 1
        if width > left:
            count, left = count + 1, together
        left -= width
    return Segments(encoding, length, count, left)
