"""A programme's steps in words, as pages say them."""

from datetime import date, datetime

from coach_portal.core.models import Client, ProgrammeStep
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.programmes.showing import Whereabouts
from coach_portal.web import words

KINDS = {"goal": "Goal", "message": "Message", "question": "Question"}
STATES = {"active": "in it", "paused": "rests", "finished": "came to the end", "stopped": "taken out"}


def starts(step: ProgrammeStep) -> str:
    """When a step begins, in words that stand beside it."""
    days = step.days or 0
    if step.starts == "on_date" and step.on_date:
        return f"on {step.on_date.day} {step.on_date:%B %Y}"
    if step.starts == "after_enrolment":
        return f"{_days(days)} after they begin" if days else "on the day they begin"
    if step.starts == "when_automatic":
        latest = f", at the latest {_days(days)} after the step above" if days else ""
        return f"when the goal above runs by itself{latest}"
    return f"{_days(days)} after the step above" if days else "right after the step above"


def asked(step: ProgrammeStep) -> str:
    """When whoever is not asked yet is asked about a goal."""
    if not step.ask_at:
        return ""
    return f"{words.how_often(step.ask_days or '', None)} at {step.ask_at.removeprefix('0')}"


def comes_next(where: Whereabouts, day: str) -> str:
    """What comes next for someone; `day` is its day in words."""
    step = where.next_step
    if where.enrolment.state == "paused":
        return "Rests until you take it up again."
    if step is None:
        return "All steps have begun."
    what = step.title if step.kind == "goal" and step.title else f"a {step.kind}"
    if where.waits:
        return f"Next: {what}, when the goal above runs by itself{f', at the latest {day}' if day else ''}."
    return f"Next: {what}, {day}."


def dated(day: date) -> str:
    """A day of a calendar: Tue 18 Nov."""
    return f"{day:%a} {day.day} {day:%b}"


def local_today(client: Client, now: datetime) -> date:
    """The day it is where a client is."""
    return now.astimezone(zone(client.timezone)).date()


def _days(number: int) -> str:
    if number % 7 == 0:
        return "a week" if number == 7 else f"{number // 7} weeks"
    return "a day" if number == 1 else f"{number} days"
