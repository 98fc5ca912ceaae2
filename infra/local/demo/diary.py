"""The coach's diary: when she takes people on, texts them herself, meets them and clears her table."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from coach_portal.core.db import Database
from coach_portal.core.models import (
    Alert,
    Appointment,
    CheckInSchedule,
    Client,
    Coach,
    Commitment,
    Goal,
    Programme,
    SecondContact,
)
from coach_portal.core.rules.schedule import zone
from coach_portal.core.services.alerting import alerts
from coach_portal.core.services.calls import agreeing
from coach_portal.core.services.moments import schedules
from coach_portal.core.services.people import clients
from coach_portal.core.services.programmes import enrolling
from coach_portal.core.services.progress import goals
from coach_portal.core.services.replies import corrections
from coach_portal.core.services.sending import texts
from infra.local.demo import mornings
from infra.local.demo.moments import last_time, moment_of_scene
from infra.local.demo.person import Person, Scene
from infra.local.demo.story import Act, Story
from infra.local.demo.temper import Temper

COACHS_ZONE = "America/New_York"
INVITED_AT, SAYS_YES_AFTER = "11:00", timedelta(minutes=23)
# What wanted an answer longer ago than this has had one; what came since still waits.
ANSWERED_BY_NOW = timedelta(hours=25)
TAKEN_ON_AFTER = timedelta(minutes=22)
LOOKED_AT = ("wants_answer", "possible_risk", "maybe_stop")
SATURDAY = 6


class Diary:
    """Writes into a story what the coach does. Every act goes through the portal's own services."""

    def __init__(self, database: Database, story: Story, coach_id: int, now: datetime):
        self._database, self._story, self._coach_id, self._now = database, story, coach_id, now

    def take_on(self, person: Person) -> None:
        """Invite someone, agree their goals and times, and let happen what befell them."""
        invited_at = self._invited_at(person)
        self._story.at(invited_at, lambda moment: self._invite(person, moment))
        if person.agrees:
            self._story.at(invited_at + SAYS_YES_AFTER, self._story.text(person.phone, person.yes))
        for scene in person.scenes:
            self._put(person, scene)

    def write_programme(self, moment: datetime) -> None:
        """Write what clients are started on."""
        with self._database.session() as session:
            mornings.write(session, session.get_one(Coach, self._coach_id), moment)

    def tidy_up_daily(self, begins_at: datetime) -> None:
        """Each afternoon the coach looks at what wanted an answer, and at what we were not sure of."""
        day = begins_at + timedelta(hours=8)
        while day < self._now:
            self._story.at(day, self._tidy_up)
            day += timedelta(days=1)

    def _put(self, person: Person, scene: Scene) -> None:
        moment = moment_of_scene(scene, person, self._now)
        if scene.who == "meets":
            # Arranged when they began, whenever it takes place.
            arranged_at = self._invited_at(person) + SAYS_YES_AFTER
            self._story.at(arranged_at, lambda _: self._arrange(person, scene, _on_a_weekday(moment, person)))
        elif scene.who == "client":
            self._story.at(moment, self._story.text(person.phone, scene.words, scene.photo))
            self._story.at(moment + TAKEN_ON_AFTER, self._take_on_danger)
        elif scene.who == "starts":
            self._story.at(moment, self._start(person))
        elif scene.who == "calls":
            self._story.at(moment, self._story.leave_a_message(person.phone, scene.words))
        elif scene.who == "may be called":
            self._story.at(moment, self._ask_about_calls(person))
            self._story.at(moment + SAYS_YES_AFTER, self._story.text(person.phone, scene.words))
        elif scene.who == "grows":
            self._story.at(moment, self._grow(person, scene))
        else:
            self._story.at(moment, self._write(person, scene.words))

    def _invited_at(self, person: Person) -> datetime:
        return last_time(INVITED_AT, COACHS_ZONE, self._now) - timedelta(days=person.began)

    def _invite(self, person: Person, moment: datetime) -> Sequence[int]:
        with self._database.session() as session:
            coach = session.get_one(Coach, self._coach_id)
            client, to_send = clients.add_client(session, coach, person.details, moment)
            agreed = [goals.add_goal(session, coach, client, goal, moment).id for goal in person.goals]
            for asked in person.asked:
                wanted = [agreed[place - 1] for place in asked.goals]
                when = {"kind": asked.kind, "days": asked.days, "local_time": asked.local_time, "goal_ids": wanted}
                schedules.add_schedule(session, coach, client, when, moment)
            self._story.tempers[client.id] = Temper(person, self._now)
        return to_send

    def _write(self, person: Person, words: str) -> Act:
        def act(moment: datetime) -> Sequence[int]:
            with self._database.session() as session:
                client = session.scalars(select(Client).where(Client.phone == person.phone)).one()
                coach = session.get_one(Coach, self._coach_id)
                return texts.text_by_hand(session, coach, client, words, moment)

        return act

    def _start(self, person: Person) -> Act:
        def act(moment: datetime) -> None:
            with self._database.session() as session:
                client = session.scalars(select(Client).where(Client.phone == person.phone)).one()
                programme = session.scalars(select(Programme)).one()
                coach = session.get_one(Coach, self._coach_id)
                enrolling.start(session, coach, programme, [client.id], None, moment)

        return act

    def _ask_about_calls(self, person: Person) -> Act:
        def act(moment: datetime) -> Sequence[int]:
            with self._database.session() as session:
                client = session.scalars(select(Client).where(Client.phone == person.phone)).one()
                coach = session.get_one(Coach, self._coach_id)
                theirs = (CheckInSchedule.client_id == client.id, CheckInSchedule.kind == "check_in")
                for schedule in session.scalars(select(CheckInSchedule).where(*theirs)).all():
                    when = {name: getattr(schedule, name) for name in ("kind", "days", "local_time", "goal_ids")}
                    schedules.edit_schedule(session, coach, schedule, when | {"channel": "call"}, moment)
                return agreeing.ask(session, coach, client, moment)

        return act

    def _grow(self, person: Person, scene: Scene) -> Act:
        def act(moment: datetime) -> None:
            with self._database.session() as session:
                theirs = Goal.client_id == Client.id, Client.phone == person.phone
                goal = session.scalars(
                    select(Goal).join(Client, theirs[0]).where(theirs[1], Goal.position == scene.place)
                ).one()
                goals.edit_goal(session, session.get_one(Coach, self._coach_id), goal, scene.data, moment)

        return act

    def _arrange(self, person: Person, scene: Scene, starts_at: datetime) -> None:
        with self._database.session() as session:
            client = session.scalars(select(Client).where(Client.phone == person.phone)).one()
            meeting = Appointment(
                practice_id=client.practice_id,
                client_id=client.id,
                coach_id=self._coach_id,
                starts_at=starts_at,
                minutes=scene.data["minutes"],
                place=scene.data["place"],
            )
            session.add(meeting)
            session.flush()
            for words, place in scene.data.get("agreed", ()):
                self._agree(session, client, meeting, words, place)

    def _agree(self, session: Session, client: Client, meeting: Appointment, words: str, place: int) -> None:
        """What they agreed in it, about the goal at a place or, for 0, about none."""
        mine = select(Goal.id).where(Goal.client_id == client.id, Goal.position == place)
        commitment = Commitment(practice_id=client.practice_id, client_id=client.id, appointment_id=meeting.id)
        commitment.goal_id, commitment.body = session.scalar(mine), words
        commitment.created_at = meeting.starts_at
        session.add(commitment)

    def _take_on_danger(self, moment: datetime) -> None:
        """The second contact takes on what the coach, asleep, has not answered."""
        with self._database.session() as session:
            second = session.scalars(select(SecondContact)).one()
            waiting = select(Alert).where(Alert.kind == "risk", Alert.acknowledged_at.is_(None))
            for alert in session.scalars(waiting).all():
                alerts.acknowledge(session, alert, "second_contact", second.name, moment)

    def _tidy_up(self, moment: datetime) -> None:
        with self._database.session() as session:
            coach = session.get_one(Coach, self._coach_id)
            waiting = select(Alert).where(Alert.kind.in_(LOOKED_AT), Alert.closed_at.is_(None))
            for alert in session.scalars(waiting.where(Alert.created_at < self._now - ANSWERED_BY_NOW)):
                alerts.close_alert(session, coach, alert, moment)
            for client in session.scalars(select(Client).where(Client.held_reason == "maybe_stop")):
                clients.clear_hold(session, coach, client, moment)
            for unsure in session.scalars(corrections.unsure(coach)).all():
                corrections.confirm(session, coach, unsure, moment)


def _on_a_weekday(moment: datetime, person: Person) -> datetime:
    """The same, or the Monday after it."""
    weekday = moment.astimezone(zone(person.timezone)).isoweekday()
    return moment + timedelta(days=8 - weekday) if weekday >= SATURDAY else moment
