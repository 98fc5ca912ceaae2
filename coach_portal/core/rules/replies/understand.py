"""The steps in their order: from a text and its situation to what a careful assistant would record."""

from collections.abc import Sequence
from datetime import datetime

from . import commands, moments, open_wins, risk
from .amounts import quantities
from .clauses import clauses_of
from .days import day_mentions
from .goals import Matcher
from .patterns import Cue
from .reading import Reading, read
from .report import Entry, Story, parts_of
from .picks import picks_of
from .scope import Resolver, answer_row
from .single import resolve_single
from .understanding import Act, Evidence, Miss, Situation, Understanding, Win


def understand(text: str, situation: Situation) -> Understanding:
    """What a careful assistant of the coach would record of `text`, received in `situation`."""
    reading = read(text, situation.locale)
    danger = risk.screen(reading)
    if danger.level == "explicit":
        return _crisis(reading, danger)
    found = _calm(reading, situation)
    if danger.level is None:
        return found
    return _with_risk(found, danger)


def _crisis(reading: Reading, danger: risk.Risk) -> Understanding:
    acts: set[Act] = {"crisis"}
    evidence: dict[str, Evidence] = {}
    stop = commands.says_stop(reading)
    if stop or commands.keyword(reading) == "stop":
        acts.add("stop")
        evidence["stop"] = stop or reading.whole() or Evidence(0, 0)
    if danger.evidence:
        evidence["crisis"] = danger.evidence
    return Understanding(frozenset(acts), risk="explicit", risk_kind=danger.kind, evidence=evidence, confidence=0.9)


def _with_risk(found: Understanding, danger: risk.Risk) -> Understanding:
    evidence = dict(found.evidence)
    if danger.evidence:
        evidence["risk"] = danger.evidence
    return Understanding(
        found.acts,
        found.wins,
        found.misses,
        found.until,
        danger.level,
        danger.kind,
        found.maybe_stop,
        evidence,
        found.confidence,
    )


def _calm(reading: Reading, situation: Situation) -> Understanding:
    """The understanding of a text that tells of no explicit risk."""
    word = commands.keyword(reading)
    if word:
        return _only(word, reading)
    reaction = commands.tapback(reading)
    if reaction:
        return _reaction(reaction, reading, situation)
    if commands.is_notice(reading):
        return _only("chatter", reading)
    stop = commands.says_stop(reading)
    if situation.prompt == "opt_in":
        return _opt_in(reading, situation, stop)
    if situation.prompt == "reflection":
        return _reflection(reading, situation, stop)
    return _general(reading, situation, stop)


def _only(act: Act, reading: Reading, until: datetime | None = None) -> Understanding:
    whole = reading.whole()
    return Understanding(frozenset({act}), until=until, evidence={act: whole} if whole else {})


def _reaction(reaction: str, reading: Reading, situation: Situation) -> Understanding:
    if reaction == "other" or situation.prompt != "check_in":
        return _only("chatter", reading)
    today = situation.local_time.date()
    entries = [
        Entry(goal, "done" if reaction == "yes" else "missed", today, end=len(reading.tokens))
        for goal in situation.asked
    ]
    return _recorded(reading, entries, set(), None)


def _opt_in(reading: Reading, situation: Situation, stop: Evidence | None) -> Understanding:
    if stop:
        return _only("stop", reading)
    if reading.has("help"):
        return _only("help", reading)
    if reading.has("ask_later") or (reading.has("tomorrow") and not reading.has("confirm")):
        return _only("snooze", reading, moments.ask_again_at(reading, situation.local_time))
    if reading.has("decline") and not _leads(reading, "confirm", "decline"):
        return _only("decline", reading)
    if reading.has("confirm"):
        acts: set[Act] = {"confirm"}
        if commands.asks(reading) or reading.has("request"):
            acts.add("message")
        return _recorded(reading, [], acts, None)
    return _only("message" if commands.asks(reading) else "chatter", reading)


def _leads(reading: Reading, name: str, other: str) -> bool:
    """Whether the first cue of `name` comes before the first of `other`, or at the same place and longer."""
    mine, yours = reading.cues.get(name), reading.cues.get(other)
    if not mine or not yours:
        return bool(mine)
    first, second = max(mine, key=_place), max(yours, key=_place)
    return _place(first) > _place(second)


def _place(cue: Cue) -> tuple[int, int]:
    return (-cue.first, cue.end - cue.first)


def _reflection(reading: Reading, situation: Situation, stop: Evidence | None) -> Understanding:
    short = len(reading.words()) <= 14
    if stop:
        return _only("stop", reading)
    if short and reading.has("ask_later"):
        return _only("snooze", reading, moments.ask_again_at(reading, situation.local_time))
    if short and reading.has("help"):
        return _only("help", reading)
    acts: set[Act] = {"reflection"}
    if _asks_coach(reading):
        acts.add("message")
    return _recorded(reading, [], acts, None)


def _asks_coach(reading: Reading) -> bool:
    marks = any("?" in token.word for token in reading.tokens)
    return marks and reading.has("ask", "request")


def _general(reading: Reading, situation: Situation, stop: Evidence | None) -> Understanding:
    acts: set[Act] = set()
    until: datetime | None = None
    if reading.has("start"):
        return _only("start", reading)
    if reading.has("help") and not reading.has("status"):
        return _only("help", reading)
    if stop:
        acts.add("stop")
    if reading.has("status"):
        acts.add("status")
    if reading.has("undo"):
        acts.add("undo")
    if reading.has("resume") and not reading.has("pause"):
        acts.add("resume")
    if reading.has("pause") and not stop:
        acts.add("pause")
        until = moments.back_on(reading, situation.local_time)
    entries = _entries(reading, situation)
    if reading.has("ask_later") and not acts:
        acts.add("snooze")
        entries = [entry for entry in entries if entry.status == "done"]
    elif not acts and any(entry.status == "later" for entry in entries) and situation.prompt == "check_in":
        acts.add("snooze" if not reading.has("tomorrow") else "chatter")
    if "snooze" in acts:
        until = moments.ask_again_at(_later_part(reading), situation.local_time)
    if acts & {"status", "resume", "stop", "pause"} and situation.prompt != "check_in":
        entries = []
    asking = commands.asks(reading) and not acts & {"status", "undo", "snooze", "pause", "resume", "stop"}
    if asking or ((reading.has("request") or reading.has("event")) and not acts and not entries):
        acts.add("message")
        if asking and not reading.answers:
            entries = []
    return _recorded(reading, entries, acts, until)


def _later_part(reading: Reading) -> Reading:
    """The reading from the clause on that puts something off: a time named before it belongs to something else."""
    firsts = [cue.first for cue in reading.answers if cue.name in ("later", "ask_later")]
    starts = [clause.first for clause in clauses_of(reading) if firsts and clause.first <= firsts[0]]
    if not starts:
        return reading
    cues = {name: [cue for cue in found if cue.first >= starts[-1]] for name, found in reading.cues.items()}
    return reading._replace(cues={name: found for name, found in cues.items() if found})


def _entries(reading: Reading, situation: Situation) -> list[Entry]:
    """What the text reports of the goals and beyond."""
    story = _story(reading, situation)
    if situation.prompt == "check_in" and situation.asked:
        parts = parts_of(story)
        if len(situation.asked) == 1:
            return resolve_single(story, parts)
        return answer_row(story) or Resolver(story, parts).resolve()
    if situation.prompt == "wins":
        return _bare_done(story) or open_wins.told(story)
    return _bare_done(story) or open_wins.volunteered(story)


def _story(reading: Reading, situation: Situation) -> Story:
    matcher = Matcher(situation.goals)
    clauses = clauses_of(reading)
    picks = picks_of(reading, situation, clauses)
    picked = {mention.first for mention in picks}
    mentions = sorted([*matcher.mentions(reading), *picks], key=lambda mention: mention.first)
    amounts = [one for one in quantities(reading) if one.first not in picked]
    return Story(reading, situation, matcher, clauses, mentions, amounts, day_mentions(reading, situation.local_time))


def _bare_done(story: Story) -> list[Entry]:
    """A bare "done" with nothing asked counts for the only goal there is."""
    reading = story.reading
    if len(story.matcher.goals) != 1 or len(reading.words()) > 3:
        return []
    if reading.answers and all(cue.name in ("done", "yes") for cue in reading.answers):
        return [Entry(0, "done", story.situation.local_time.date(), None, None, 0, len(reading.tokens))]
    return []


def _recorded(reading: Reading, entries: Sequence[Entry], acts: set[Act], until: datetime | None) -> Understanding:
    wins, misses = _wins(reading, entries), _misses(reading, entries)
    if wins:
        acts.add("win")
    if misses:
        acts.add("miss")
    if len(acts) > 1:
        acts.discard("chatter")
    if not acts:
        acts.add("chatter")
    evidence: dict[str, Evidence] = {act: span for act in acts if (span := reading.evidence(act) or reading.whole())}
    return Understanding(frozenset(acts), wins, misses, until, evidence=evidence)


def _wins(reading: Reading, entries: Sequence[Entry]) -> tuple[Win, ...]:
    found: dict[tuple[object, object, object], Win] = {}
    for place, entry in enumerate(entries):
        if entry.status == "done":
            key = (entry.goal if entry.goal is not None else f"-{place}", entry.on, None)
            if key not in found or found[key].amount is None:
                found[key] = Win(entry.goal, entry.amount, entry.on, entry.unit, reading.span(entry.first, entry.end))
    return tuple(found.values())


def _misses(reading: Reading, entries: Sequence[Entry]) -> tuple[Miss, ...]:
    done = {(entry.goal, entry.on) for entry in entries if entry.status == "done"}
    found: dict[int, Miss] = {}
    for entry in entries:
        if entry.status == "missed" and entry.goal is not None and entry.goal not in found:
            found[entry.goal] = Miss(entry.goal, reading.span(entry.first, entry.end))
    today = {goal for goal, on in done if on == max((one.on for one in entries), default=on)}
    return tuple(miss for miss in found.values() if miss.goal not in today)
