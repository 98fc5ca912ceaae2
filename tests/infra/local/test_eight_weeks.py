"""Eight weeks of three clients, lived through: what must be in the transcript, whatever the words."""

import pytest

from infra.local.demo.eight_weeks import write


@pytest.fixture(scope="module")
def transcript():
    """Made anew."""
    return write()


def part(transcript, name):
    """One client's."""
    return next(part for part in transcript.split("\n## ") if part.startswith(name))


def test_the_steady_one_grows(transcript):
    maya = part(transcript, "Maya")
    assert "Ines makes it 6 squats." in maya
    assert "days stand" in maya
    assert "### Week 8" in maya


def test_the_slipping_one_shrinks_and_is_answered_kindly(transcript):
    tom = part(transcript, "Tom")
    assert "Ines makes it Write 2 lines in my journal." in tom
    assert 'You wrote "I never manage this".' in tom
    assert "Okay, only on weekdays from now on." in tom


def test_the_silent_one_is_asked_once_left_in_peace_and_welcome_back(transcript):
    lena = part(transcript, "Lena")
    assert lena.count("Shall I go on asking?") == 1
    assert "gone quiet" in lena
    assert "Okay, fewer texts" in lena
    assert lena.index("gone quiet") < lena.index("Okay, fewer texts") < lena.index("### Week 8")


def test_nobody_gets_two_questions_a_day_beside_the_week(transcript):
    for day in transcript.split("\n**")[1:]:
        ours = [line for line in day.splitlines() if line[:1].isdigit() and "?" in line and "/w/" not in line]
        assert len([line for line in ours if "Reply YES" not in line]) <= 1, day
