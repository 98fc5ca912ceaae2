"""What is said on a call, document by document. The coach is named first, and nothing we say takes a minute."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach_portal.core.rules.crisis_lines import crisis_lines
from coach_portal.core.rules.texts.fitting import listing, plain, shorten
from coach_portal.core.rules.texts.labels import agreed
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.safety import in_brief
from coach_portal.core.rules.texts.words import GoalWords
from coach_portal.core.rules.voice.language import Speaking
from coach_portal.core.rules.voice.script import Act, Ask, Document, HangUp, Record, Say, Step, spoken_language
from coach_portal.core.rules.voice.words import speaking

NAMED_AT_MOST = 5
"""More goals than these are counted: a list of ten is over before its beginning is remembered."""
LONGEST_TITLE = 60
HINT_LENGTH = 100
_ASIDE = re.compile(r" \(([^()]*)\)")
_NUMBER = re.compile(r"\+?\d[\d -]{1,}\d")


@dataclass(frozen=True, slots=True)
class Caller:
    """With whom we speak, and for whom: first names, the practice, the client's locale and country."""

    client: str
    coach: str
    practice: str
    locale: str
    country: str | None = None

    @property
    def words(self) -> Speaking:
        """The words of their language."""
        return speaking(self.locale)

    @property
    def is_transcribed(self) -> bool:
        """Whether the carrier makes transcripts of their language: Twilio's <Record> knows US English alone."""
        return spoken_language(self.locale, self.country) == "en-US"

    def say(self, template: str, **more: str) -> str:
        """A template with the names in it."""
        names = {"client": plain(self.client), "coach": plain(self.coach), "practice": plain(self.practice)}
        return template.format(**names, crisis=crisis(self.locale, self.country), **more)

    def document(self, *acts: Act) -> Document:
        """Acts in their language."""
        return Document(spoken_language(self.locale, self.country), acts)


def question(goals: Sequence[GoalWords], caller: Caller, *, wins: bool = False) -> str:
    """What a call asks: who calls, and one question about all goals. This is what the coach reads as asked."""
    words = caller.words
    return f"{caller.say(words.opening)} {_asked(goals, caller.locale, wins=wins)}"


def opening(asked: str, goals: Sequence[GoalWords], caller: Caller, step: Step) -> Document:
    """The question of a call as it was planned, and how it can be answered."""
    words = caller.words
    told = (asked, words.tell, *_keys(goals, words), caller.say(words.keys_more))
    return caller.document(Ask(told, step, hints=hints(goals)))


def again(goals: Sequence[GoalWords], caller: Caller, step: Step, *, wins: bool) -> Document:
    """Once more, after an answer that we did not get; after the second one the keys alone."""
    words = caller.words
    if step.tries > 1:
        keys = (_first_of_all(each) for each in _keys(goals, words))
        told: tuple[str, ...] = (words.use_keys, *keys, caller.say(words.keys_more))
        return caller.document(Ask(told, step, hears=not goals))
    told = (words.again, _asked(goals, caller.locale, wins=wins), *_keys(goals, words))
    return caller.document(Ask(told, step, hints=hints(goals)))


def each(goal: GoalWords, caller: Caller, step: Step) -> Document:
    """One goal of several, to be answered by a key."""
    title = shorten(plain(goal.title), LONGEST_TITLE)
    return caller.document(Ask((caller.words.each.format(goal=title),), step, hears=False))


def answered(said: Sequence[str], caller: Caller, step: Step, number: str) -> Document:
    """What was recorded, and a moment in which to leave a message.

    An artificial voice must tell the number of the business during the call or after it (47 CFR 64.1200(b)(2)).
    """
    more = caller.say(caller.words.anything_else, number=spell(number))
    return caller.document(Ask((*said, more), replace(step, tries=0), hears=False))


def goodbye(*said: str, caller: Caller) -> Document:
    """These words, and the end."""
    return caller.document(*(Say(words) for words in said if words), HangUp())


def leave_message(caller: Caller, step: Step, transcribed: Step) -> Document:
    """The recording is announced before it begins."""
    wanted = transcribed if caller.is_transcribed else None
    return caller.document(
        Say(caller.say(caller.words.leave_message)), Record(step, wanted), Say(caller.words.no_message)
    )


def menu(caller: Caller, goals: Sequence[GoalWords], step: Step) -> Document:
    """What a client who calls can do."""
    words = caller.words
    return caller.document(Ask((caller.say(words.menu), caller.say(words.keys_menu)), step, hints=hints(goals)))


def machine(caller: Caller, number: str) -> Document:
    """What stays on an answering machine: who called, and how to call back. Others may hear it, so no goals."""
    return goodbye(caller.say(caller.words.machine, number=spell(number)), caller=caller)


def stranger(caller: Caller, step: Step) -> Document:
    """Who this is, for somebody whose number we do not know."""
    return caller.document(Ask((caller.say(caller.words.stranger),), step, hears=False), HangUp())


def crisis(locale: str, country: str | None) -> str:
    """Whom to call, as a clause, digit by digit."""
    return spell(in_brief(crisis_lines(country), language(locale)))


def spell(said: str) -> str:
    """Numbers to call digit by digit: "nine eight eight" is dialled, "nine hundred and eighty-eight" is not."""
    return _NUMBER.sub(lambda number: " ".join(re.sub(r"\D", "", number[0])), said)


def aloud(said: str) -> str:
    """A line that was written to be read, as it is said: what stands in brackets is a pause."""
    return _ASIDE.sub(r", \1", said)


def hints(goals: Sequence[GoalWords]) -> tuple[str, ...]:
    """The goals' own words, which the ear may expect."""
    titles = (shorten(plain(goal.title).replace(",", " "), HINT_LENGTH) for goal in goals)
    return tuple(" ".join(title.split()) for title in titles)


def _asked(goals: Sequence[GoalWords], locale: str, *, wins: bool) -> str:
    words, texts = speaking(locale), language(locale)
    if wins or not goals:
        return words.question_wins
    if len(goals) > NAMED_AT_MOST:
        return words.question_many.format(count=len(goals))
    alone = len(goals) == 1
    told = [agreed(goal, texts, anchored=alone, alone=alone, limit=LONGEST_TITLE) for goal in goals]
    return (words.question if alone else words.question_several).format(goals=listing(told, texts))


def _first_of_all(said: str) -> str:
    """ "Or press 1" where nothing else was offered before it: "Press 1"."""
    rest = said.partition(" ")[2]
    return rest[:1].upper() + rest[1:]


def _keys(goals: Sequence[GoalWords], words: Speaking) -> tuple[str, ...]:
    if not goals:
        return ()
    return (words.keys_one if len(goals) == 1 else words.keys_several,)
