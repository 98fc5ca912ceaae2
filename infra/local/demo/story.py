"""Eight weeks of a practice, lived through the product itself: every text is planned, sent, received and understood
by the services that do it for real, only at past moments and with a carrier that writes into its book."""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain, count

from sqlalchemy import Connection, bindparam, func, select

from coach_portal.core.db import Database
from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from coach_portal.core.services.alerting import escalation
from coach_portal.core.services.calls import placing
from coach_portal.core.services.moments import check_ins
from coach_portal.core.services.programmes import stepping
from coach_portal.core.services.reaching import telling
from coach_portal.core.services.replies import inbound
from coach_portal.core.services.replies.arrival import InboundSms
from coach_portal.core.services.sending import delivery, emails, recovery
from coach_portal.core.services.sending.outbound import deliver
from coach_portal.core.services.week import digests
from infra.local.carrier.photos import attached
from infra.local.demo.exchange import Exchange
from infra.local.demo.person import Asked
from infra.local.demo.post import Post
from infra.local.demo.temper import Temper

_message, _schedule, _check_in = tables.message, tables.schedule, tables.check_in

_NEXT_DUE = select(func.min(_schedule.c.next_due_at))
_NEXT_STEP = select(func.min(tables.enrolment.c.due_at))
_NEXT_TOLD = select(func.min(tables.alert.c.next_step_at))
_NEXT_EMAIL = select(func.min(tables.email.c.send_after)).where(tables.email.c.state == "planned")
_NEXT_POSTPONED = select(func.min(_message.c.send_after)).where(_message.c.state == "planned")
_NEXT = (_NEXT_DUE, _NEXT_POSTPONED, _NEXT_STEP, _NEXT_TOLD, _NEXT_EMAIL)
_QUESTIONS = (
    select(_message.c.client_id, _schedule.c.kind, _schedule.c.local_time, tables.digest.c.question)
    .join(_check_in, _check_in.c.id == _message.c.check_in_id)
    .join(_schedule, _schedule.c.id == _check_in.c.schedule_id)
    .outerjoin(tables.digest, tables.digest.c.check_in_id == _check_in.c.id)
    .where(_message.c.id.in_(bindparam("messages", expanding=True)), _message.c.state == "delivered")
)

_ASKED_ON = (
    select(_message.c.client_id, _schedule.c.kind, _schedule.c.local_time)
    .join(_check_in, _check_in.c.id == _message.c.check_in_id)
    .join(_schedule, _schedule.c.id == _check_in.c.schedule_id)
    .where(_message.c.id == bindparam("message"))
)

Act = Callable[[datetime], Sequence[int] | None]
"""Something that happens at a moment; answers the ids of messages that want sending."""


class Story:
    """Tells what happens, moment after moment. `tempers` are the clients' by their ids."""

    def __init__(self, database: Database, post: Post, number: str, public_url: str, exchange: Exchange | None = None):
        self._exchange = exchange
        self.tempers: dict[int, Temper] = {}
        self._database, self._post, self._number = database, post, number
        self._links = Links("", "links of the past open nothing")
        self._public_url = public_url
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def at(self, moment: datetime, act: Act) -> None:
        """Have this happen."""
        heapq.heappush(self._agenda, (moment, next(self._order), act))

    def tell(self, until: datetime, progress: Callable[[datetime], None]) -> None:
        """Live through everything up to a moment."""
        while (moment := self._next_moment()) is not None and moment <= until:
            self._post.now = moment
            progress(moment)
            if self._agenda and self._agenda[0][0] <= moment:
                _, _, act = heapq.heappop(self._agenda)
                self._send(act(moment) or (), moment)
            else:
                self._send(self._sweep(moment), moment)

    def text(self, phone: str, words: str, photo: str = "") -> Act:
        """This phone texts the practice, with a photo of the carrier's or none."""

        def act(moment: datetime) -> Sequence[int]:
            sid = self._post.arrive(to=self._number, from_=phone, body=words, photo=photo)
            form = {"MessageSid": sid, "Body": words, **attached(sid, "", photo)}
            text = InboundSms(sid, phone, self._number, words, form)
            received = inbound.receive(self._database, text, moment, machine_now=moment, links=self._links)
            if received.safety:
                self._answer_at_once(phone, received.safety.body, received.safety.message_id, moment)
            return received.to_queue

        return act

    def leave_a_message(self, phone: str, words: str) -> Act:
        """This phone calls the practice, and leaves the coach a message."""
        return lambda moment: self._exchange.leaves_a_message(phone, words, moment) if self._exchange else []

    def _next_moment(self) -> datetime | None:
        with self._database.reading() as session:
            moments = [session.scalar(statement) for statement in _NEXT]
        moments += [self._agenda[0][0]] if self._agenda else []
        return min((moment for moment in moments if moment is not None), default=None)

    def _sweep(self, moment: datetime) -> list[int]:
        with self._database.transaction() as connection:
            begun = stepping.plan_steps(connection, moment).message_ids
            asked = check_ins.plan_check_ins(connection, moment).message_ids
            weeks = digests.plan_digests(connection, moment, self._public_url).message_ids
            postponed = recovery.pick_up(connection, moment, moment)
            told = [self._tell(connection, alert_id, moment) for alert_id in escalation.due(connection, moment)]
            escalation.tell_soon(connection, self._links.public_url, moment)
            for coach_id in telling.coaches_due(connection, moment):
                told.append(telling.tell(connection, coach_id, self._links.public_url, moment))
        for email_id in emails.due(self._database, moment, moment):
            emails.send(self._database, self._post, self._links, email_id, moment, moment)
        return [*begun, *asked, *weeks, *postponed, *chain.from_iterable(told)]

    def _tell(self, connection: Connection, alert_id: int, moment: datetime) -> list[int]:
        return escalation.tell(connection, alert_id, self._links, moment, moment)

    def _send(self, message_ids: Sequence[int], moment: datetime) -> None:
        self._post.handed.clear()
        calls = placing.among(self._database, message_ids) if self._exchange and message_ids else set()
        for message_id in message_ids:
            if message_id in calls:
                self._call(message_id, moment)
            else:
                deliver(self._database, self._post, message_id, moment, lambda: moment)
        if self._post.handed:
            self._await_answers(moment)

    def _await_answers(self, moment: datetime) -> None:
        with self._database.reading() as session:
            questions = session.execute(_QUESTIONS, {"messages": self._post.handed}).all()
        for client_id, kind, local_time, question in questions:
            self.answers(client_id, kind, local_time, question, moment)

    def answers(self, client_id: int, kind: str, local_time: str, question: str, moment: datetime) -> None:
        """What they text back to a question, if anything."""
        temper = self.tempers[client_id]
        if kind == "reflection":
            reply = temper.reflect(question, moment)
        else:
            reply = temper.reply(_asked(temper, kind, local_time), moment)
        if reply:
            self.at(reply[0], self.text(temper.person.phone, reply[1]))

    def _call(self, message_id: int, moment: datetime) -> None:
        """Whoever would answer a text answers the call, in the same words; else nobody takes it."""
        if self._exchange is None or not (sid := self._exchange.place(message_id, moment)):
            return
        with self._database.reading() as session:
            asked = session.execute(_ASKED_ON, {"message": message_id}).one()
        temper = self.tempers[asked.client_id]
        reply = temper.reply(_asked(temper, asked.kind, asked.local_time), moment)
        if reply is None:
            self._send(self._exchange.nobody(message_id, sid, moment), moment)
        else:
            self._send(self._exchange.talked(message_id, sid, temper.person.phone, reply[1], moment), moment)

    def _answer_at_once(self, phone: str, body: str, message_id: int, moment: datetime) -> None:
        taken = self._post.answer(to=phone, from_=self._number, body=body)
        with self._database.transaction() as connection:
            delivery.record_report(connection, message_id, taken, moment)


def _asked(temper: Temper, kind: str, local_time: str) -> Asked:
    return next(asked for asked in temper.person.asked if (asked.kind, asked.local_time) == (kind, local_time))
