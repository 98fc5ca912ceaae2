"""How far one client goes in their programme today: which steps begin, and when it is looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from coach_portal.core.rules import programmes
from coach_portal.core.rules.hours import deadline, next_midnight
from coach_portal.core.rules.may_send import decide, last_hour
from coach_portal.core.rules.programmes import Place
from coach_portal.core.rules.schedule import moment_of, zone
from coach_portal.core.rules.texts.programmes import named, said
from coach_portal.core.services.moments import facts
from coach_portal.core.services.sending import outbox

KIND: Final = "programme"
"""The kind of a step's texts."""
_ABOUT_TEXTS: Final = frozenset({
    "outside_hours", "area_code", "touched_today", "daily_cap", "weekly_cap", "budget_spent", "sender_stopped",
})  # fmt: skip
"""Refusals that do not stop a goal which begins without a word."""


@dataclass(slots=True)
class Begun:
    """A step that begins, or whose text is planned anew (`begun_id`); `has_text` tells whether something is sent."""

    walk: "Walk"
    step: Any
    outcome: str = "begun"
    has_text: bool = False
    begun_id: int | None = None
    goal_id: int | None = None
    message_id: int | None = None
    check_in_id: int | None = None

    @property
    def adds_goal(self) -> bool:
        """Whether there is a goal to add."""
        return self.step.kind == "goal" and self.goal_id is None and self.outcome == "begun"

    @property
    def body(self) -> str:
        """What the client reads."""
        row = self.walk.row
        coach = _first(row.coach_name or row.practice_name)
        return named(said(self.step, "body", row.locale) or "", client=_first(row.name), coach=coach)

    def row(self) -> dict[str, Any]:
        """What is kept of it."""
        row = self.walk.row
        return {
            "practice_id": row.practice_id,
            "client_id": row.client_id,
            "enrolment_id": row.id,
            "step_id": self.step.id,
            "outcome": self.outcome,
            "local_date": self.walk.today,
            "begun_at": self.walk.now,
            "goal_id": self.goal_id,
            "message_id": self.message_id,
            "check_in_id": self.check_in_id,
            "question": self.body if self.check_in_id else None,
        }

    def check_in(self) -> dict[str, Any]:
        """The row that waits for the answer to a question."""
        row = self.walk.row
        return {
            "id": self.check_in_id,
            "practice_id": row.practice_id,
            "client_id": row.client_id,
            "schedule_id": None,
            "kind": "question",
            "local_date": self.walk.today,
            "due_at": self.walk.now,
            "goal_ids": (),
            "open_goal_ids": (),
            "state": "asked",
        }

    def message(self) -> dict[str, Any]:
        """Its text, which leaves now."""
        row, now = self.walk.row, self.walk.now
        closes = deadline(now, row.timezone, last_hour(row.texts_until, row.asked_until, own_time=False))
        return {"id": self.message_id} | outbox.outgoing(
            kind=KIND,
            practice_id=row.practice_id,
            client_id=row.client_id,
            check_in_id=self.check_in_id,
            from_phone=row.from_phone,
            to_phone=row.phone,
            body=self.body,
            now=now,
            deadline_at=max(closes, now + timedelta(minutes=1)),
        )


@dataclass(slots=True)
class Walk:
    """One enrolment at a moment. `row` is as `stepping` reads it, `steps` are those of its programme in order."""

    row: Any
    steps: Sequence[Any]
    counted: facts.Counted
    now: datetime
    begun: list[Begun] = field(default_factory=list)
    due_at: datetime | None = None
    writes_on: date | None = None
    is_texted: bool = False
    is_over: bool = False
    place: Place = field(init=False)
    position: int = field(init=False)
    today: date = field(init=False)

    def __post_init__(self) -> None:
        self.place = Place(self.row.counts_from, self.row.last_on)
        self.position = self.row.position or 0
        self.today = self.now.astimezone(zone(self.row.timezone)).date()

    @property
    def next_step(self) -> Any:
        """The first step below the last that began; None at the end."""
        return next((step for step in self.steps if step.position > self.position), None)

    def go(self, *, is_automatic: bool, is_texted: bool) -> None:
        """Begin what is to begin today. `is_texted` tells that another programme has written to them just now."""
        self.is_texted = is_texted
        if self.row.text_state == "not_sent" and not self._try_again():
            return
        while self.due_at is None and (step := self.next_step) is not None:
            self._begin(step, is_automatic=is_automatic and not self.begun)
        tomorrow = next_midnight(self.row.timezone, self.now)
        if any(each.has_text for each in self.begun):
            # Looked at once more, in case the text could not leave.
            self.due_at = tomorrow
        self.is_over = self.due_at is None

    def stands(self) -> dict[str, Any]:
        """The enrolment's columns as they are from now on."""
        goal_ids = [each.goal_id for each in self.begun if each.goal_id]
        steps = [each.step.id for each in self.begun if each.begun_id is None]
        return {
            "id": self.row.id,
            "counts_from": self.place.counts_from,
            "due_at": self.due_at,
            "writes_on": self.writes_on or self.row.writes_on,
            "last_step_id": steps[-1] if steps else self.row.last_step_id,
            "last_on": self.place.last_on,
            "last_goal_id": goal_ids[-1] if goal_ids else self.row.last_goal_id,
            "state": "finished" if self.is_over else "active",
            "ended_at": self.now if self.is_over else None,
        }

    def _begin(self, step: Any, *, is_automatic: bool) -> None:
        on = programmes.planned_on(step, self.place)
        if step.starts == "when_automatic" and (is_automatic or self._has_no_goal):
            on = self.today
        if on is None or on > self.today:
            # Whether a habit runs by itself is looked at every day.
            self.due_at = self._morning_of(None if step.starts == "when_automatic" else on)
        elif programmes.is_missed(step, self.today):
            self.begun.append(Begun(self, step, outcome="missed"))
            self.position = step.position
        elif self._may_begin(step):
            goes = programmes.has_text(step)
            self.begun.append(Begun(self, step, has_text=goes))
            self.is_texted = self.is_texted or goes
            self.place, self.position = programmes.begun(step, self.place, self.today), step.position

    @property
    def _has_no_goal(self) -> bool:
        return self.row.last_goal_id is None and not any(each.adds_goal for each in self.begun)

    def _try_again(self) -> bool:
        """Plan the last step's text once more; False where that has to wait."""
        step = next((step for step in self.steps if step.id == self.row.last_step_id), None)
        if step is None or not programmes.has_text(step):
            return True
        if not self._may_begin(step):
            return False
        again = Begun(self, step, has_text=True, begun_id=self.row.begun_id, goal_id=self.row.begun_goal_id)
        self.begun.append(again)
        self.is_texted = True
        self.place = programmes.begun_again(self.place, self.today)
        return True

    def _may_begin(self, step: Any) -> bool:
        """Whether a step may begin now; if not, `due_at` tells when to look again.

        A text that goes later today has the day from now on.
        """
        texts = programmes.has_text(step)
        at = max(moment_of(self.today, step.local_time, self.row.timezone), self.now) if texts else self.now
        texts_today, this_week, touches, frees_at = self.counted
        more = int(self.is_texted)
        counted = (texts_today + more, this_week + more, touches + more, frees_at)
        known = facts.facts_of(self.row, KIND, **dict(zip(facts.COUNTS, counted, strict=True)))
        decision = decide(known, at)
        if not texts and decision.rule in _ABOUT_TEXTS:
            return True
        goes_at = at if decision.allowed or decision.rule == "sender_stopped" else decision.next_at
        on = goes_at.astimezone(zone(self.row.timezone)).date() if goes_at else None
        if goes_at is None or on != self.today:
            self.due_at = self._morning_of(on)
            return False
        self.writes_on = self.today if texts else self.writes_on
        if goes_at > self.now:
            self.due_at = goes_at
        return goes_at <= self.now

    def _morning_of(self, day: date | None) -> datetime:
        """When a day begins for them, tomorrow at the earliest."""
        tomorrow = next_midnight(self.row.timezone, self.now)
        return max(moment_of(day, "00:00", self.row.timezone), tomorrow) if day else tomorrow


def _first(name: str) -> str:
    return name.partition(" ")[0]
