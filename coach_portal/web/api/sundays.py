"""What Sundays ask: the practice's own questions."""

from typing import Any

from coach_portal.core.models import ReflectionQuestion
from coach_portal.core.schemas.sunday import QuestionOut, QuestionSchema, RetireSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.week import questions
from coach_portal.web.api.views import Work, creates, lists


@lists("/questions", QuestionOut, tag="Questions")
def list_questions(work: Work, window: Window) -> Page:
    """The practice's own Sunday questions

    Retired ones are among them.
    """
    return listing.questions(work.session, work.coach, window)


@creates("/questions", QuestionOut, given=QuestionSchema, tag="Questions")
def add_question(work: Work, data: dict[str, Any]) -> ReflectionQuestion:
    """Add a Sunday question

    Each client who speaks its language gets it once in a quarter.
    """
    return questions.add(work.session, work.coach, data, work.now)


@creates("/questions/<int:question_id>/retire", QuestionOut, given=RetireSchema, tag="Questions")
def retire_question(work: Work, _data: dict[str, Any], question_id: int) -> ReflectionQuestion:
    """Ask a Sunday question no more"""
    return questions.retire(work.session, work.coach, question_id, work.now)
