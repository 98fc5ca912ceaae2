"""Which of a client's words are learnt from a correction, and when they are forgotten."""

import pytest


def test_her_own_words_for_a_goal_are_learnt(desk, squats, journal, asked):
    desk.story.text("doggo loop again, lovely")
    desk.says(journal)
    assert desk.words_for(journal) == ["doggo loop"]
    assert desk.words_for(squats) == []


@pytest.mark.parametrize("body", ["yes", "Done!", "1", "👍", "I did it again today", "sí", "the usual", "no", "hmm, 3"])
def test_words_that_every_text_holds_are_never_learnt(desk, squats, journal, asked, body):
    desk.story.text(body)
    desk.says(journal)
    assert desk.words_for(journal) == []


def test_a_story_teaches_nothing(desk, squats, journal, asked):
    desk.story.text("grandma came round with pancakes and the neighbours brought their trampoline")
    desk.says(journal)
    assert desk.words_for(journal) == []


def test_two_goals_unseen_teach_nothing(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.says(squats, journal)
    assert desk.words_for(squats) == desk.words_for(journal) == []


def test_the_words_of_another_goal_are_not_learnt(desk, squats, journal, asked):
    desk.story.goal("Doggo walk")
    desk.story.text("doggo blahdiblah")
    seen = {win["goal_id"] for win in desk.message.understanding["wins"]}
    if journal not in seen:
        desk.says(journal)
        assert "doggo" not in " ".join(desk.words_for(journal))


def test_words_learnt_are_forgotten_when_the_correction_is_corrected(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.says(journal)
    desk.says(squats)
    assert desk.words_for(journal) == []
    assert desk.words_for(squats) == ["doggo loop"]


def test_words_learnt_are_forgotten_when_the_correction_is_undone(desk, squats, journal, asked):
    desk.story.text("doggo loop")
    desk.undoes(desk.says(journal))
    assert desk.words_for(journal) == []
