"""One of each thing that an address can be about, and the addresses themselves."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from coach_portal.core.models import (
    ApiToken,
    Appointment,
    CheckIn,
    CheckInSchedule,
    Client,
    ClientGroup,
    Coach,
    CoachClient,
    CoachInvitation,
    Digest,
    Endpoint,
    Erasure,
    Idea,
    ImportDraft,
    Message,
    Photo,
    ReflectionQuestion,
    Wish,
    Wording,
)
from coach_portal.core.schemas.programme import StepSchema
from coach_portal.core.services.people import notes
from coach_portal.core.services.preparing import commitments
from coach_portal.core.services.programmes import enrolling, library
from coach_portal.core.services.progress import by_hand
from tests.web import history

LINKS = {
    "alert_links.open_link",
    "alert_links.acknowledge_by_link",
    "before.opened",
    "joining.ask",
    "joining.join",
    "own_page.close",
    "own_page.data",
    "own_page.hours",
    "own_page.pace",
    "own_page.pause",
    "own_page.picture",
    "own_page.resume",
    "own_page.show",
    "own_page.speak",
    "own_page.undo",
    "own_page.way",
    "resets.choose",
    "resets.reset",
    "sessions.feed",
    "stop.ask",
    "stop.stop_now",
    "weeks.opened",
}
"""Pages whose address is a secret that one person was sent; tests of their own see who gets in."""
WORDS = {"<path:filename>": "portal.css", "<token>": "nobodys-token"}
STOCK = {"static", "bootstrap.static"}


def pages(app: Flask) -> list[Rule]:
    """The addresses of the portal's own pages."""
    return [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/")]


def filled(rule: Rule, ids: dict[str, int]) -> str:
    """An address with ids in it; 1 stands for what they lack."""
    path = (
        rule.rule.replace("<path:filename>", "portal.css")
        .replace("<token>", "nobodys-token")
        .replace("<kind>", "clients")
    )
    for name in rule.arguments:
        path = path.replace(f"<int:{name}>", str(ids.get(name, 1)))
    return path


def photo_of(session: Session, message: Message) -> Photo:
    """A photo that came with a text, kept."""
    row = Photo(practice_id=message.practice_id, client_id=message.client_id, message_id=message.id, place=0)
    row.media_sid, row.state, row.name, row.width, row.height = "ME" + "a" * 32, "kept", "photos/1/1-a", 640, 480
    row.created_at = message.created_at
    session.add(row)
    session.flush()
    return row


def things_of(session: Session, client_id: int, now: datetime) -> dict[str, int]:
    """One of each thing of a client's; their ids by the names that addresses use."""
    client = session.get_one(Client, client_id)
    coach = session.scalars(select(Coach).join(CoachClient).where(CoachClient.client_id == client_id)).one()
    goal, message = history.goal(session, client_id, now), history.text_from(session, client_id, "did 3", now)
    history.asked(session, goal, now.date(), now)
    appointment = Appointment(coach_id=coach.id, starts_at=now + timedelta(days=2), minutes=50)
    wish = Wish(message_id=message.id, kind="less", at=now)
    wish.before, wish.after = ({"client": {"pace": pace}, "schedules": {}} for pace in ("full", "half"))
    digest = Digest(check_in_id=session.scalar(select(CheckIn.id).where(CheckIn.client_id == client_id)))
    digest.message_id, digest.week_start, digest.question, digest.created_at = message.id, now.date(), "How?", now
    for row in (appointment, wish, digest):
        row.practice_id, row.client_id = client.practice_id, client_id
    question = ReflectionQuestion(
        practice_id=client.practice_id, coach_id=coach.id, theme="noticing", locale="en", slot=0
    )
    question.body, question.created_at = "What was light this week?", now
    wording = Wording(practice_id=client.practice_id, kind="wins", locale="en", body="How was it, {client}?")
    wording.created_at = now
    told = {"goal_id": None, "amount": None, "on": now.date(), "title": "called my sister"}
    idea = Idea(practice_id=client.practice_id, client_id=client_id, title="Call Mum", created_at=now)
    draft = ImportDraft(
        practice_id=client.practice_id, coach_id=coach.id, kind="clients", content="name,phone\n", good=0
    )
    draft.bad, draft.created_at = [], now
    token = ApiToken(coach_id=coach.id, name="Sheet", token_hash=f"nobodys-{client_id}", created_at=now)
    endpoint = Endpoint(practice_id=client.practice_id, coach_id=coach.id, url="https://example.com/", kinds=[])
    endpoint.with_words, endpoint.salt, endpoint.created_at = False, "salt", now
    erasure = Erasure(practice_id=client.practice_id, client_id=4_000_001, asked_at=now, did={})
    session.add_all([idea, token, endpoint, erasure, appointment, wish, digest, question, wording, draft])
    group = ClientGroup(practice_id=client.practice_id, name=f"Group {client_id}", made_by=coach.id, created_at=now)
    invitation = CoachInvitation(practice_id=client.practice_id, email="new@example.com", role="coach")
    invitation.invited_by, invitation.nonce, invitation.sent_at, invitation.expires_at = coach.id, "n" * 22, now, now
    session.add_all([group, invitation])
    session.flush()
    programme = library.add(session, coach, {"name": f"Mornings {client_id}", "about": None, "locale": "en"}, now)
    step = library.add_step(session, coach, programme, StepSchema().read({"body": "Welcome.", "days": 3}), now)
    enrolled = enrolling.start(session, coach, programme, [client_id], None, now).enrolments[0]
    return {
        "programme_id": programme.id,
        "step_id": step.id,
        "enrolment_id": enrolled,
        "client_id": client_id,
        "goal_id": goal.id,
        "alert_id": history.alert(session, client_id, "wants_answer", now).id,
        "message_id": message.id,
        "schedule_id": session.scalar(select(CheckInSchedule.id).where(CheckInSchedule.client_id == client_id)),
        "appointment_id": appointment.id,
        "commitment_id": commitments.add(session, coach, client_id, appointment.id, "Call Mum", None, now).id,
        "wish_id": wish.id,
        "digest_id": digest.id,
        "idea_id": idea.id,
        "question_id": question.id,
        "wording_id": wording.id,
        "draft_id": draft.id,
        "token_id": token.id,
        "endpoint_id": endpoint.id,
        "erasure_id": erasure.id,
        "win_id": by_hand.log(session, coach, client, told, now).id,
        "photo_id": photo_of(session, message).id,
        "group_id": group.id,
        "coach_id": coach.id,
        "invitation_id": invitation.id,
        "note_id": notes.add(session, coach, client, "She moves in May", now).id,
    }
