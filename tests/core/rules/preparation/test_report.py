"""The report as a whole: what it infers, what it admits, and that no words of danger stand in it."""

from dataclasses import replace
from datetime import timedelta

from coach_portal.core.rules.preparation.material import Agreement, Answer, Change, Waiting
from coach_portal.core.rules.preparation.report import Report, report
from tests.core.rules.preparation.knowing import LAST, TODAY, goal, known, text

DANGER = "I do not want to wake up tomorrow"


def every_word(found: Report) -> str:
    """All that a coach would read."""
    lines = [*found.agreed, *found.in_the_way, *found.changed, *found.openings, *found.open, *found.alerts]
    lines += [moved.line for moved in found.moved]
    told = [f"{line.lead} {line.said} {line.sure} {line.shown.body if line.shown else ''}" for line in lines]
    return " ".join([found.headline, *told, *(quote.body for quote in found.quotes)])


def test_a_first_session_says_that_nothing_is_known():
    found = report(known(last=None, last_text=None))
    assert found.headline == "Ruth has no goal yet."
    assert (found.moved, found.quotes, found.in_the_way) == ((), (), ())
    assert len(found.openings) == 2
    assert "smallest piece" in found.openings[0].said


def test_without_a_yes_it_claims_nothing():
    assert report(known(goal("..."), has_agreed=False)).headline.startswith("Ruth has not agreed to texts")


def test_the_headline_tells_what_moved_what_did_not_and_what_waits():
    squats, journal = goal("+" * 28), goal("+" * 14 + "-+---+-+--+---", "Journal", 2)
    waiting = Waiting("wants_answer", TODAY, True, 90)
    found = report(known(squats, journal, alerts=[waiting], texts=[text(90, "can we move Thursday?")]))
    assert found.headline == "5 squats held and Journal went down. One text waits for your answer."


def test_words_of_danger_stand_nowhere_but_are_linked():
    texts = [text(3, DANGER, 3, is_safe=False)]
    danger = Waiting("risk", TODAY - timedelta(days=3), True, 3)
    answers = [Answer("What was good?", DANGER, TODAY - timedelta(days=3), 3)]
    found = report(known(goal("+--+-+--"), texts=texts, alerts=[danger], answers=answers))
    assert DANGER not in every_word(found)
    assert found.alerts[0].texts == (3,)
    assert found.openings[0].said == "Before anything else: how are you today?"
    assert found.headline.startswith("A text about danger is still open")


def test_a_text_that_waits_is_where_to_begin():
    waiting = Waiting("wants_answer", TODAY, True, 90)
    found = report(known(goal("+" * 28), alerts=[waiting], texts=[text(90, "can we move Thursday?")]))
    assert found.openings[0].said.startswith("You wrote “can we move Thursday?”")
    assert found.openings[0].texts == (90,)
    assert found.open[0].texts == (90,)


def test_a_fall_with_what_was_named_becomes_a_question_about_such_days():
    texts = [text(back, "too tired", back) for back in (1, 2, 4)]
    found = report(known(goal("+" * 14 + "-+---+-+--+--."), texts=texts))
    assert found.openings[0].said == (
        "Tiredness came up three times around “5 squats”. What would still be small enough on such a day?"
    )
    assert found.openings[0].texts == (1, 2, 4)


def test_done_in_spite_of_something_is_worth_asking_about():
    found = report(known(goal("+" * 28), texts=[text(4, "did three, dead tired", 4)]))
    assert found.openings[0].said == "On Sat 14 Nov you wrote “did three, dead tired”. What made it possible that day?"


def test_there_are_two_or_three_openings_whatever_is_known():
    reflections = [Answer("What helped?", "the tea", TODAY, 50)]
    texts = [text(4, "did three, dead tired", 4), text(50, "the tea", 0), text(90, "Thursday?", 0)]
    waiting = [Waiting("wants_answer", TODAY, True, 90)]
    full = known(goal("+" * 28), texts=texts, answers=reflections, alerts=waiting, agreements=[Agreement("Call Mum")])
    assert len(report(full).openings) == 3
    assert len(report(known(goal("++"))).openings) == 2


def test_what_was_agreed_of_a_goal_is_counted_since_the_session():
    agreement = Agreement("Squats before coffee", 1)
    (line,) = report(known(goal("+" * 14 + "++-+++++++++++"), agreements=[agreement])).agreed
    assert (line.lead, line.said) == ("Squats before coffee", "It happened on 13 of the 14 days told.")
    assert len(line.texts) == 14


def test_what_is_no_goal_is_not_known_and_says_so():
    agreement = Agreement("Tell Martin no about Friday cover")
    (asked,) = report(known(goal("+" * 20), agreements=[agreement])).agreed
    assert asked.said == "I do not know: no text speaks of it, so I would ask."
    (found,) = report(
        known(goal("+" * 20), agreements=[agreement], texts=[text(5, "M asked again re friday", 5)])
    ).agreed
    assert found.said == "I cannot tell: one text may speak of it, so I would ask."
    assert found.texts == (5,)


def test_a_goal_agreed_in_the_session_is_taken_for_what_was_agreed():
    added = Change(LAST, "added", {"title": "5 squats"}, 1)
    (line,) = report(known(goal("++++++++++++++"), changes=[added])).agreed
    assert (line.lead, line.said) == ("5 squats", "It happened every time, on 14 days.")


def test_a_long_silence_is_said_and_asked_about():
    quiet = TODAY - timedelta(days=9)
    found = report(known(goal("+" * 14 + "+++++?????????"), last_text=quiet))
    assert "No word since Mon 9 Nov." in found.headline
    assert found.openings[0].said.startswith("It has been quiet since Mon 9 Nov.")


def test_quotes_are_reflections_and_telling_words_never_bare_reports():
    texts = [text(2, "done", 2), text(3, "my daughter counted along, out loud, and got to seven", 3)]
    answers = [Answer("What helped?", "the tea on the step", TODAY, 50)]
    found = report(known(goal("+" * 20), texts=[*texts, text(50, "the tea on the step", 0)], answers=answers))
    assert [quote.body for quote in found.quotes] == [texts[1].body, "the tea on the step"]
    assert [quote.question for quote in found.quotes] == ["", "What helped?"]


def test_a_question_is_for_answering_whatever_it_came_as_an_answer_to():
    answers = [Answer("What runs by itself?", "can I walk in the morning? it is dark by five", TODAY, None)]
    assert report(known(goal("+" * 20), answers=answers)).quotes == ()


def test_no_bare_yes_or_no_stands_beside_a_line():
    bare = [text(1, "no", 1), text(2, "did both", 2), text(3, "", 3)]
    (moved,) = report(known(goal("+" * 20), texts=bare)).moved
    assert moved.line.shown is None
    assert {1, 2, 3} <= set(moved.line.texts)


def test_spanish_clients_are_quoted_and_grouped_in_spanish():
    texts = [text(1, "no, estaba agotada", 1), text(3, "paseo por el río con mi hija, con sol", 3)]
    found = report(replace(known(goal("+" * 14 + "+++++++++++++-.", "Paseo"), texts=texts), locale="es"))
    assert found.in_the_way[0].lead == "Tiredness"
    assert found.in_the_way[0].said == "named with one of the one miss."
    assert found.quotes[0].body == texts[1].body


def test_a_text_shown_beside_one_line_is_not_shown_again():
    both = [goal("+" * 28), goal("+" * 28, "Journal", 2)]
    found = report(
        known(*both, texts=[text(4, "both done, and the cat approved of it", 4), text(5, "yes both, hurray", 5)])
    )
    shown = [moved.line.shown.id for moved in found.moved if moved.line.shown]
    assert len(shown) == len(set(shown))


def test_words_that_tell_of_a_miss_as_well_are_no_win_to_quote():
    mixed = text(3, "tidied the whole long shelf, lights out not so much", 3)
    lights, shelf = goal("+-++", "Lights out"), goal("++++", "Tidy", 2)
    assert report(known(shelf, texts=[mixed])).quotes[0].body == mixed.body
    assert report(known(lights, shelf, texts=[replace(mixed, id=2)])).quotes == ()


def test_every_kind_of_alert_has_words():
    for kind in ("silent_client", "not_delivered", "wrong_number", "who_is_this", "opted_out", "bad_number"):
        (line,) = report(known(alerts=[Waiting(kind, TODAY, True)])).alerts
        assert not line.said.startswith("An alert")
