"""Emergency numbers and crisis lines by country: dated data, to be checked by phone and web before every release.

The wordings around them live with each language, in `texts`. Sources are named per row; a row that rests on general
knowledge alone says `verified=False`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

CHECKED_ON: Final = date(2026, 11, 20)
"""The day the rows below were last gone through."""
OWNER: Final = "whoever signs the release"
"""Who goes through them."""
GOOD_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class CrisisLines:
    """Whom to call in one country.

    `emergency` holds one number or more. `call` and `text` are the crisis line's numbers, `name` the line where its
    name is worth saying, `word` what to text where the line asks for a word, `words` the same for one language. `web`
    stands in where we know of no one line. `verified` is False for what rests on general knowledge;
    `checked_on` is when `owner` last went through the row.
    """

    emergency: tuple[str, ...]
    source: str
    name: str = ""
    call: str = ""
    text: str = ""
    word: str = ""
    words: tuple[tuple[str, str], ...] = ()
    web: str = ""
    verified: bool = True
    checked_on: date = CHECKED_ON
    owner: str = OWNER

    def word_for(self, language: str) -> str:
        """The word to text to the line, in this language ("es") where it has one of its own."""
        return dict(self.words).get(language, self.word)


_LINES = {
    "US": CrisisLines(
        emergency=("911",), call="988", text="988", words=(("es", "AYUDA"),),
        source="988lifeline.org: call or text 988; in Spanish text AYUDA",
    ),
    "CA": CrisisLines(
        emergency=("911",), call="988", text="988",
        source="988.ca: call or text 9-8-8, in English and French, since 30 Nov 2023",
    ),
    "GB": CrisisLines(
        emergency=("999",), name="Samaritans", call="116 123", text="85258", word="SHOUT",
        source="samaritans.org: 116 123, free, day and night; giveusashout.org: SHOUT to 85258",
    ),
    "IE": CrisisLines(
        emergency=("112", "999"), name="Samaritans", call="116 123", text="50808", word="HELLO", verified=False,
        source="samaritans.org: 116 123; HELLO to 50808 is general knowledge",
    ),
    "AU": CrisisLines(
        emergency=("000",), name="Lifeline", call="13 11 14", text="0477 13 11 14",
        source="lifeline.org.au: 13 11 14, text 0477 13 11 14",
    ),
    "NZ": CrisisLines(
        emergency=("111",), call="1737", text="1737", verified=False,
        source="call or text 1737: general knowledge",
    ),
    "ES": CrisisLines(
        emergency=("112",), call="024", verified=False,
        source="024, Ministerio de Sanidad: general knowledge",
    ),
    "MX": CrisisLines(
        emergency=("911",), call="800 911 2000", verified=False,
        source="Línea de la Vida, 800 911 2000: general knowledge",
    ),
}  # fmt: skip
_ELSEWHERE = CrisisLines(
    emergency=("112",), web="findahelpline.com", source="findahelpline.com lists helplines by country"
)
_SAME_LINES_AS = {"UK": "GB", "PR": "US", "GU": "US", "VI": "US", "AS": "US", "MP": "US"}

COUNTRIES: Final = tuple(_LINES)
"""The countries with a row of their own."""


def crisis_lines(country: str | None) -> CrisisLines:
    """The lines of a country by its two-letter code; elsewhere, or where it is unknown, 112 and findahelpline.com."""
    code = (country or "").strip().upper()
    return _LINES.get(_SAME_LINES_AS.get(code, code), _ELSEWHERE)


def checked_on() -> date:
    """When the row that has waited longest was last checked."""
    return min(lines.checked_on for lines in (*_LINES.values(), _ELSEWHERE))


def stale(today: date) -> bool:
    """Whether any of the numbers was last checked more than 90 days ago (R23)."""
    return today - checked_on() > GOOD_FOR
