"""What a coach reads: Today, the roster, a client's page, and that it is live."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from coach_portal.core.models import Appointment, Client, CoachClient, Message
from coach_portal.core.services.signing_in import sign_in
from tests.cast import PASSWORD
from tests.web import history
from tests.web.conftest import signed_in

TODAY = date(2026, 11, 18)
SKIPPED = "skipped the journal. can we do thursday instead?"


@pytest.fixture
def ruth(cast):
    """The address of Ruth's page."""
    return f"/clients/{cast.ruth}"


# ---------- today ----------


def test_quiet_day_says_so(alice):
    assert "Nothing wants you just now." in alice.get("/").text


def test_new_practice_is_told_the_one_next_thing(charlie):
    page = charlie.get("/").text
    assert "Invite your first client." in page
    assert "Invite the first one" in charlie.get("/clients").text


def test_headline_is_the_answer(alice, cast, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "risk", now, history.text_from(session, cast.ruth, "I can't go on", now))
        history.alert(session, cast.ruth, "wants_answer", now, history.text_from(session, cast.ruth, "Thursday?", now))
        session.add(
            Appointment(
                practice_id=1, client_id=cast.ruth, coach_id=cast.alice, starts_at=now + timedelta(hours=2), minutes=45
            )
        )
    page = alice.get("/")
    headline = "Ruth needs you now. Ruth wants an answer. Ruth is at 10:30."
    assert headline in page.text.replace(" .", ".")
    assert "I am looking after this" in page.text
    assert page.all("a", href="tel:+16175550111")


def test_grave_words_come_before_ordinary_texts(alice, cast, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "possible_risk", now, history.text_from(session, cast.ruth, "no point", now))
        history.alert(session, cast.ruth, "wants_answer", now, history.text_from(session, cast.ruth, "Thursday?", now))
        history.alert(session, cast.ruth, "risk", now, history.text_from(session, cast.ruth, "I can't go on", now))
    page = alice.get("/")
    headline = "Ruth needs you now. Ruth wrote something you should read. Ruth wants an answer."
    assert headline in page.text.replace(" .", ".")
    sections = [part.attributes["id"] for part in page.all("section") if "id" in part.attributes]
    assert sections == ["danger", "grave", "questions"]


def test_a_question_of_someone_who_opted_out_is_answered_by_phone(alice, ruth, cast, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "wants_answer", now, history.text_from(session, cast.ruth, "Thursday?", now))
    assert alice.get("/").all("a", href=f"{ruth}#write")
    alice.post(f"{ruth}/opt-out")
    for path in ("/", ruth):
        page = alice.get(path)
        assert page.all("a", href="tel:+16175550111")
        assert "Done" in page.text
        assert not page.all("a", href="#write")
        assert not page.all("a", href=f"{ruth}#write")


def test_what_is_about_to_be_sent_leaves_out_who_is_silent(alice, ruth, cast, database):
    alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "days": list("1234567"), "local_time": "20:30"})
    assert "20:30" in alice.get("/").text
    alice.post(f"{ruth}/pause")
    assert "20:30" not in alice.get("/").text


def test_who_has_gone_quiet_is_not_about_to_be_asked(alice, ruth, cast, database, now):
    alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "days": list("1234567"), "local_time": "20:30"})
    with database.session() as session:
        session.get_one(Client, cast.ruth).quiet_at = now
    assert "20:30" not in alice.get("/").text


# ---------- roster ----------


def test_roster_tells_states_and_counts(alice, cast, database, now):
    with database.session() as session:
        of = history.goal(session, cast.ruth, now)
        for back in range(1, 8):
            history.asked(session, of, TODAY - timedelta(days=back), now)
        for back in (4, 5, 6):
            history.win(session, of, TODAY - timedelta(days=back), now, 5)
    page = alice.get("/clients")
    assert "Silent 1" in page.text
    assert "3 of 7" in page.text
    assert "not asked 6, asked, no answer 1, done 3, asked, no answer 3, not asked 1" in page.html
    assert "Nobody here" in alice.get("/clients?find=zebra").text
    assert "Ruth" in alice.get("/clients?standing=silent").text


def test_coach_sees_only_their_own_and_assistant_sees_all(app, cast, database, now):
    with database.session() as session:
        practice = session.get_one(Client, cast.ruth).practice_id
        from coach_portal.core.models import Practice

        dana = sign_in.add_coach(
            session, session.get_one(Practice, practice), "Dana", "dana@example.com", "coach", PASSWORD, "UTC", now
        )
        dana_id = dana.id
    dana = signed_in(app, "dana@example.com")
    assert "Ruth" not in dana.get("/clients").text
    dana.get(f"/clients/{cast.ruth}", status=404)
    with database.session() as session:
        session.add(CoachClient(coach_id=dana_id, client_id=cast.ruth))
    assert "Ruth" in dana.get("/clients").text
    assert "Ruth" in signed_in(app, "bob@example.com").get("/clients").text


@pytest.mark.parametrize("path", ["/", "/clients"])
def test_as_many_statements_for_many_clients_as_for_one(alice, cast, database, now, path):
    few = statements(database, lambda: alice.get(path))
    with database.session() as session:
        history.crowd(session, cast.alice, 40, now)
    assert statements(database, lambda: alice.get(path)) == few
    assert few <= 36


def test_as_many_statements_for_many_texts_as_for_one(alice, ruth, cast, database, now):
    alice.get(ruth)  # whoever looks for the first time that day is noted
    few = statements(database, lambda: alice.get(ruth))
    with database.session() as session:
        for place in range(4):
            of = history.goal(session, cast.ruth, now, title=f"goal {place}")
            for back in range(10):
                message = history.text_from(session, cast.ruth, "done", now - timedelta(days=back))
                history.win(session, of, TODAY - timedelta(days=back), now, 5, message)
    assert statements(database, lambda: alice.get(ruth)) == few
    assert few <= 26


def statements(database, act) -> int:
    """How many statements an act takes."""
    seen = []

    def note(connection, cursor, statement, *_):
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)


# ---------- a client ----------


def test_danger_comes_first_among_the_banners(alice, ruth, cast, database, now):
    with database.session() as session:
        for kind in ("wants_answer", "possible_risk", "risk"):
            history.alert(session, cast.ruth, kind, now)
    page = alice.get(ruth).text
    assert page.index("may be in danger") < page.index("something you should read") < page.index("wants an answer")


@pytest.mark.parametrize("tab", ["progress", "progress/live", "timeline", "timeline/live"])
def test_danger_stands_above_every_tab(tab, alice, ruth, cast, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "risk", now)
    html = alice.ask("GET", f"{ruth}/{tab}").text
    assert html.index("may be in danger") < html.index(f'id="{tab.partition("/")[0]}"')
    assert "I am looking after this" in html


def test_answer_leads_from_every_tab_to_where_one_writes(alice, ruth, cast, database, now):
    with database.session() as session:
        history.alert(session, cast.ruth, "wants_answer", now)
    assert f'href="{ruth}#write">Answer' in alice.get(f"{ruth}/timeline").html
    assert 'href="#write">Answer' in alice.get(ruth).html


def test_evidence_is_underlined_and_what_was_made_of_it_told(alice, ruth, cast, database, now):
    understanding = {
        "acts": ["miss", "message"],
        "wins": [],
        "misses": [{"goal": 0, "start": 0, "end": 19}],
        "evidence": {"message": [21, len(SKIPPED)]},
    }
    with database.session() as session:
        of = history.goal(session, cast.ruth, now, title="Journal", amount=None, unit=None)
        history.miss(session, of, TODAY, now, history.text_from(session, cast.ruth, SKIPPED, now, understanding))
    page = alice.get(ruth)
    assert '<mark class="missed">skipped the journal</mark>. <mark class="coach">can we do' in page.html
    assert "Journal missed, today" in page.text
    assert "For you" in page.text


def test_words_of_a_client_are_only_ever_words(alice, ruth, cast, database, now):
    with database.session() as session:
        nasty = "<script>alert(1)</script> {{7*7}} \u202egnp.exe"
        history.text_from(session, cast.ruth, nasty, now)
        session.get_one(Client, cast.ruth).name = "<b>Ruth</b> {{7*7}}"
    page = alice.get(ruth)
    assert "<script>alert" not in page.html
    assert "&lt;script&gt;alert(1)" in page.html
    assert "{{7*7}}" in page.html
    assert "<b>Ruth" not in page.html


def test_spans_that_do_not_fit_the_text_do_no_harm(alice, ruth, cast, database, now):
    spans = {"wins": [{"start": 3, "end": 99}, {"start": 0, "end": 4}, {"start": 2, "end": 3}, {"goal": 0}], "acts": []}
    with database.session() as session:
        history.text_from(session, cast.ruth, "done", now, spans)
    assert '<mark class="done">done</mark>' in alice.get(ruth).html


def test_silence_has_its_reason_in_plain_words(alice, ruth, cast, database, now):
    with database.session() as session:
        message = history.text_from(session, cast.ruth, "Morning", now)
        message.direction, message.state, message.reason = "out", "not_sent", "already_told"
    assert "Not sent. Ruth had already told us." in alice.get(ruth).text


def test_next_text_in_their_time_and_the_coachs(app, alice, ruth, cast, database):
    with database.session() as session:
        session.get_one(Client, cast.ruth).timezone = "America/Los_Angeles"
    alice.post(f"{ruth}/goals/new", {"title": "5 squats"})
    alice.post(f"{ruth}/schedules/new", {"kind": "check_in", "days": list("1234567"), "local_time": "20:30"})
    assert "today at 20:30 , Ruth’s time (23:30 for you)" in alice.get(ruth).text


def test_earlier_texts_are_one_link_away(alice, ruth, cast, database, now):
    with database.session() as session:
        for place in range(30):
            history.text_from(session, cast.ruth, f"text number {place}", now - timedelta(minutes=60 - place))
    assert "text number 0" not in alice.get(ruth).text
    assert alice.get(ruth).all("a", href=f"{ruth}?texts=124#talk")
    assert "text number 0" in alice.get(f"{ruth}?texts=124").text
    alice.get(f"{ruth}?texts=-5")
    alice.get(f"{ruth}?texts=all")


# ---------- live ----------


def test_live_parts_are_sent_once_and_again_when_something_changed(alice, ruth, cast, database, now):
    with database.session() as session:
        goal_id = history.goal(session, cast.ruth, now).id
    first = alice.ask("GET", f"{ruth}/live")
    again = alice.ask("GET", f"{ruth}/live", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.text) == (200, 304, "")
    with database.session() as session:
        from coach_portal.core.models import Goal

        history.win(session, session.get_one(Goal, goal_id), TODAY, now, 3)
    after = alice.ask("GET", f"{ruth}/live", headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert f'data-mark="{goal_id}-{TODAY}" data-kind="partly"' in after.text


def test_live_parts_are_those_of_the_page(alice, ruth):
    page = alice.get(ruth)
    live = alice.ask("GET", f"{ruth}/live").text
    parts = [element.attributes["id"] for element in page.elements if "data-live" in element.attributes]
    assert parts == ["acts", "banners", "goals", "talk", "composer", "reflections", "coming", "note-list", "arranged"]
    for part in parts:
        assert f'id="{part}"' in live


def test_delivery_state_reaches_the_page(alice, ruth, cast, database, now):
    with database.session() as session:
        message = history.text_from(session, cast.ruth, "Hello", now)
        message.direction, message.state, message.error_code = "out", "undelivered", "30005"
        message_id = message.id
    page = alice.get(ruth).text
    assert "Not delivered" in page
    assert "number is unknown or no longer in use (30005)" in page
    with database.reading() as session:
        assert session.get_one(Message, message_id).state == "undelivered"
