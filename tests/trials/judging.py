"""What is due for each text, and whether it was done: judged from the database and from the phones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from coach_portal.core.db import Database
from coach_portal.core.models import Alert, Client, InboundText, Message, Suppression
from coach_portal.core.rules.crisis_lines import crisis_lines
from infra.local.carrier import keywords
from tests.trials.situations import Person
from tests.trials.tongue import is_in

ANSWERED = frozenset({"win", "miss", "snooze", "pause", "resume", "undo", "status", "reflection", "message"})
"""Acts that are answered with what was recorded of them."""
ANSWERS = frozenset({"reply", "help", "goodbye", "safety"})
"""Kinds of texts that answer one; a question put off to later and an alert to the coach do not."""


@dataclass(frozen=True)
class Found:
    """What the database holds, by text or by client."""

    written_down: Counter[str]
    acted_on: dict[str, list[Any]]
    answers: dict[int, list[Any]]
    alerts: dict[int, set[str]]
    clients: dict[int, Any]
    suppressed: set[str]

    @classmethod
    def read(cls, database: Database) -> "Found":
        """Read it all."""
        acted_on, answers, alerts = defaultdict(list), defaultdict(list), defaultdict(set)
        with database.reading() as session:
            for message in session.scalars(select(Message)):
                if message.direction == "in":
                    acted_on[message.sid].append(message)
                elif message.answers_id is not None and message.kind in ANSWERS:
                    answers[message.answers_id].append(message)
            for alert in session.scalars(select(Alert)):
                alerts[alert.message_id].add(alert.kind)
            written_down = Counter(session.scalars(select(InboundText.sid)))
            clients = {client.id: client for client in session.scalars(select(Client))}
            suppressed = set(session.scalars(select(Suppression.phone)))
            session.expunge_all()
        return cls(written_down, acted_on, answers, alerts, clients, suppressed)


def due_answer(person: Person, understanding: Mapping[str, Any]) -> str | None:
    """The kind of answer the rules give to a text understood so, None where silence is the answer."""
    acts, prompt = set(understanding["acts"]), person.record["prompt"]
    if understanding["risk"] == "explicit":
        return "safety"
    if "stop" in acts:
        return None if keywords.is_stop(person.record["text"]) else "goodbye"
    if "start" in acts:
        return "reply" if person.is_invited else None
    if person.is_invited and acts & {"confirm", "decline"}:
        return "goodbye" if "decline" in acts else "reply"
    if "help" in acts:
        return "help"
    if person.is_invited or understanding["maybe_stop"]:
        return None
    if acts & ANSWERED or understanding["risk"] == "possible":
        return "reply"
    return "reply" if not acts and prompt != "none" else None


def faults(person: Person, found: Found, phone: Mapping[str, Iterable[str]]) -> list[str]:
    """What was done wrong with one text. `phone` holds the bodies that reached each phone."""
    if found.written_down[person.sid] != 1 or len(found.acted_on[person.sid]) != 1:
        return ["lost" if not found.acted_on[person.sid] else "stored twice"]
    (message,) = found.acted_on[person.sid]
    if message.client_id != person.client_id:
        return ["somebody else's"]
    answers, wanted = found.answers[message.id], due_answer(person, message.understanding)
    wrong = [] if [answer.kind for answer in answers] == ([wanted] if wanted else []) else ["answer not the one due"]
    reached = list(phone.get(person.phone, ()))
    if sorted(reached) != sorted(answer.body for answer in answers):
        wrong.append("the phone and the record differ")
    titles = " ".join(person.record["goals"])
    if not all(is_in(body, person.locale, besides=titles) for body in reached):
        wrong.append("another language")
    return wrong + _consequences(person, message, found, reached)


def _consequences(person: Person, message: Any, found: Found, reached: list[str]) -> list[str]:
    wrong, client, alerts = [], found.clients[person.client_id], found.alerts[message.id]
    risk = message.understanding["risk"]
    if risk == "explicit" and not _names_the_lines(person, reached):
        wrong.append("no emergency number")
    if risk == "explicit" and (client.held_reason != "safety" or "risk" not in alerts):
        wrong.append("danger without hold or alert")
    if risk == "possible" and "possible_risk" not in alerts:
        wrong.append("worry without alert")
    stopped = "stop" in message.understanding["acts"]
    if stopped != (person.phone in found.suppressed) or stopped != (client.consent == "revoked"):
        wrong.append("stop not kept")
    return wrong


def _names_the_lines(person: Person, reached: list[str]) -> bool:
    lines = crisis_lines(person.country)
    return any(number in body for body in reached for number in lines.emergency)
