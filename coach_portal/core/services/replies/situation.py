"""What a text arrived in: whose it is, what they are working on, and what we last asked. One statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal, select

from coach_portal.core import bulk
from coach_portal.core.models import tables
from coach_portal.core.rules.replies.understanding import Prompt, Situation
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.texts.words import GoalWords, Terms

_number, _practice, _client, _goal = tables.sending_number, tables.practice, tables.client, tables.goal
_check_in, _digest, _coach, _link = tables.check_in, tables.digest, tables.coach, tables.coach_client
_begun = tables.begun_step

WAITS_FOR = timedelta(hours=20)
"""How long a question waits for its answer: until the next day's question would come."""

# Written out: else SQLite plans anew each time whether the partial index of this state serves (measured: 130 us).
_WAITS = _check_in.c.state == literal("asked", literal_execute=True)
_LAST_QUESTION = (
    select(func.max(_check_in.c.id))
    .where(
        _check_in.c.client_id == _client.c.id,
        _WAITS,
        _check_in.c.due_at >= bindparam("since"),
    )
    .correlate(_client)
    .scalar_subquery()
)
_FIRST_COACH = (
    select(func.min(_link.c.coach_id)).where(_link.c.client_id == _client.c.id).correlate(_client).scalar_subquery()
)
_SITUATION = (
    select(
        _number.c.practice_id,
        _practice.c.name.label("practice_name"),
        _practice.c.texts_from,
        _practice.c.texts_until,
        _client.c.id.label("client_id"),
        _client.c.name,
        _client.c.country,
        _client.c.timezone,
        _client.c.locale,
        _client.c.consent,
        _client.c.calls,
        _client.c.held_at,
        _client.c.paused_until,
        _client.c.unreachable_at,
        _client.c.go_on_asked_at,
        _client.c.quiet_at,
        _coach.c.name.label("coach_name"),
        _coach.c.email.label("coach_email"),
        _coach.c.phone.label("coach_phone"),
        _check_in.c.id.label("check_in_id"),
        _check_in.c.kind.label("asked_kind"),
        _check_in.c.local_date.label("asked_for"),
        _check_in.c.open_goal_ids,
        _digest.c.id.label("digest_id"),
        func.coalesce(_digest.c.question, _begun.c.question).label("question"),
        _goal.c.id.label("goal_id"),
        _goal.c.title,
        _goal.c.anchor,
        _goal.c.amount,
        _goal.c.unit,
        _goal.c.direction,
        _goal.c.synonyms,
    )
    .join(_practice, _practice.c.id == _number.c.practice_id)
    .outerjoin(_client, (_client.c.sending_number_id == _number.c.id) & (_client.c.phone == bindparam("from_phone")))
    .outerjoin(_coach, _coach.c.id == _FIRST_COACH)
    .outerjoin(_check_in, _check_in.c.id == _LAST_QUESTION)
    .outerjoin(_digest, _digest.c.check_in_id == _check_in.c.id)
    .outerjoin(_begun, _begun.c.check_in_id == _check_in.c.id)
    .outerjoin(_goal, (_goal.c.client_id == _client.c.id) & _goal.c.retired_at.is_(None))
    .where(_number.c.phone == bindparam("to_phone"))
    .order_by(_goal.c.position)
)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A text's situation with the rows behind it. `row` has the practice's, client's, coach's and question's columns;
    its `client_id` is None when the sender is nobody we know."""

    row: Any
    goal_ids: Sequence[int]
    goals: Sequence[GoalWords]
    situation: Situation
    now: datetime

    @property
    def today(self) -> date:
        """The client's local date."""
        return self.situation.local_time.date()

    @property
    def coach_name(self) -> str:
        """The coach's first name, or the practice's name where there is no coach."""
        name: str = self.row.coach_name or self.row.practice_name
        return name.partition(" ")[0]

    @property
    def terms(self) -> Terms:
        """What the client agreed to, and with whom."""
        row = self.row
        contact = row.coach_email or row.practice_name
        return Terms(practice=row.practice_name, coach=self.coach_name, contact=contact, country=row.country)


def load(connection: Connection, from_phone: str, to_phone: str, now: datetime) -> Circumstances | None:
    """The circumstances of a text between these numbers; None when the number texted is no practice's."""
    values = {"from_phone": from_phone, "to_phone": to_phone, "since": now - WAITS_FOR}
    rows = bulk.fetch(connection, _SITUATION, values)
    if not rows:
        return None
    row = rows[0]
    goals = [each for each in rows if each.goal_id is not None]
    goal_ids = tuple(goal.goal_id for goal in goals)
    local_time = now.astimezone(zone(row.timezone or "UTC")).replace(tzinfo=None)
    asked = tuple(place for place, goal_id in enumerate(goal_ids) if goal_id in (row.open_goal_ids or ()))
    situation = Situation(
        prompt=_prompt(row, asked),
        goals=tuple(goal.title for goal in goals),
        asked=asked,
        local_time=local_time,
        locale=(row.locale or "en").partition("-")[0],
        synonyms=tuple(tuple(goal.synonyms or ()) for goal in goals),
    )
    words = tuple(
        GoalWords(goal.title, goal.anchor or "", goal.amount, goal.unit or "", place, goal.direction == "at_most")
        for place, goal in enumerate(goals, 1)
    )
    return Circumstances(row, goal_ids, words, situation, now)


def _prompt(row: Any, asked: Sequence[int]) -> Prompt:
    if row.consent == "invited":
        return "opt_in"
    if row.asked_kind == "wins":
        return "wins"
    if row.asked_kind in {"reflection", "question"}:
        return "reflection"
    return "check_in" if asked else "none"
