"""A practice's programmes and their steps: building them, and changing them for those still to come.

A change concerns the steps that have not begun for a client. Each client goes on below the step that began last for
them; what has begun keeps the words it had.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from coach_portal.core.errors import Invalid, NotFound
from coach_portal.core.models import Coach, Enrolment, Programme, ProgrammeStep
from coach_portal.core.rules.roles import may
from coach_portal.core.services import audit, scope

LONGEST_NAME = 60
MOST_STEPS = 120
"""Two a week for a year and then some: beyond, nobody reads the list."""


def of_practice(session: Session, coach: Coach) -> Sequence[Programme]:
    """The practice's programmes, those put away last."""
    mine = select(Programme).where(Programme.practice_id == coach.practice_id)
    return session.scalars(mine.order_by(Programme.retired_at.is_not(None), Programme.name, Programme.id)).all()


def programme_of(session: Session, coach: Coach, programme_id: int) -> Programme:
    """One of them. Raises NotFound."""
    found = session.get(Programme, programme_id)
    if found is None or found.practice_id != coach.practice_id:
        raise NotFound("no such programme")
    return found


def step_of(session: Session, coach: Coach, programme_id: int, step_id: int) -> tuple[Programme, ProgrammeStep]:
    """One of its steps. Raises NotFound."""
    programme = programme_of(session, coach, programme_id)
    step = session.get(ProgrammeStep, step_id)
    if step is None or step.programme_id != programme.id or step.removed_at is not None:
        raise NotFound("no such step")
    return programme, step


def may_change(coach: Coach, programme: Programme) -> bool:
    """Whether this coach may change it: it is their own, or their role may change what others wrote."""
    return programme.coach_id == coach.id or may(coach.role, "change_programmes")


def steps_of(session: Session, programme: Programme) -> Sequence[ProgrammeStep]:
    """Its steps in their order."""
    mine = select(ProgrammeStep).where(ProgrammeStep.programme_id == programme.id, ProgrammeStep.removed_at.is_(None))
    return session.scalars(mine.order_by(ProgrammeStep.position)).all()


def add(session: Session, coach: Coach, data: Mapping[str, Any], now: datetime) -> Programme:
    """Begin a programme. Raises Invalid for a name that is taken."""
    _refuse_name(session, coach, data["name"], None)
    added = Programme(practice_id=coach.practice_id, coach_id=coach.id, created_at=now, **data)
    session.add(added)
    session.flush()
    _note(session, coach, "add_programme", added, now)
    return added


def copy(session: Session, coach: Coach, programme: Programme, now: datetime) -> Programme:
    """A programme of this coach's own, with the same steps, to change as they like."""
    taken = {each.name for each in of_practice(session, coach)}
    names = (f"{programme.name[: LONGEST_NAME - 9]}, copy {number}" for number in range(1, 1000))
    name = next(name for name in names if name not in taken)
    copied = add(session, coach, {"name": name, "about": programme.about, "locale": programme.locale}, now)
    for step in steps_of(session, programme):
        same = {column.key: getattr(step, column.key) for column in ProgrammeStep.__table__.columns}
        session.add(ProgrammeStep(**same | {"id": None, "programme_id": copied.id, "created_at": now}))
    session.flush()
    return copied


def change(session: Session, coach: Coach, programme: Programme, data: Mapping[str, Any], now: datetime) -> None:
    """Name it otherwise. Raises Invalid for a name that is taken."""
    _require(coach, programme)
    _refuse_name(session, coach, data["name"], programme.id)
    for name, value in data.items():
        setattr(programme, name, value)
    _note(session, coach, "change_programme", programme, now)


def retire(session: Session, coach: Coach, programme: Programme, now: datetime) -> None:
    """Put it away: nobody new begins it, and whoever is in it goes on."""
    _require(coach, programme)
    programme.retired_at = programme.retired_at or now
    _note(session, coach, "retire_programme", programme, now)


def take_up(session: Session, coach: Coach, programme: Programme, now: datetime) -> None:
    """Take it up again."""
    _require(coach, programme)
    programme.retired_at = None
    _note(session, coach, "take_up_programme", programme, now)


def add_step(
    session: Session, coach: Coach, programme: Programme, data: Mapping[str, Any], now: datetime
) -> ProgrammeStep:
    """Add a step at the end. Raises Invalid when there are too many."""
    _require(coach, programme)
    if len(steps_of(session, programme)) >= MOST_STEPS:
        raise Invalid({"kind": f"{MOST_STEPS} steps are enough for one programme: begin another."})
    last = session.scalar(select(func.max(ProgrammeStep.position)).where(ProgrammeStep.programme_id == programme.id))
    whose = {"practice_id": coach.practice_id, "programme_id": programme.id}
    step = ProgrammeStep(position=(last or 0) + 1, created_at=now, **whose, **data)
    session.add(step)
    session.flush()
    _changed(session, coach, "add_step", programme, now)
    return step


def change_step(
    session: Session, coach: Coach, programme: Programme, step: ProgrammeStep, data: Mapping[str, Any], now: datetime
) -> None:
    """Change a step for those for whom it has not begun."""
    _require(coach, programme)
    for name, value in data.items():
        setattr(step, name, value)
    _changed(session, coach, "change_step", programme, now)


def move_step(
    session: Session, coach: Coach, programme: Programme, step: ProgrammeStep, now: datetime, *, up: bool
) -> bool:
    """Move a step one place up or down; False where it is at the end already."""
    _require(coach, programme)
    steps = list(steps_of(session, programme))
    at = steps.index(step)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(steps):
        return False
    steps[at].position, steps[to].position = steps[to].position, steps[at].position
    _changed(session, coach, "move_step", programme, now)
    return True


def remove_step(session: Session, coach: Coach, programme: Programme, step: ProgrammeStep, now: datetime) -> None:
    """Take a step out. Whoever has begun it keeps what it brought."""
    _require(coach, programme)
    step.removed_at = now
    _changed(session, coach, "remove_step", programme, now)


def put_step_back(session: Session, coach: Coach, programme: Programme, step_id: int, now: datetime) -> None:
    """Put a step back where it was. Raises NotFound."""
    _require(coach, programme)
    step = session.get(ProgrammeStep, step_id)
    if step is None or step.programme_id != programme.id:
        raise NotFound("no such step")
    step.removed_at = None
    _changed(session, coach, "put_step_back", programme, now)


def look_again(session: Session, programme: Programme, now: datetime) -> None:
    """Have the tick reckon anew when everyone in it goes on."""
    here = (Enrolment.programme_id == programme.id, Enrolment.state == "active")
    session.execute(update(Enrolment).where(*here).values(due_at=now))


def _changed(session: Session, coach: Coach, action: str, programme: Programme, now: datetime) -> None:
    session.flush()
    look_again(session, programme, now)
    _note(session, coach, action, programme, now)


def _require(coach: Coach, programme: Programme) -> None:
    if not may_change(coach, programme):
        scope.require(coach, "change_programmes")


def _refuse_name(session: Session, coach: Coach, name: str, but_for: int | None) -> None:
    taken = [each for each in of_practice(session, coach) if each.name.casefold() == name.casefold()]
    if any(each.id != but_for for each in taken):
        raise Invalid({"name": "You have a programme of this name already."})


def _note(session: Session, coach: Coach, action: str, programme: Programme, now: datetime) -> None:
    audit.record(session, coach.practice_id, audit.by(coach), action, f"programme:{programme.id}", now)
