"""Labelled texts as people in a practice: one client for each, with those goals and that question pending."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from coach_portal.core.db import Database
from coach_portal.core.models import CheckIn, Coach, Digest, Message
from tests.trials import people
from tests.trials.processes import ROOT

FILES = (ROOT / "tests/replies/dev.jsonl", ROOT / "tests/replies/risk.jsonl")
COUNTRIES = {"en": ("US", "CA", "GB", "IE", "AU", "NZ"), "es": ("ES", "MX", "US")}
KINDS = {"check_in": "check_in", "wins": "wins", "reflection": "reflection"}
"""Prompts that are a pending question, and its kind."""


@dataclass(frozen=True)
class Person:
    """One labelled text and who sends it. Their client id is `number` + 1."""

    number: int
    record: dict[str, Any]

    @property
    def client_id(self) -> int:
        """The id of their row."""
        return self.number + 1

    @property
    def phone(self) -> str:
        """Their phone."""
        return people.phone_of(self.number)

    @property
    def sid(self) -> str:
        """The carrier's id of their text."""
        return f"SM{self.number:032x}"

    @property
    def locale(self) -> str:
        """Their language."""
        return str(self.record["locale"])

    @property
    def country(self) -> str:
        """Where they live."""
        choices = COUNTRIES[self.locale]
        return choices[self.number % len(choices)]

    @property
    def is_invited(self) -> bool:
        """Whether the question is whether they agree at all."""
        return self.record["prompt"] == "opt_in"

    def as_client(self) -> dict[str, Any]:
        """Their row."""
        return {
            "id": self.client_id,
            "name": f"Person {self.number}",
            "phone": self.phone,
            "locale": self.locale,
            "country": self.country,
            "consent": "invited" if self.is_invited else "granted",
        }


def read(files: Iterable[Path] = FILES, of_each: int | None = None) -> list[Person]:
    """Everyone, or so many of each file, taken from all over it."""
    records = []
    for file in files:
        lines = file.read_text().splitlines()
        step = 1 if of_each is None else max(len(lines) // of_each, 1)
        records += [json.loads(line) for line in islice(lines, 0, None, step)]
    return [Person(number, record) for number, record in enumerate(records)]


def settle(database: Database, persons: Sequence[Person], now: datetime) -> Coach:
    """Write them all down, with their goals and their questions; answers their coach."""
    coach = people.open_practice(database, now)
    people.take_on(database, coach, [person.as_client() for person in persons], now)
    goals = [
        {"client_id": person.client_id, "position": place, "title": title}
        for person in persons
        for place, title in enumerate(person.record["goals"], 1)
    ]
    ids = iter(people.add_goals(database, coach, goals, now))
    goal_ids = {person.number: [next(ids) for _ in person.record["goals"]] for person in persons}
    for prompt, kind in KINDS.items():
        asked = [person for person in persons if person.record["prompt"] == prompt]
        _ask(database, coach, asked, goal_ids, kind, now)
    return coach


def _ask(
    database: Database,
    coach: Coach,
    persons: Sequence[Person],
    goal_ids: dict[int, list[int]],
    kind: str,
    now: datetime,
) -> None:
    """These were asked an hour ago, and have not answered yet."""
    asked_at = now - timedelta(hours=1)
    schedule_ids = people.ask_now(database, coach, [person.client_id for person in persons], now, kind, awake=False)
    rows = [
        {
            "practice_id": coach.practice_id,
            "client_id": person.client_id,
            "schedule_id": schedule_id,
            "kind": kind,
            "local_date": now.date(),
            "due_at": asked_at,
            "goal_ids": about,
            "open_goal_ids": about,
            "state": "asked",
        }
        for person, schedule_id in zip(persons, schedule_ids, strict=True)
        for about in [[goal_ids[person.number][place] for place in person.record["asked"]]]
    ]
    with database.session() as session:
        check_ins = list(session.scalars(insert(CheckIn).returning(CheckIn.id, sort_by_parameter_order=True), rows))
        texts = [
            _question(person, coach, kind, check_in, asked_at)
            for person, check_in in zip(persons, check_ins, strict=True)
        ]
        messages = list(session.scalars(insert(Message).returning(Message.id, sort_by_parameter_order=True), texts))
        if kind == "reflection":
            digests = [
                _digest(person, coach, check_in, message, asked_at)
                for person, check_in, message in zip(persons, check_ins, messages, strict=True)
            ]
            session.execute(insert(Digest), digests)


def _question(person: Person, coach: Coach, kind: str, check_in_id: int, asked_at: datetime) -> dict[str, Any]:
    return {
        "practice_id": coach.practice_id,
        "client_id": person.client_id,
        "check_in_id": check_in_id,
        "direction": "out",
        "kind": "digest" if kind == "reflection" else kind,
        "from_phone": people.PRACTICE_PHONE,
        "to_phone": person.phone,
        "body": "How did it go?",
        "state": "delivered",
        "sid": f"SMq{check_in_id:031x}",
        "created_at": asked_at,
    }


def _digest(person: Person, coach: Coach, check_in_id: int, message_id: int, asked_at: datetime) -> dict[str, Any]:
    return {
        "practice_id": coach.practice_id,
        "client_id": person.client_id,
        "check_in_id": check_in_id,
        "message_id": message_id,
        "week_start": asked_at.date() - timedelta(days=6),
        "question": "What made the good days easier?",
        "created_at": asked_at,
    }
