"""Wins and misses, said back."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coach_portal.core.rules.habit.sizes import shrunk
from coach_portal.core.rules.replies.understanding import Understanding, Win
from coach_portal.core.rules.texts.fitting import listing, phrase, plain, sentence, shorten, within
from coach_portal.core.rules.texts.labels import as_done
from coach_portal.core.rules.texts.language import Language
from coach_portal.core.rules.texts.moments import day_in
from coach_portal.core.rules.texts.words import GoalWords, Tally

TALLY_EVERY = 4
"""A tally comes with every fourth answer: oftener it is a formula."""
WORTH_NAMING = 5
"""A streak shorter than this is no comfort to someone who has just missed."""
LONGEST_OWN_WORDS = 40
"""A win outside the goals is named in the client's own words up to this length; a longer one is counted."""


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a line back is made from."""

    understanding: Understanding
    goals: tuple[GoalWords, ...]
    words: Language
    coach: str
    today: date
    variant: int
    text: str
    lately: Mapping[int, Tally]
    misses_in_a_row: int
    streak: int
    country: str | None
    asked: Sequence[int] | None
    asked_for: date | None

    @property
    def worried(self) -> bool:
        """Whether someone is going to look at this text with care; then nothing is celebrated or urged."""
        return self.understanding.risk is not None


@dataclass(frozen=True, slots=True)
class Brevity:
    """How much is said: titles up to `limit` characters, at most `most` of them, extras such as a tally or not."""

    limit: int | None = None
    most: int | None = None
    extras: bool = True


def logged(reply: Reply, brevity: Brevity) -> str:
    """What was done, and that it counts."""
    told = _wins_told(reply, brevity)
    if not told:
        return ""
    said = sentence(phrase(reply.words.answering.logged, reply.variant, wins=told))
    extra = _extra(reply) if brevity.extras and not reply.worried else ""
    return f"{said} {extra}".strip()


def missed(reply: Reply, brevity: Brevity) -> str:
    """What was not done, without guilt, and one door back in; not a word of it to someone in distress."""
    if reply.worried:
        return ""
    indexes = dict.fromkeys(miss.goal for miss in reply.understanding.misses)
    titles = [shorten(plain(goal.title), brevity.limit) for goal in (_goal(reply, index) for index in indexes) if goal]
    if not titles:
        return ""
    told, options = listing(titles, reply.words, brevity.most), _miss_wordings(reply)
    if not brevity.extras:
        options = (min(options, key=len),)
    day = day_in(reply.words.grammar.missed_on, missed_on(reply), reply.today, reply.words)
    names = {"goals": told, "coach": reply.coach, "day": day, "less": _less(reply)}
    said = sentence(phrase(options, reply.variant, **names))
    return f"{said} {_stands(reply)}".strip() if brevity.extras else said


def missed_on(reply: Reply) -> date:
    """The day the misses are about: the one asked for, where all of them answer its question, else today."""
    asked_for = reply.asked_for
    answers = {miss.goal for miss in reply.understanding.misses} <= set(reply.asked or ())
    return asked_for if asked_for and asked_for < reply.today and answers else reply.today


def _miss_wordings(reply: Reply) -> tuple[str, ...]:
    said = reply.words.answering
    if _in_hardship(reply):
        return said.missed_in_hardship
    if missed_on(reply) != reply.today:
        return said.missed_before
    if reply.understanding.wins:
        return said.missed_beside
    return said.missed_again if reply.misses_in_a_row > 1 else said.missed


def _less(reply: Reply) -> str:
    """The goal missed, about half as big; "" where it has no number, or several were missed."""
    goals = {miss.goal for miss in reply.understanding.misses}
    goal = _goal(reply, goals.pop()) if len(goals) == 1 else None
    less = shrunk(goal.amount) if goal and goal.amount and not goal.at_most else None
    return within(as_done(goal, less, None, reply.words)) if goal and less else ""


def _stands(reply: Reply) -> str:
    """That the one goal missed has not lost its streak: a freeze was spent on it, quietly."""
    alone = len({miss.goal for miss in reply.understanding.misses}) == 1
    if not alone or reply.streak < WORTH_NAMING or _in_hardship(reply):
        return ""
    return reply.words.answering.stands.format(days=reply.streak)


def _in_hardship(reply: Reply) -> bool:
    """Whether they wrote what stood in the way, and nothing was done: their words are answered, not only the miss."""
    said = re.findall(r"\w+", reply.text.lower())
    return not reply.understanding.wins and not reply.words.grammar.hardships.isdisjoint(said)


def _extra(reply: Reply) -> str:
    """Now and then the tally, where it is one to be glad of; else that the act counts."""
    tally, said = _tally(reply) if reply.variant % TALLY_EVERY == 0 else None, reply.words.answering
    if tally and tally.of_week:
        return said.tally_week.format(done=tally.done, days=tally.days)
    if tally and not tally.of_week and tally.done >= 3 and tally.done * 2 >= tally.days:
        told = said.tally[reply.variant // TALLY_EVERY % len(said.tally)]
        return told.format(done=tally.done, days=tally.days)
    return "" if reply.understanding.misses else said.counts[reply.variant % len(said.counts)]


def _tally(reply: Reply) -> Tally | None:
    """The record of the one goal won, if it was today."""
    wins = reply.understanding.wins
    goals = {win.goal for win in wins}
    goal = goals.pop() if len(goals) == 1 else None
    if goal is None or any(win.on != reply.today for win in wins):
        return None
    return reply.lately.get(goal)


def _wins_told(reply: Reply, brevity: Brevity) -> str:
    """The wins as a list; a day that all share is said once, at its end."""
    named: dict[str, list[date]] = {}
    unnamed: Counter[date] = Counter()
    for win in reply.understanding.wins:
        if label := _label(win, reply, brevity.limit):
            named.setdefault(label, []).append(win.on)
        else:
            unnamed[win.on] += 1
    shared = {win.on for win in reply.understanding.wins}
    if len(shared) == 1:
        own = [_own(count, reply.words) for count in unnamed.values()]
        return f"{listing([*named, *own], reply.words, brevity.most)} {_on(shared.pop(), reply)}".strip()
    dated = [_with_days(label, days, reply) for label, days in named.items()]
    dated += [f"{_own(count, reply.words)} {_on(day, reply)}".strip() for day, count in sorted(unnamed.items())]
    return "; ".join(dated) if brevity.most is None else listing(dated, reply.words, brevity.most)


def _with_days(label: str, days: list[date], reply: Reply) -> str:
    several = len(set(days)) > 1
    named = [_on(day, reply) or (reply.words.grammar.done_on.today if several else "") for day in sorted(set(days))]
    return f"{label} {listing([name for name in named if name], reply.words)}".strip()


def _on(day: date, reply: Reply) -> str:
    if day == reply.today:
        return ""
    return day_in(reply.words.grammar.done_on, day, reply.today, reply.words)


def _label(win: Win, reply: Reply, limit: int | None) -> str:
    """The win in a few words, "" where it can only be counted."""
    goal = _goal(reply, win.goal)
    if goal:
        return as_done(goal, win.amount, win.unit, reply.words, limit)
    if win.goal is not None or win.evidence is None:
        return ""
    own = plain(reply.text[win.evidence.start : win.evidence.end]).replace('"', "'")
    return f'"{own}"' if 0 < len(own) <= (limit or LONGEST_OWN_WORDS) else ""


def _own(count: int, words: Language) -> str:
    return words.answering.own_win if count == 1 else words.answering.own_wins.format(count=count)


def _goal(reply: Reply, index: int | None) -> GoalWords | None:
    return reply.goals[index] if index is not None and 0 <= index < len(reply.goals) else None
