"""Texts to a check-in, to the question of the day's wins, or out of the blue: commands, reports and what is left."""

from collections.abc import Sequence
from datetime import datetime

from . import answers, commands, linear, moments, open_wins
from .amounts import quantities
from .clauses import clauses_of
from .goals import WORD_WORTH
from .part import Part
from .parts import parts_of
from .polarity import is_past, past_at
from .reading import Reading
from .recorded import only, recorded
from .report import Entry, Story
from .rows import answer_row
from .scope import Resolver
from .single import resolve_single
from .spans import between
from .story import story_of
from .text import MARK, WORD
from .understanding import Act, Evidence, Situation, Understanding

_QUOTES = frozenset('“”"«»')
_ANSWERING = frozenset(
    ("yes", "no", "done", "missed", "did", "neg", "undone", "untouched", "none", "not_any", "both", "all")
)
# The model's say on whether the coach should read it: above the first it is added, below the second it is dropped.
_ADD, _BESIDE, _DROP = 0.7, 0.5, 0.04


def understand_general(
    reading: Reading, situation: Situation, stop: Evidence | None, seen: Sequence[str]
) -> Understanding:
    """What a text says that answers a check-in or the question of wins, or that nothing asked for."""
    if reading.has("start"):
        return only("start", reading)
    if reading.has("help") and not reading.has("status"):
        return only("help", reading)
    if _is_mere_ok(reading):
        return only("chatter", reading, confidence=0.8)
    if reading.has("misdirected") and not reading.has("undo", "ask"):
        return only("chatter", reading)
    acts = _commands(reading, situation, stop)
    plain = reading.without(*acts)
    entries = _taken_back(plain, situation) if "undo" in acts else _report(plain, situation, seen)
    until = _pause_or_resume(reading, situation, acts, entries)
    if not acts:
        until = _put_off(reading, situation, acts, entries)
    if acts & {"snooze", "chatter"}:
        entries = [entry for entry in entries if entry.status != "later"]
    entries = _kept(reading, situation, acts, entries)
    if _is_message(reading, situation, acts, entries, seen):
        acts.add("message")
        entries = _beside_message(plain, entries)
        if reading.has("grave") and not any(cue.name in _ANSWERING for cue in plain.answers):
            entries = [entry for entry in entries if entry.amount is not None]  # "a stress fracture, boot on"
    return recorded(reading, entries, acts, until)


def _is_mere_ok(reading: Reading) -> bool:
    """Whether nothing but "ok" and thanks is said: it tells that the text was read, not that a thing was done."""
    said = reading.words()
    polite = reading.lexicon.classes["mere_ok"]
    return bool(said) and len(said) <= 4 and polite.issuperset(said) and len(reading.tokens) - len(said) <= 2


def _commands(reading: Reading, situation: Situation, stop: Evidence | None) -> set[Act]:
    acts: set[Act] = set()
    if stop:
        acts.add("stop")
    if commands.asks_status(reading):
        acts.add("status")
    if commands.takes_back(reading, situation) and not stop:
        acts.add("undo")
    if reading.has("pause") and not stop:
        acts.add("pause")
    return acts


def _pause_or_resume(
    reading: Reading, situation: Situation, acts: set[Act], entries: Sequence[Entry]
) -> datetime | None:
    if reading.has("resume") and (situation.prompt != "check_in" or not entries):
        acts.discard("pause" if commands.says_over(reading) else "resume")
        if "pause" not in acts:
            acts.add("resume")
    return moments.back_on(reading, situation.local_time) if "pause" in acts else None


def _put_off(reading: Reading, situation: Situation, acts: set[Act], entries: Sequence[Entry]) -> datetime | None:
    """Asked to ask again, or still to come: the moment to ask at, if one is named."""
    told = any(entry.status in ("done", "missed") for entry in entries)
    pending = situation.prompt != "none"
    waits = reading.has("busy") or (reading.has("wait") and commands.is_ahead(reading))
    asked = any(cue.name == "ask_later" for cue in reading.answers) or (pending and not told and waits)
    still = any(entry.status == "later" for entry in entries) or (pending and not entries and _is_bare_moment(reading))
    if asked or (still and situation.prompt == "check_in" and not _is_another_day(reading)):
        acts.add("snooze")
        now = situation.local_time
        at = moments.ask_again_at(_later_part(reading), now)
        return at if at or told else moments.ask_again_at(reading, now)
    if still and situation.prompt == "check_in":
        acts.add("chatter")
    return None


def _is_another_day(reading: Reading) -> bool:
    return reading.has("tomorrow", "another_day") or any(
        reading.lexicon.value("weekdays", token.word) for token in reading.tokens
    )


def _is_bare_moment(reading: Reading) -> bool:
    """ "At 7", "en 2 horas": nothing but when."""
    return reading.has("clock", "wait") and len(reading.words()) <= 5 and not answers.is_plain(reading)


def _later_part(reading: Reading) -> Reading:
    """The reading from the clause on that puts something off: a time named before it belongs to something else."""
    firsts = [cue.first for cue in reading.answers if cue.name in ("later", "ask_later")]
    firsts = firsts or [cue.first for cue in reading.answers if cue.name == "maybe_later"][-1:]
    starts = [clause.first for clause in clauses_of(reading) if firsts and clause.first <= firsts[0]]
    if not starts:
        return reading
    cues = {name: [cue for cue in found if cue.first >= starts[-1]] for name, found in reading.cues.items()}
    return reading._replace(cues={name: found for name, found in cues.items() if found})


def _report(reading: Reading, situation: Situation, seen: Sequence[str]) -> list[Entry]:
    """What the text reports of the goals and beyond."""
    story = story_of(reading, situation)
    if situation.prompt == "check_in" and reading.has("wait") and _is_bare_moment(reading):
        return []  # "in 2 hours" is no amount of anything
    if situation.prompt == "check_in" and situation.asked:
        if len(situation.asked) == 1:
            return _single(story, seen)
        return answer_row(story) or Resolver(story, parts_of(story)).resolve()
    if situation.prompt == "wins":
        return _bare_done(story) or open_wins.told(story)
    return _bare_done(story) or open_wins.volunteered(story)


def _taken_back(reading: Reading, situation: Situation) -> list[Entry]:
    """What a text that takes back what was logged puts in its place: with one goal, all of it is about that."""
    if situation.prompt == "none" and len(situation.goals) == 1:
        story = story_of(reading, situation)
        right = _put_right(story)
        return [right] if right else resolve_single(story, parts_of(story))
    return _report(reading, situation, ())


def _put_right(story: Story) -> Entry | None:
    """The number that stands in the place of another: "it was 20, not 30"."""
    negative = story.reading.lexicon.classes["not"] | story.reading.lexicon.classes["denials"]
    for one in story.quantities if story.reading.has("revised") else ():
        if not any(token.word in negative for token in story.reading.tokens[max(one.first - 2, 0) : one.first]):
            return Entry(0, "done", story.today(), one.value, one.unit, one.first, one.end)
    return None


def _single(story: Story, seen: Sequence[str]) -> list[Entry]:
    parts = parts_of(story)
    entries = resolve_single(story, parts)
    swapped = any(part.replaced or part.pictured for part in parts)
    told = swapped or answers.is_plain(story.reading) or any(entry.amount is not None for entry in entries)
    several = len({entry.on for entry in entries}) > 1
    ahead = story.reading.has("busy", "ask_later", "tomorrow") or commands.is_ahead(story.reading)
    if told or several or ahead or commands.asks(story.reading):
        return entries
    put_off = any(entry.status == "later" for entry in entries)
    if story.reading.has("thanks") and not (put_off or story.mentions or answers.is_plain(story.reading)):
        return []
    goal = story.situation.asked[0]
    said = next((entry.status for entry in entries if entry.goal == goal), None)
    if said == "later" or _is_bare_moment(story.reading) or (said == "done" and _is_told_by_its_verb(story, goal)):
        return entries
    opinion = answers.second_opinion(story, seen, goal, said)
    return entries if opinion in (said, None) else resolve_single(story, parts_of(story), opinion)


def _is_told_by_its_verb(story: Story, goal: int) -> bool:
    """Whether the very verb of the goal's title says that it was done: "closed it on time" to "Close the shop"."""
    mine = [one for one in story.mentions if one.goal == goal and one.worth >= WORD_WORTH]
    return any(past_at(story.reading, one.first) for one in mine)


def _bare_done(story: Story) -> list[Entry]:
    """A "done" and no more, or so much on such days, counts for the only goal there is, though nothing was asked."""
    said = {cue.name for cue in story.reading.answers}
    whole = Part(0, len(story.reading.tokens), quantities=list(story.quantities), days=list(story.days))
    held = {place for cue in story.reading.answers for place in range(cue.first, cue.end)}
    verbs = story.reading.lexicon.classes["do"]
    doing = sum(token.word in verbs and at not in held for at, token in enumerate(story.reading.tokens))
    bare = story.is_short(whole, doing)
    if len(story.matcher.goals) != 1 or not bare or not said <= {"done", "yes", "did"}:
        return []
    if not said and not (story.quantities and story.matcher.goals[0].amount):
        return []
    entries = resolve_single(story, parts_of(story), "done")
    return [entry for entry in entries if entry.status == "done"]


def _kept(reading: Reading, situation: Situation, acts: set[Act], entries: Sequence[Entry]) -> list[Entry]:
    """Beside a command only what is said in so many words is a report; beside a pause, say, a goal named is not."""
    if not acts & {"stop", "status", "pause", "resume", "undo"}:
        return list(entries)
    if situation.prompt != "check_in" and "undo" not in acts:
        return []
    plain = [
        cue
        for cue in reading.without(*acts).answers
        if cue.name in ("yes", "no", "done", "missed", "all", "both", "none")
        or ("undo" in acts and cue.name in ("neg", "did", "undone"))
    ]
    return [
        entry
        for entry in entries
        if entry.amount is not None or any(entry.first <= cue.first < entry.end for cue in plain)
    ]


def _is_message(
    reading: Reading, situation: Situation, acts: set[Act], entries: Sequence[Entry], seen: Sequence[str]
) -> bool:
    """Whether the coach should read it: a question, a request, an event; the model has a say in both directions."""
    if acts & {"status", "snooze", "resume", "stop"} or commands.is_bare(reading):
        return False
    if len(reading.words()) <= 3 and not reading.has("ask", "request", "event") and not commands.asks(reading):
        return False
    chance = linear.likely("message", seen)
    if "pause" in acts or "undo" in acts:
        return reading.has("grave") or (reading.has("event") and chance > _ADD)
    told = (commands.asks(reading) and not (entries and _answers_itself(reading))) or (
        not entries and reading.has("request")
    )
    if situation.prompt == "none" and _ends_asking(reading):
        return True
    if reading.has("grave") or (reading.has("event") and (not entries or chance > _BESIDE)):
        return True
    return chance > _ADD or (told and chance > _DROP)


def _answers_itself(reading: Reading) -> bool:
    """Whether every question is followed by its own answer: "Can you see the floor? No you cannot.", "like 45?" """
    marks = [at for at, token in enumerate(reading.tokens) if token.kind == MARK and "?" in token.word]
    firsts = {cue.first for cue in reading.answers if cue.name in ("yes", "no", "done", "missed")}
    counted = {one.end for one in quantities(reading)} if marks and not reading.has("ask") else set()
    return bool(marks) and all({at + 1, at + 2} & firsts or at in counted or at - 1 in counted for at in marks)


def _ends_asking(reading: Reading) -> bool:
    """Whether the last words of a text are a question that is not quoted: nothing was asked, so it is for the coach."""
    said = [token.word for token in reading.tokens if token.kind in (MARK, WORD)]
    return bool(said) and "?" in said[-1] and not set(said) & _QUOTES


def _beside_message(reading: Reading, entries: Sequence[Entry]) -> list[Entry]:
    """What stays reported beside a question: what is said in so many words, outside the question."""
    cues = [cue for name in ("ask", "request") for cue in reading.cues.get(name, ())]
    events = sorted(cue for name in ("event", "grave") for cue in reading.cues.get(name, ()))
    clauses = clauses_of(reading)
    asked = [(clause.first, clause.end) for clause in clauses if clause.closed_by == "?"]
    asked += [(cue.first, cue.end) for cue in cues]
    plain = [
        clause.first
        for clause in clauses
        if is_past(reading, clause.first, clause.end)
        and not between(events, clause.first, clause.end)
        and all(clause.end <= first for first, _ in asked)
    ]
    return [
        entry
        for entry in entries
        if (entry.amount is not None and not any(0 <= cue.first - entry.first <= 1 for cue in cues))
        or not any(entry.first < end and first < entry.end for first, end in asked)
        or any(entry.first <= place < entry.end for place in plain)
        or any(cue.name in ("yes", "no", "done", "missed") for cue in between(reading.answers, entry.first, entry.end))
    ]
