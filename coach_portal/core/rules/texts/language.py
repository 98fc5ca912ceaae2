"""What a language must say. One data file per language, named by its code, fills these; nothing else knows words.

Wordings are `str.format` templates. Where several stand in a tuple, any of them will do: the variant picks.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final, cast

FALLBACK: Final = "en"


@dataclass(frozen=True, slots=True)
class DayWords:
    """How a day is named in one kind of sentence; `weekday` takes {weekday}, `date` takes {month} and {day}."""

    today: str
    yesterday: str
    tomorrow: str
    weekday: str
    date: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words: joining, counting, days and hours. `half_days` is None where people read a 24-hour clock."""

    and_: str
    and_shift: tuple[str, str] | None  # before words that match the first, the second
    or_: str
    more: str  # {count}
    part: str  # {amount} {whole}: less than one, or one, of several
    decimal: str
    units: dict[str, tuple[str, ...]]  # what the understanding calls a unit: one, several, other forms
    cues: frozenset[str]  # the words an anchor begins with when it can follow a comma
    limits: frozenset[str]  # words before a number that make it a bound, not an amount
    weekdays: tuple[str, ...]  # from Monday
    months: tuple[str, ...]
    done_on: DayWords
    until: DayWords
    ask_on: DayWords
    missed_on: DayWords
    reporting: frozenset[str]  # words of a bare report, which tell no moment
    hardships: frozenset[str]  # words that say what stood in the way and was no choice
    clock: str  # {time}
    half_days: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions. Any answer works; none is to be answered by a carrier's keyword."""

    check_in: tuple[str, ...]  # {client} {coach} {goals}
    check_in_again: tuple[str, ...]  # {client} {goals}, after several misses
    wins: tuple[str, ...]  # {client}
    reflection: tuple[str, ...]  # {client} {question}
    reminder: tuple[str, ...]  # {client} {coach} {when}
    questions: dict[str, tuple[str, ...]]  # by theme
    unclear: str  # {goals}
    unclear_at_all: str


@dataclass(frozen=True, slots=True)
class Answering:
    """The line a client gets back."""

    logged: tuple[str, ...]  # {wins}
    tally: tuple[str, ...]  # {done} {days}
    tally_week: str  # {done} {days}, of the times agreed for a week
    stands: str  # {days} that a streak holds despite the miss
    counts: tuple[str, ...]  # that the act counts; "" now and then, so that it is not a formula
    own_win: str
    own_wins: str  # {count}
    missed: tuple[str, ...]  # {goals}
    missed_again: tuple[str, ...]  # {goals} {coach} {less}
    missed_before: tuple[str, ...]  # {day} {goals}, told for an earlier day
    missed_in_hardship: tuple[str, ...]  # {day} {goals}, where they wrote what stood in the way
    missed_beside: tuple[str, ...]  # {goals}, after a win was logged
    undone: str
    kinder: tuple[str, ...]  # {words} {title} {done} {days}
    passed_on: str  # {coach}
    passed_rest: str  # {coach}
    away: str  # {coach} {day}, when nobody covers
    away_covered: str  # {coach} {day} {cover}
    worried: str  # {coach} {lines}
    thanks: tuple[str, ...]  # {coach}


@dataclass(frozen=True, slots=True)
class Holding:
    """Later, not now, again; and how it stands."""

    snoozed: str  # {when}
    snoozed_openly: str
    paused: str  # {day}
    paused_openly: str
    resumed: str
    handed_over: str  # {client} {coach} {former} {practice}
    taken_over: str  # the same, where nobody had them before
    status: str  # {rows}
    status_row: str  # {title} {done} {days}
    status_goals: str  # {goals}
    status_empty: str


@dataclass(frozen=True, slots=True)
class Weekly:
    """The week in a text."""

    week: tuple[str, ...]  # {client} {rows}
    first_row: str  # {title} {done} {days}
    row: str  # {title} {done} {days}
    total: str  # {done} {days}
    own_win: str
    own_wins: str  # {count}
    quiet: tuple[str, ...]  # {client}
    quiet_before: tuple[str, ...]  # {count}, after a quiet week: what was done before it
    better: tuple[str, ...]  # beside their own last weeks
    steady: tuple[str, ...]
    smaller: tuple[str, ...]
    begun_again: tuple[str, ...]  # after weeks without any
    quote: str  # {quote}
    quote_before: str  # {quote}, what they answered a week ago
    picture: str  # {link}
    did: frozenset[str]  # words that say something was done
    heavy: frozenset[str]  # words of a heavy heart: never given back, and the week's question is a kinder one


@dataclass(frozen=True, slots=True)
class Picturing:
    """The words on the week's picture, which need not be GSM-7."""

    title: str  # {client}
    title_alone: str
    within_month: str  # {first} {last} {month}
    across_months: str  # {first} {last} {month} {last_month}
    day_letters: str  # from Monday
    tally: str  # {done} {days}
    own_wins: str
    quiet: str


@dataclass(frozen=True, slots=True)
class Supporting:
    """Words about and to the one person who sees how a client's week went. Each first text is evidence of consent."""

    may_they: str  # {client} {supporter} {coach}, to the client
    shared: str  # {supporter}
    not_shared: str  # {supporter}
    no_longer: str  # {supporter}
    cannot: str
    invitation: str  # {client} {supporter} {practice}, to the supporter
    agreed: str  # {client}
    week: str  # {client} {rows}
    quiet: str  # {client}
    days: str  # {done} {days}
    own_win: str
    own_wins: str  # {count}
    taken: str  # {client}
    line: str  # {supporter} {line}, before the client's next question
    yes: frozenset[str]
    no: frozenset[str]
    share: frozenset[str]  # first words of "share Ana +16175550199"
    end: frozenset[str]  # whole texts that end it


@dataclass(frozen=True, slots=True)
class Growing:
    """Goals that have become habits."""

    thanks: tuple[str, ...]  # {client} {coach} {goal}
    anchor: str  # {goal}, in small letters
    discouraged: frozenset[str]  # patterns of words that their own record may answer


@dataclass(frozen=True, slots=True)
class Wishing:
    """How often and when we ask: the client's wishes confirmed, and the one question after a long silence."""

    go_on: tuple[str, ...]  # {client} {coach}
    okay: str  # how the lines below begin, said once
    half: str
    weekly: str
    more: str
    days: str  # {days}
    weekdays: str
    weekends: str
    day_names: tuple[str, ...]  # from Monday, as a list after "only on"
    only: dict[str, str]  # by part of the day
    never: dict[str, str]
    at: str  # {time}
    page: str  # {client} {url} {day}


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Consent, from the invitation to the goodbye. Every wording is evidence: change its version with its words."""

    invitation: str  # {client} {coach} {practice} {per_week} {crisis}
    welcome: str  # {client} {coach} {practice} {per_week} {crisis}
    declined: str  # {coach}
    help: str  # {practice} {contact} {per_week} {crisis}
    stopped: str  # {practice}
    started_again: str  # {practice} {coach} {per_week}
    unknown_sender: str  # {practice} {crisis}


@dataclass(frozen=True, slots=True)
class Caring:
    """Safety. Plain, warm, never varied; no method, no promise of watching or of help on its way."""

    self: str  # {emergency} {lines} {coach}
    other: str
    violence: str
    medical: str
    call_or_text: str  # {call}
    call_or_text_word: str  # {call} {word} {text}
    call_or_text_other: str  # {call} {text}
    call: str  # {call}
    web: str  # {web}
    named: str  # {number} {name}
    emergency_elsewhere: str  # {emergency}, where we know no country's own
    brief: str  # {emergency} {call}
    brief_web: str  # {emergency} {web}
    coach_alert: tuple[str, str]  # {client} {url}; {url} where the number is nobody's we know
    backup_alert: str  # {coach} {url}
    your_coach: str  # where we cannot know the name


@dataclass(frozen=True, slots=True)
class Language:
    """All the words of one language."""

    code: str
    grammar: Grammar
    asking: Asking
    answering: Answering
    holding: Holding
    weekly: Weekly
    picturing: Picturing
    supporting: Supporting
    growing: Growing
    wishing: Wishing
    agreeing: Agreeing
    caring: Caring


@cache
def language(locale: str) -> Language:
    """The language of a locale: "es-MX" speaks "es"; one that we do not have speaks English."""
    code = locale.strip()[:2].lower()
    name = f"{__package__}.{code}"
    known = len(code) == 2 and code.isalpha() and code.isascii() and find_spec(name) is not None
    module = import_module(name if known else f"{__package__}.{FALLBACK}")
    return cast(Language, module.WORDS)
