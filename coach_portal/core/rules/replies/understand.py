"""The steps in their order: from a text and its situation to what a careful assistant would record."""

from . import commands, linear, moments, risk
from .general import understand_general
from .patterns import Cue
from .polarity import Status
from .reading import Reading, read
from .recorded import only, recorded
from .report import Entry
from .text import LINK, MARK, NUMBER, WORD
from .understanding import Act, Evidence, Situation, Understanding


def understand(text: str, situation: Situation) -> Understanding:
    """What a careful assistant of the coach would record of `text`, received in `situation`."""
    reading = read(text, situation.locale)
    danger = risk.screen(reading)
    if danger.level == "explicit":
        return _crisis(reading, danger)
    found = _calm(reading, situation, linear.features(reading))
    if commands.may_be_stop(reading, situation):
        found = found._replace(maybe_stop=True)
    if commands.says_wrong_number(reading, situation):
        found = found._replace(wrong_number=True)
    return found if danger.level is None else _with_risk(found, danger)


def _crisis(reading: Reading, danger: risk.Risk) -> Understanding:
    acts: set[Act] = {"crisis"}
    evidence: dict[str, Evidence] = {}
    stop = commands.says_stop(reading)
    if stop or commands.keyword(reading) == "stop":
        acts.add("stop")
        evidence["stop"] = stop or reading.whole() or Evidence(0, 0)
    if danger.evidence:
        evidence["crisis"] = danger.evidence
    return Understanding(
        frozenset(acts), risk="explicit", risk_kind=danger.kind, evidence=evidence, confidence=danger.confidence
    )


def _with_risk(found: Understanding, danger: risk.Risk) -> Understanding:
    evidence = dict(found.evidence)
    if danger.evidence:
        evidence["risk"] = danger.evidence
    return found._replace(risk=danger.level, risk_kind=danger.kind, evidence=evidence)


def _calm(reading: Reading, situation: Situation, seen: list[str]) -> Understanding:
    """The understanding of a text that tells of no explicit risk."""
    word = commands.keyword(reading)
    if word:
        return only(word, reading, confidence=1.0)
    reaction = commands.tapback(reading)
    if reaction:
        return _reaction(reaction, reading, situation)
    if commands.is_notice(reading):
        return only("chatter", reading, confidence=0.85)
    stop = commands.says_stop(reading)
    if situation.prompt == "opt_in":
        return _opt_in(reading, situation, stop)
    if situation.prompt == "reflection":
        return _reflection(reading, situation, stop, seen)
    return understand_general(reading, situation, stop, seen)


def _reaction(reaction: str, reading: Reading, situation: Situation) -> Understanding:
    """A tapback on a check-in is an answer to it; on anything else it is nothing to record."""
    if reaction == "other" or situation.prompt != "check_in":
        return only("chatter", reading)
    today, size = situation.local_time.date(), len(reading.tokens)
    status: Status = "done" if reaction == "yes" else "missed"
    return recorded(reading, [Entry(goal, status, today, end=size) for goal in situation.asked], ())


def _opt_in(reading: Reading, situation: Situation, stop: Evidence | None) -> Understanding:
    if stop:
        return only("stop", reading)
    if reading.has("help"):
        return only("help", reading)
    if reading.has("ask_later", "think_first") or (reading.has("tomorrow") and not reading.has("confirm")):
        return only("snooze", reading, moments.ask_again_at(reading, situation.local_time))
    if reading.has("decline") and not _leads(reading, "confirm", "decline"):
        return only("decline", reading)
    if reading.has("confirm"):
        wishes = reading.has("request") or (reading.has("but") and reading.has("clock", "part_of_day"))
        asking: set[Act] = {"message"} if commands.asks(reading) or wishes else set()
        return recorded(reading, [], {"confirm", *asking})
    return only("message" if commands.asks(reading) else "chatter", reading, confidence=0.5)


def _leads(reading: Reading, name: str, other: str) -> bool:
    """Whether the first cue of `name` comes before the first of `other`, or at the same place and longer."""
    mine, yours = reading.cues.get(name), reading.cues.get(other)
    if not mine or not yours:
        return bool(mine)
    return max(map(_place, mine)) > max(map(_place, yours))


def _place(cue: Cue) -> tuple[int, int]:
    return (-cue.first, cue.end - cue.first)


def _reflection(reading: Reading, situation: Situation, stop: Evidence | None, seen: list[str]) -> Understanding:
    words = len(reading.words())
    if stop:
        return only("stop", reading)
    put_off = any(cue.name in ("ask_later", "later") for cue in reading.answers) or reading.has("busy", "think_first")
    if (words <= 14 and reading.has("ask_later")) or (words <= 9 and put_off):
        return only("snooze", reading, moments.ask_again_at(reading, situation.local_time))
    if words <= 7 and reading.has("help"):
        return only("help", reading)
    if words <= 10 and commands.asks_status(reading):
        return only("status", reading)
    if _is_no_answer(reading):
        return only("chatter", reading, confidence=0.8)
    return only("message", reading, confidence=0.7) if _is_only_a_question(reading) else _reflected(reading, seen)


def _is_only_a_question(reading: Reading) -> bool:
    """Whether the text is one question to the coach, from its first word to its last."""
    ends = [at for at, token in enumerate(reading.tokens) if token.kind == MARK and token.word[0] in ".!?\n…"]
    if len(ends) != 1 or ends[0] < len(reading.tokens) - 1 or "?" not in reading.tokens[-1].word:
        return False
    asked = (cue for name in ("ask", "request") for cue in reading.cues.get(name, ()))
    return any(cue.first == 0 for cue in asked) and not reading.has("self_ask")


def _is_no_answer(reading: Reading) -> bool:
    """Whether nothing is said that could be read again: "idk", "pass", "ok", a shrug."""
    names = ("no_answer", "ack", "thanks", "greeting")
    covered = {at for name in names for cue in reading.cues.get(name, ()) for at in range(cue.first, cue.end)}
    polite = reading.lexicon.classes["filler"]
    loose = [at for at, token in enumerate(reading.tokens) if token.kind in (WORD, NUMBER, LINK) and at not in covered]
    return all(reading.tokens[at].word in polite for at in loose)


def _reflected(reading: Reading, seen: list[str]) -> Understanding:
    """A reflection, and a message where it asks the coach something; a question to oneself is part of it."""
    marks = any("?" in token.word for token in reading.tokens)
    chance = linear.likely("message", seen)
    asking = reading.has("ask", "request") and not reading.has("self_ask") and chance > (0.1 if marks else 0.6)
    return recorded(reading, [], {"reflection", "message"} if asking else {"reflection"})
