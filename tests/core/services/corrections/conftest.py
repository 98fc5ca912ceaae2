"""Ruth with two goals, asked about both this morning, and the desk where Alice looks at what she texts."""

import pytest

from coach_portal.core.models import tables
from tests.core.services.corrections.desk import Desk


@pytest.fixture
def desk(story):
    """Alice's desk, at which Ruth has a question about two goals waiting."""
    return Desk(story)


@pytest.fixture
def squats(story):
    """Ruth's first goal."""
    return story.goal("5 squats", amount=5, unit="squats")


@pytest.fixture
def journal(story, squats):
    """Ruth's second goal."""
    return story.goal("Two lines in the journal")


@pytest.fixture
def asked(story, journal):
    """Ruth was asked about both goals this morning; answers the question's row."""
    story.schedule("09:00")
    story.it_is("2026-11-18 09:00")
    return lambda: story.row(tables.check_in, kind="check_in")
