"""What a client gets back: one short line that says what was recorded, so that a mistake can be mended.

Nothing is congratulated that was not done. What has a text of its own (safety, STOP, START, HELP, the answers to the
invitation) is not said here.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from coach_portal.core.rules.replies.understanding import Understanding
from coach_portal.core.rules.texts.fitting import SHORTER, first_that_fits, listing, phrase, plain, shorten
from coach_portal.core.rules.texts.holds import paused, resumed, snoozed, status
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.reports import Brevity, Reply, logged, missed
from coach_portal.core.rules.texts.safety import lines_beside
from coach_portal.core.rules.texts.words import GoalWords, Tally

SILENT = frozenset({"crisis", "stop"})
"""Acts that have their one text, after which no line of ours follows."""
LEVELS = (
    Brevity(),
    Brevity(extras=False),
    *(Brevity(limit, extras=False) for limit in SHORTER[:2]),
    *(Brevity(limit, most=3, extras=False) for limit in SHORTER[2:]),
)


def answer(
    understanding: Understanding,
    goals: Sequence[GoalWords],
    locale: str,
    *,
    coach_name: str,
    today: date,
    variant: int = 0,
    text: str = "",
    lately: Mapping[int, Tally] | None = None,
    misses_in_a_row: int = 1,
    streak: int = 0,
    asked: Sequence[int] | None = None,
    ask_again: bool = True,
    country: str | None = None,
    asked_for: date | None = None,
) -> str | None:
    """The line that goes back, or None where silence is the answer.

    `goals` are the active ones in the client's order, as the understanding counts them; `today` is the client's date;
    `text` their text, so that wins outside the goals keep their own words; `lately` goes by goal index, today's win
    included; `misses_in_a_row` is how often the missed goal was missed running, today included,
    and `streak` the days that its streak still holds. A text that was not
    understood is asked about if `ask_again` (not twice running), by the goals `asked`, which are all unless named. An
    `until` that our hours moved belongs into the understanding first: we promise only what will happen. `country` is
    whose crisis line stands beside a text that worries; `asked_for` the day of the question, which a miss told the
    next morning is about.
    """
    if understanding.acts & SILENT or understanding.maybe_stop:
        return None
    reply = Reply(
        understanding,
        tuple(goals),
        language(locale),
        plain(coach_name),
        today,
        variant,
        text,
        lately or {},
        misses_in_a_row,
        streak,
        country,
        asked,
        asked_for,
    )
    if not understanding.acts and not reply.worried:
        return _unclear(reply, asked) if ask_again else None
    most = 2 if reply.worried else 1
    return first_that_fits((_line(reply, brevity, locale) for brevity in LEVELS), most=most, whole=2) or None


def _line(reply: Reply, brevity: Brevity, locale: str) -> str:
    acts = reply.understanding.acts
    parts = [
        reply.words.answering.undone if "undo" in acts else "",
        logged(reply, brevity),
        missed(reply, brevity),
        _held(reply, locale),
        status(reply.goals, reply.lately or None, locale) if "status" in acts else "",
    ]
    said = [part for part in parts if part]
    return " ".join([*said, *_closing(reply, locale, alone=not said)])


def _held(reply: Reply, locale: str) -> str:
    acts, until = reply.understanding.acts, reply.understanding.until
    if "pause" in acts:
        return paused(until.date() if until else None, reply.today, locale)
    if "resume" in acts:
        return resumed(locale)
    return snoozed(until, reply.today, locale) if "snooze" in acts else ""


def _closing(reply: Reply, locale: str, *, alone: bool) -> list[str]:
    """What the coach will read, and thanks for what was written."""
    said, acts = reply.words.answering, reply.understanding.acts
    if reply.worried:
        lines = lines_beside(reply.country, reply.understanding.risk_kind, locale)
        return [said.worried.format(coach=reply.coach, lines=lines)]
    if "reflection" in acts:
        return [phrase(said.thanks, reply.variant, coach=reply.coach)]
    if "message" in acts:
        return [(said.passed_on if alone else said.passed_rest).format(coach=reply.coach)]
    return []


def _unclear(reply: Reply, asked: Sequence[int] | None) -> str:
    asking = reply.words.asking
    goals = [goal for index, goal in enumerate(reply.goals) if asked is None or index in asked]
    if not goals:
        return asking.unclear_at_all
    cut = ([shorten(plain(goal.title), limit) for goal in goals] for limit in (None, *SHORTER))
    return first_that_fits((asking.unclear.format(goals=listing(titles, reply.words)) for titles in cut), whole=1)
