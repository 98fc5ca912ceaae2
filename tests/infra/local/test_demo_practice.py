"""The furnished practice: eight weeks as the product itself would have lived them."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coach_portal.core.clocks import ShiftedClock
from coach_portal.core.db import Database
from coach_portal.core.models import (
    Alert,
    Appointment,
    Base,
    CheckInSchedule,
    Client,
    Consent,
    Enrolment,
    Goal,
    Message,
    Recording,
    Reflection,
    Win,
)
from coach_portal.core.rules.programmes import week_of
from coach_portal.core.rules.schedule import zone
from coach_portal.core.rules.sms_text import segments
from coach_portal.core.rules.texts.language import language
from coach_portal.core.rules.texts.programmes import named
from infra.local.carrier.book import Book
from infra.local.demo import mornings
from infra.local.demo.breath import OneBreath
from infra.local.demo.furnish import furnish, opening
from infra.local.demo.moments import moment_of_scene
from infra.local.demo.people import PEOPLE, reflections
from tests.infra.local.practices import NOW, PASSWORD, furnished

QUESTIONS = {"check_in", "wins", "digest"}


@pytest.fixture(scope="module")
def session(files: tuple[Path, Path]) -> Iterator[Any]:
    """A look into its database."""
    database = Database(f"sqlite:///{files[0]}")
    with database.reading() as session:
        yield session
    database.dispose()


def client(session: Any, name: str) -> Client:
    """The client of this first name."""
    return session.scalars(select(Client).where(Client.name.startswith(name))).one()


def texts_of(session: Any, name: str) -> list[Message]:
    """Their conversation."""
    return list(session.scalars(select(Message).where(Message.client_id == client(session, name).id)))


def open_alerts(session: Any) -> Counter[str]:
    """What wants a human, by kind."""
    return Counter(session.scalars(select(Alert.kind).where(Alert.closed_at.is_(None))))


def test_a_dozen_clients_live_in_five_time_zones_and_two_of_them_speak_spanish(session: Any) -> None:
    clients = session.scalars(select(Client)).all()
    offsets = {NOW.astimezone(zone(one.timezone)).utcoffset() for one in clients}
    assert len(clients) == 12
    assert len(offsets) == 5
    assert sum(one.locale == "es" for one in clients) == 2


def test_each_works_on_one_to_three_goals_and_one_cuts_something_down(session: Any) -> None:
    goals = Counter(session.scalars(select(Goal.client_id)))
    directions = Counter(session.scalars(select(Goal.direction)))
    areas = set(session.scalars(select(Goal.area)))
    assert set(goals.values()) <= {1, 2, 3}
    assert len(goals) == 12
    assert directions["at_most"] == 1
    assert len(areas) >= 8


def test_every_kind_of_standing_is_there_to_be_seen(session: Any) -> None:
    assert client(session, "Grace").consent == "invited"
    assert client(session, "Theo").consent == "revoked"
    assert client(session, "Priya").paused_until > NOW
    assert client(session, "Hannah").unreachable_code == "30005"
    assert client(session, "Dana").held_reason == "safety"
    assert NOW - timedelta(days=5) < client(session, "Dana").held_at < NOW - timedelta(days=2)
    heard = [text.created_at for text in texts_of(session, "Owen") if text.direction == "in"]
    assert NOW - timedelta(days=12) < max(heard) < NOW - timedelta(days=7)


def test_two_texts_want_an_answer_and_nothing_else_does_but_what_should(session: Any) -> None:
    assert open_alerts(session) == {"wants_answer": 2, "risk": 1, "bad_number": 1, "silent_client": 1}


def test_one_is_called_and_answers_or_does_not(session: Any) -> None:
    ours = select(Message.state).where(Message.channel == "call", Message.kind == "check_in")
    states = Counter(session.scalars(ours.where(Message.direction == "out")))
    assert states["completed"] > 8
    assert states["no_answer"] > 1
    assert set(states) <= {"completed", "no_answer", "planned"}
    agreed = select(Consent.wording).where(Consent.channel == "call", Consent.event == "granted")
    assert "Pressing 9 on a call ends them" in session.scalars(agreed).one()


def test_a_message_left_on_a_call_is_kept_at_the_carrier_with_its_transcript(files: Any, session: Any) -> None:
    kept = session.scalars(select(Recording)).one()
    assert kept.transcript == "completed"
    book = Book(str(files[1]))
    assert book.recordings()[kept.sid].words == session.get_one(Message, kept.message_id).body
    book.close()


def test_what_people_say_is_understood(session: Any) -> None:
    told = select(Message.body, Message.understanding).where(Message.direction == "in", Message.kind != "call")
    said = session.execute(told).all()
    unclear = {body for body, meaning in said if not meaning["acts"] or meaning["acts"] == ["chatter"]}
    assert len(said) > 450
    assert len(unclear) < 8, unclear


def test_replies_and_silences_mix_as_in_life(session: Any) -> None:
    wins = session.scalars(select(Win)).all()
    ruth = client(session, "Ruth").id
    partly = [win for win in wins if win.client_id == ruth and win.amount is not None and win.amount < 5]
    assert len(wins) > 400
    assert partly
    asked = [text for text in texts_of(session, "Ruth") if text.kind == "check_in"]
    heard = [text for text in texts_of(session, "Ruth") if text.direction == "in"]
    assert 40 < len(heard) < len(asked) + 20


def test_every_win_comes_from_a_text_of_the_same_client(session: Any) -> None:
    rows = session.execute(
        select(Win.client_id, Message.client_id, Message.direction).join(Message, Message.id == Win.message_id)
    ).all()
    assert len(rows) == len(session.scalars(select(Win.id)).all())
    assert all(winner == writer and direction == "in" for winner, writer, direction in rows)


def test_questions_go_out_only_by_day_and_to_nobody_who_opted_out(session: Any) -> None:
    rows = session.execute(
        select(Message.created_at, Client.timezone)
        .join(Client, Client.id == Message.client_id)
        .where(Message.kind.in_(QUESTIONS), Message.state == "delivered")
    ).all()
    hours = [at.astimezone(zone(timezone)).time() for at, timezone in rows]
    assert all(time(8) <= hour < time(21) for hour in hours)
    stopped_at = max(text.created_at for text in texts_of(session, "Theo") if text.body == "STOP")
    assert not [text for text in texts_of(session, "Theo") if text.created_at > stopped_at]


def test_the_ledger_holds_the_words_each_of_them_agreed_to(session: Any) -> None:
    lines = session.scalars(select(Consent)).all()
    granted = [line for line in lines if line.event == "granted"]
    assert len(granted) == 12  # eleven to texts, Marcus to calls as well
    assert all("Northlight" in line.wording and line.message_sid for line in granted)


def test_the_next_questions_lie_ahead_and_none_for_those_who_did_not_agree(session: Any) -> None:
    rows = session.execute(
        select(CheckInSchedule.next_due_at, Client.consent).join(Client, Client.id == CheckInSchedule.client_id)
    ).all()
    assert all(due > NOW if consent == "granted" else due is None for due, consent in rows)


def test_reflections_answer_the_question_that_was_asked(session: Any) -> None:
    answers = {
        question: voices[reflections.WARM]
        for theme, theirs in reflections.ENGLISH.items()
        for question, voices in zip(language("en").asking.questions[theme], theirs, strict=False)
    }
    theirs = session.scalars(select(Reflection).where(Reflection.client_id == client(session, "Ruth").id)).all()
    assert len(theirs) >= 2
    assert [one.body for one in theirs] == [answers[one.question] for one in theirs]


def test_there_is_a_question_to_every_answer() -> None:
    for locale, answers in (("en", reflections.ENGLISH), ("es", reflections.SPANISH)):
        questions = language(locale).asking.questions
        assert all(len(theirs) <= len(questions[theme]) for theme, theirs in answers.items())


def test_sessions_lie_behind_and_ahead_on_working_days(session: Any) -> None:
    meetings = session.execute(select(Appointment.starts_at, Client.timezone).join(Client)).all()
    weekdays = {at.astimezone(zone(timezone)).isoweekday() for at, timezone in meetings}
    assert {at > NOW for at, _ in meetings} == {True, False}
    assert weekdays <= {1, 2, 3, 4, 5}


def test_the_phones_hold_what_the_practice_holds(session: Any, files: tuple[Path, Path]) -> None:
    book = sqlite3.connect(files[1])
    on_phones = dict(book.execute("select sid, body from text").fetchall())
    texts = select(Message.sid, Message.body).where(Message.sid.is_not(None), Message.channel == "text")
    ours = dict(session.execute(texts).all())
    # The carrier's own goodbye to Theo is the one text that the practice never saw.
    assert [body for sid, body in on_phones.items() if sid not in ours] == [
        body for body in on_phones.values() if "unsubscribed" in body
    ]
    assert {sid: on_phones[sid] for sid in ours} == ours
    assert book.execute("select count(*) from block").fetchone() == (1,)
    book.close()


def test_the_same_day_gives_the_same_history(session: Any, tmp_path: Path) -> None:
    again = Database(f"sqlite:///{furnished(tmp_path)[0]}")
    conversation = select(Message.client_id, Message.created_at, Message.state, Message.body).order_by(Message.id)

    def told(practice: Any) -> list[Any]:
        # Nobody can guess where a picture is opened, not even we.
        return [(*row, re.sub(r"/w/\S+", "", body)) for *row, body in practice.execute(conversation)]

    with again.reading() as other:
        assert told(other) == told(session)
    again.dispose()


def test_furnishing_that_breaks_off_leaves_nothing_and_can_be_begun_again(tmp_path: Path) -> None:
    def break_off(week: int) -> None:
        raise KeyboardInterrupt

    files = tmp_path / "coach_portal.db", tmp_path / "carrier.db"
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            furnish(*files, PASSWORD, NOW, break_off)
        assert not any(file.exists() for file in files)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 20, 15, 40, tzinfo=UTC), datetime(2026, 11, 20, 15, 40, tzinfo=UTC)),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), datetime(2026, 11, 20, 14, 12, tzinfo=UTC)),
        (datetime(2026, 11, 21, 3, 0, tzinfo=UTC), datetime(2026, 11, 21, 14, 12, tzinfo=UTC)),
    ],
)
def test_a_demo_begun_at_night_opens_on_the_next_morning(now: datetime, opens: datetime) -> None:
    assert opening(now) == opens


def test_the_clock_stands_where_the_story_ends(tmp_path: Path) -> None:
    database = OneBreath(f"sqlite:///{tmp_path / 'clock.db'}")
    Base.metadata.create_all(database._connection)
    ahead = datetime.now(UTC) + timedelta(hours=5)
    ShiftedClock(database).move_to(ahead)
    assert abs(ShiftedClock(database).now() - ahead) < timedelta(seconds=5)
    database.finish()


@pytest.mark.parametrize("hour", [0, 5, 11, 17, 22])
def test_scenes_of_the_past_are_past_at_whatever_hour_the_demo_begins(hour: int) -> None:
    now = NOW.replace(hour=hour)
    for person in PEOPLE:
        for scene in person.scenes:
            assert (moment_of_scene(scene, person, now) <= now) == (scene.days_ago >= 0)


def test_two_clients_are_in_a_programme_at_different_weeks(session: Any) -> None:
    running = session.scalars(select(Enrolment).where(Enrolment.state == "active")).all()
    weeks = {week_of(one.counts_from, NOW.date()) for one in running}
    assert {session.get(Client, one.client_id).name.split()[0] for one in running} == {"Callum", "Mateo"}
    assert len(weeks) == 2


def test_an_answer_to_its_question_is_kept(session: Any) -> None:
    kept = session.scalars(select(Reflection).where(Reflection.client_id == client(session, "Callum").id))
    assert any("boots out by the door" in one.body and "Which morning went best" in one.question for one in kept)


def test_its_texts_take_one_segment_each_in_both_languages() -> None:
    for step in mornings.STEPS:
        for body in (step["body"], step["es"]):
            weighed = segments(named(body, client="Guillermina", coach="Ines"))
            assert (weighed.encoding, weighed.count) == ("GSM-7", 1), body
