"""Whatever arrives, an answer comes back, and the same one every time."""

from datetime import datetime
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from coach_portal.core.rules.replies import Act, Prompt, Situation, Understanding, understand

titles = st.one_of(
    st.sampled_from(["Walk 20 minutes", "No sugar", "Leer 10 páginas", "Max 2 coffees"]), st.text(max_size=40)
)
texts = st.one_of(
    st.text(max_size=1_600),
    st.text(min_size=1_600, max_size=6_000),
    st.lists(
        st.sampled_from(
            [
                "yes",
                "no",
                "did",
                "it",
                "walk",
                "skipped",
                "both",
                "all",
                "but",
                "not",
                "1",
                "2",
                "3",
                ",",
                ".",
                "?",
                "in",
                "2",
                "hours",
                "stop",
                "ayer",
                "sí",
                "👍",
                "tomorrow",
                "4:30",
            ]
        ),
        max_size=40,
    ).map(" ".join),
)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Any prompt, any goals, any of them asked about, at any time."""
    goals = tuple(draw(st.lists(titles, max_size=4)))
    asked = tuple(sorted(draw(st.sets(st.sampled_from(range(len(goals))))))) if goals else ()
    prompt = draw(st.sampled_from(get_args(Prompt)))
    moment = draw(
        st.datetimes(min_value=datetime.fromisoformat("2000-01-01"), max_value=datetime.fromisoformat("2100-01-01"))
    )
    return Situation(prompt, goals, asked, moment, draw(st.sampled_from(["en", "es", "es-MX", "fr", ""])))


@settings(max_examples=300, deadline=None)
@given(texts, situations())
def test_any_text_in_any_situation_is_understood_alike_each_time(text: str, situation: Situation) -> None:
    found = understand(text, situation)
    assert found == understand(text, situation)
    assert_sound(text, situation, found)


def test_what_was_heard_before_changes_nothing() -> None:
    situation = Situation("check_in", ("Bed by 11",), (0,), datetime.fromisoformat("2026-03-04T19:20"), "en")
    before = understand("more like ²am", situation), understand("more like 2am", situation)
    assert before[1] == understand("more like 2am", situation)
    assert before[1].misses


def assert_sound(text: str, situation: Situation, found: Understanding) -> None:
    """What is recorded hangs together, and points into the text."""
    assert found.acts <= set(get_args(Act))
    assert found.acts
    assert ("crisis" in found.acts) == (found.risk == "explicit")
    assert ("win" in found.acts) == bool(found.wins)
    assert ("miss" in found.acts) == bool(found.misses)
    assert "chatter" not in found.acts or found.acts == {"chatter"}
    assert all(miss.goal in range(len(situation.goals)) for miss in found.misses)
    assert all(win.goal is None or win.goal in range(len(situation.goals)) for win in found.wins)
    assert 0.0 <= found.confidence <= 1.0
    spans = [*found.evidence.values(), *(one.evidence for one in (*found.wins, *found.misses) if one.evidence)]
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)
