"""The words of the report. It is for the coach, whose pages are in English; clients are quoted as they wrote."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from coach_portal.core.rules.preparation.obstacles import Kind
from coach_portal.core.rules.preparation.trend import Trend

OBSTACLES: dict[Kind, str] = {
    "time": "Time",
    "work": "Work or school",
    "tired": "Tiredness",
    "ill": "Illness or pain",
    "away": "Travel",
    "forgot": "Forgetting",
    "mood": "Mood",
    "people": "Other people",
    "weather": "Weather",
}
CHANGES = {
    "added": "{title} was agreed.",
    "retired": "{title} was retired.",
    "grown": "{title} grew, from {before}.",
    "shrunk": "{title} was made smaller, from {before}.",
    "changed": "{title} was agreed anew: {after}, before {before}.",
    "paused": "A pause began{until}.",
    "moved": "Moved from {before}’s time to {after}’s.",
    "invited": "Was asked to agree to texts.",
    "granted": "Said YES to texts.",
    "declined": "Said no to texts.",
    "revoked": "Opted out of texts.",
    "fewer": "Asked to be texted differently.",
}
ALERTS = {
    "risk": "A text told of danger",
    "possible_risk": "A text may have told of danger",
    "maybe_stop": "A text may have asked for the texts to stop",
    "bad_number": "The number could not be reached",
    "wants_answer": "A text wanted an answer",
    "silent_client": "No answer even to “shall we go on?”",
    "opted_out": "An opt-out, told by the carrier",
    "not_delivered": "The safety answer did not arrive",
    "wrong_number": "The number may be another person’s now",
    "who_is_this": "A text asked who we are",
}
_SPELT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spelt(count: int) -> str:
    """A small number in words."""
    return _SPELT[count] if count < len(_SPELT) else str(count)


def counted(count: int, one: str, many: str = "") -> str:
    """One text, three texts, 14 texts."""
    return f"{spelt(count)} {one if count == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """a, b and c."""
    told = list(parts)
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def on(day: date) -> str:
    """A day as it is said in a line: Tue 18 Nov."""
    return f"{day:%a} {day.day} {day:%b}"


def clock(at: datetime) -> str:
    """The time on the wall: 8:10."""
    return f"{at.hour}:{at.minute:02}"


def capital(said: str) -> str:
    """The words as a sentence begins."""
    return said[:1].upper() + said[1:]


def moved(trend: Trend) -> str:
    """What moved, in a sentence that every figure stands in."""
    now, before, unit = trend.now, trend.before, "weeks" if trend.in_weeks else "days"
    lately = f"{now.done} of {now.told} {unit}"
    partly = f", {spelt(now.partly)} of them in part" if now.partly else ""
    earlier = f"{before.done} of {before.told} before"
    return {
        "up": f"Up: {lately}{partly}, {earlier}.",
        "down": f"Down: {lately}{partly}, {earlier}.",
        "same": f"{_held(trend)}: {lately}{partly}, {earlier}.",
        "new": f"{capital(lately)}{partly}. Before {on(trend.since)} too little was told to set beside it.",
        "few": f"{capital(lately)}{partly}.",
        "nothing": f"Nothing was told since {on(trend.since)}.",
        "paused": "On a pause.",
    }[trend.verdict]


def sureness(trend: Trend) -> str:
    """How sure one can be of it, and what would not show."""
    silence = _silence(trend)
    if trend.verdict in {"nothing", "paused"}:
        return silence
    if trend.verdict == "few":
        return f"Too little to say more. {silence}".strip()
    if trend.verdict == "new":
        return silence
    if trend.verdict == "same":
        tenths = round(trend.hidden * 10)
        if tenths <= 1:
            return f"Sure: it has been so all along. {silence}".strip()
        unit = "weeks" if trend.in_weeks else "days"
        return f"With so few {unit}, a change of {spelt(tenths)} in ten would not show. {silence}".strip()
    told = (
        "Sure of the change, not of its cause." if trend.sureness == "sure" else "Fairly sure: the numbers are small."
    )
    return f"{told} {silence}".strip()


def _held(trend: Trend) -> str:
    return "Every time" if trend.now.done == trend.now.told else "Much as before"


def _silence(trend: Trend) -> str:
    silent, unit = trend.now.silent, "week" if trend.in_weeks else "day"
    if not silent:
        return ""
    return f"Asked on {counted(silent, unit)} more, without an answer."


def texts(ids: Sequence[int]) -> str:
    """How many texts a line rests on."""
    return counted(len(ids), "text")
