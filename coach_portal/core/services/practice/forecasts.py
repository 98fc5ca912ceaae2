"""What a month of texts will come to, from the schedules as they stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.models import CheckInSchedule, Client, Coach, Goal
from coach_portal.core.rules.forecast import ANSWERED, Asked, Forecast, forecast, together
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts import check_ins
from coach_portal.core.services import scope
from coach_portal.core.services.pages.transcript import goal_words

WEEK_IN_SEGMENTS = 2
"""The week with its question: at most three, usually two."""


def of_client(client: Client, schedules: Iterable[CheckInSchedule], goals: Sequence[Goal]) -> Forecast:
    """One client's month, if nothing changes."""
    return forecast([_asked(client, each, goals) for each in schedules], client.country, "")


def of_practice(session: Session, coach: Coach) -> Forecast:
    """The month of everyone this coach sees who has agreed to texts, in two statements."""
    agreed = (scope.visible(coach), Client.archived_at.is_(None), Client.consent == "granted")
    pairs = session.execute(
        select(Client, CheckInSchedule)
        .join(CheckInSchedule, CheckInSchedule.client_id == Client.id)
        .where(*agreed, CheckInSchedule.removed_at.is_(None))
    ).all()
    goals = defaultdict(list)
    found = select(Goal).join(Client, Client.id == Goal.client_id).where(*agreed, Goal.retired_at.is_(None))
    for goal in session.scalars(found.order_by(Goal.position)):
        goals[goal.client_id].append(goal)
    return together(of_client(client, [schedule], goals[client.id]) for client, schedule in pairs)


def _asked(client: Client, schedule: CheckInSchedule, goals: Sequence[Goal]) -> Asked:
    times, weight = _times_a_week(schedule), _segments(client, schedule, goals)
    if client.calls != "granted" or not weight:
        return Asked(times, weight)
    if schedule.channel == "call":
        return Asked(0, 0, calls_a_week=times)
    # A call follows the texts to which nothing comes back.
    return Asked(times, weight, calls_a_week=times * (1 - ANSWERED) if schedule.call_at else 0)


def _times_a_week(schedule: CheckInSchedule) -> float:
    return 7 / schedule.every_days if schedule.every_days else len(schedule.days)


def _segments(client: Client, schedule: CheckInSchedule, goals: Sequence[Goal]) -> int:
    if schedule.kind == "reflection":
        return WEEK_IN_SEGMENTS
    name = client.name.partition(" ")[0]
    if schedule.kind == "wins":
        return segments(check_ins.wins_question(client.locale, client=name)).count
    asked = [goal for goal in goals if not schedule.goal_ids or goal.id in schedule.goal_ids]
    if not asked:
        return 0
    return segments(
        check_ins.check_in([goal_words(goal) for goal in asked], client.locale, client=name, coach="")
    ).count
