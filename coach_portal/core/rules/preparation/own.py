"""A client's own version of the preparation: what they did, said and agreed, in their language. No miss, no figure of
ours, nothing that was inferred."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from coach_portal.core.rules.preparation.material import Told
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.moments import day_in, moment_in


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """The page, in sentences: headings with what stands under them."""

    locale: str
    title: str
    wins: tuple[str, ...]
    quotes: tuple[str, ...]
    agreed: tuple[str, ...]
    foot: str

    @property
    def words(self) -> Any:
        """The headings."""
        return _words(self.locale)


def text(*, client: str, coach: str, starts: datetime, today: date, locale: str, url: str) -> str:
    """The text that brings the link. `starts` is on the client's clock."""
    when = moment_in(starts, today, language(locale))
    return str(_words(locale).TEXT.format(client=client, coach=coach, when=when, url=url))


def own_version(
    told: Sequence[tuple[str | None, Told]],
    *,
    quotes: Sequence[str],
    agreed: Sequence[str],
    starts: datetime,
    until: date,
    today: date,
    locale: str,
) -> OwnVersion:
    """What to show. `told` pairs each thing done with its goal's title, None outside the goals."""
    words, spoken = _words(locale), language(locale)
    return OwnVersion(
        locale=locale[:2] if find_spec(f"{__package__}.own_words.{locale[:2]}") else "en",
        title=words.TITLE.format(when=moment_in(starts, today, spoken)),
        wins=tuple(_wins(told, words)),
        quotes=tuple(quotes),
        agreed=tuple(agreed),
        foot=words.FOOT.format(until=day_in(spoken.grammar.until, until, today, spoken).removeprefix("el ")),
    )


def _wins(told: Sequence[tuple[str | None, Told]], words: Any) -> list[str]:
    days: dict[str, set[date]] = {}
    for title, each in told:
        if title is not None and each.did != "missed":
            days.setdefault(title, set()).add(each.day)
    lines = [_counted(words.GOAL, len(found), title) for title, found in days.items()]
    others = sum(title is None for title, _ in told)
    return [*lines, _counted(words.OTHERS, others)] if others else lines


def _counted(forms: tuple[str, str], count: int, title: str = "") -> str:
    return forms[count != 1].format(title=title, count=count)


@cache
def _words(locale: str) -> Any:
    package, code = f"{__package__}.own_words", locale[:2]
    return import_module(f"{package}.{code if find_spec(f'{package}.{code}') else 'en'}")
