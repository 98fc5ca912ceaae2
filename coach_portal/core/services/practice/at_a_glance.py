"""How a practice is set, in a few words for each page of settings, so that nobody has to open them all."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coach_portal.core.models import Coach, Practice, ReflectionQuestion, SecondContact, Wording
from coach_portal.core.rules import roles
from coach_portal.core.rules.rates import in_cents

_PICTURES = {"off": "No pictures.", "link": "The week’s picture as a link.", "mms": "The week’s picture as an MMS."}


def read(session: Session, coach: Coach) -> dict[str, str]:
    """What stands now, by the page that changes it; pages that set nothing are left out."""
    practice = session.get_one(Practice, coach.practice_id)
    second = session.get(SecondContact, practice.id)
    wordings = _count(session, Wording.practice_id == practice.id)
    questions = _count(
        session, (ReflectionQuestion.practice_id == practice.id) & ReflectionQuestion.retired_at.is_(None)
    )
    told = {
        "practice.safety": f"Second contact: {second.name}." if second else "Nobody is named as second contact.",
        "hours.show": f"{practice.texts_from} to {practice.texts_until}, Sundays from {practice.sunday_from}.",
        "wording.show": f"{wordings} of your own." if wordings else "Our words.",
        "sundays.show": f"{_PICTURES.get(practice.pictures, '')} {questions or 'No'} questions of your own.",
    }
    if roles.may(coach.role, "set_money"):
        months, cap = practice.keep_months, practice.monthly_cap_micros
        told["records.show"] = f"Former clients are kept {months} months." if months else "Former clients are kept."
        told["money.show"] = f"At most {in_cents(cap)} a month." if cap is not None else "No limit."
    return told


def _count(session: Session, which: object) -> int:
    return session.scalar(select(func.count()).where(which)) or 0  # type: ignore[arg-type]
