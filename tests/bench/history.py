"""A practice of 500 clients with a fortnight behind each, the first of them with two years."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from tests.bench.furnish import GOALS, NOW, ZONES, Furnisher, phone_of
from tests.cast import ALICES_NUMBER

CLIENTS, GOALS_EACH = 500, 2
TODAY = date(2026, 11, 18)
FORTNIGHT, TWO_YEARS = 20, 730
LONG = 1
"""The id of the client with two years."""

SAID = (
    "did 5!", "done, both", "skipped it, parents evening ran till nine", "3 today, knees were sore", "yes and yes",
    "did it after lunch instead, and it was fine", "not today. too tired", "walked by the river for once",
)  # fmt: skip
THOUGHT = "the kettle in the morning starts everything, evenings fall apart when the children are ill"


def furnish(clients: int, database: Database) -> None:
    """So many clients, all asked every day about two goals."""
    furnisher = Furnisher(database)
    furnisher.clients(clients, ZONES[:6])
    furnisher.goals(clients, GOALS_EACH, NOW - timedelta(days=TWO_YEARS))
    furnisher.write(tables.schedule, (_schedule(number) for number in range(1, clients + 1)))
    days = [(client, back) for client in range(1, clients + 1) for back in _days(client)]
    furnisher.write(tables.check_in, (_check_in(client, back) for client, back in days))
    furnisher.write(tables.message, _messages(days))
    furnisher.write(tables.win, (_report(*one) for one in _told(days) if one[3]))
    furnisher.write(tables.miss, (_miss(*one) for one in _told(days) if not one[3]))
    furnisher.write(tables.appointment, (_appointment(client) for client in range(1, clients + 1)))
    furnisher.write(tables.appointment, iter([_appointment(LONG, back) for back in range(14, TWO_YEARS, 14)]))
    furnisher.write(tables.reflection, (_reflection(back) for back in range(3, TWO_YEARS, 7)))
    furnisher.write(tables.alert, (_alert(client) for client in range(3, clients + 1, 25)))
    furnisher.settle()


def _days(client: int) -> range:
    return range(TWO_YEARS if client == LONG else FORTNIGHT)


def _goal_ids(client: int) -> list[int]:
    return [(client - 1) * GOALS_EACH + place + 1 for place in range(GOALS_EACH)]


def _schedule(client: int) -> dict[str, Any]:
    return {
        "id": client, "practice_id": 1, "client_id": client, "kind": "check_in", "days": "1234567",
        "local_time": "20:30", "channel": "text", "next_due_at": NOW + timedelta(hours=10), "created_at": NOW,
    }  # fmt: skip


def _check_in(client: int, back: int) -> dict[str, Any]:
    goal_ids = _goal_ids(client)
    return {
        "practice_id": 1, "client_id": client, "schedule_id": client, "kind": "check_in", "local_date": _day(back),
        "due_at": _at(back), "goal_ids": goal_ids, "open_goal_ids": [], "state": "answered",
    }  # fmt: skip


def _is_told(client: int, back: int) -> bool:
    return (client * 7 + back * 3) % 11 != 0 and not (client % 9 == 0 and back < 5)


def _messages(days: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """A question each day, and an answer on most. The answers' ids are those that `_told` names."""
    ids = count(1)
    for client, back in days:
        if _is_told(client, back):
            yield _message(next(ids), client, back, "in", SAID[(client + back) % len(SAID)])
    for client, back in days:
        yield _message(next(ids), client, back, "out", "Evening. Did the 5 squats happen? However it went is fine.")


def _message(id_: int, client: int, back: int, direction: str, body: str) -> dict[str, Any]:
    theirs, is_in = phone_of(client - 1), direction == "in"
    return {
        "id": id_, "practice_id": 1, "client_id": client, "direction": direction,
        "kind": "inbound" if is_in else "check_in", "from_phone": theirs if is_in else ALICES_NUMBER,
        "to_phone": ALICES_NUMBER if is_in else theirs, "body": body, "state": "received" if is_in else "delivered",
        "understanding": {"acts": ["win"], "wins": [{"start": 0, "end": 4}], "risk": None} if is_in else None,
        "created_at": _at(back), "handed_at": None if is_in else _at(back),
    }  # fmt: skip


def _told(days: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, bool, int]]:
    """Client, goal, how many days back, whether it was done, and the text it was told in."""
    ids = count(1)
    for client, back in days:
        if not _is_told(client, back):
            continue
        message_id = next(ids)
        for place, goal_id in enumerate(_goal_ids(client)):
            yield client, goal_id, back, (client + back * (place + 2)) % 5 != 0, message_id


def _report(client: int, goal_id: int, back: int, _: bool, message_id: int) -> dict[str, Any]:
    amount = GOALS[(client - 1 + (goal_id - 1) % GOALS_EACH) % len(GOALS)][2]
    return _miss(client, goal_id, back, _, message_id) | {"amount": amount, "title": None, "source": "text"}


def _miss(client: int, goal_id: int, back: int, _: bool, message_id: int) -> dict[str, Any]:
    return {
        "practice_id": 1, "client_id": client, "goal_id": goal_id, "local_date": _day(back), "message_id": message_id,
        "recorded_at": _at(back),
    }  # fmt: skip


def _appointment(client: int, back: int = -2) -> dict[str, Any]:
    return {
        "practice_id": 1, "client_id": client, "coach_id": 1, "starts_at": NOW - timedelta(days=back, hours=2),
        "minutes": 50,
    }  # fmt: skip


def _reflection(back: int) -> dict[str, Any]:
    return {
        "practice_id": 1, "client_id": LONG, "message_id": None, "question": "What helped this week?", "body": THOUGHT,
        "local_date": _day(back), "recorded_at": _at(back),
    }  # fmt: skip


def _alert(client: int) -> dict[str, Any]:
    return {"practice_id": 1, "client_id": client, "kind": "wants_answer", "created_at": NOW - timedelta(hours=3)}


def _day(back: int) -> date:
    return TODAY - timedelta(days=back)


def _at(back: int) -> datetime:
    return NOW - timedelta(days=back, hours=1)
