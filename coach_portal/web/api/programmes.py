"""Programmes: writing them, looking ahead, and starting, holding and ending them for clients."""

from typing import Any

from coach_portal.core.models import Practice, Programme, ProgrammeStep
from coach_portal.core.schemas.base import NothingMoreSchema
from coach_portal.core.schemas.programme import (
    CalendarOut,
    CalendarSchema,
    EnrolmentOut,
    MoveSchema,
    ProgrammeOut,
    ProgrammeSchema,
    StartedOut,
    StartSchema,
    StepOut,
    StepSchema,
)
from coach_portal.core.services.listing import Page, Window, some_of
from coach_portal.core.services.people.clients import first_name
from coach_portal.core.services.programmes import calendar, enrolling, library, showing
from coach_portal.web.api.views import Work, creates, lists, shows

TAG = "Programmes"


@creates("/programmes", ProgrammeOut, given=ProgrammeSchema, tag=TAG)
def add_programme(work: Work, data: dict[str, Any]) -> Any:
    """Begin a programme

    It has no steps yet.
    """
    return showing.line(work.session, work.coach, library.add(work.session, work.coach, data, work.now))


@lists("/programmes", ProgrammeOut, tag=TAG)
def list_programmes(work: Work, window: Window) -> Page:
    """The practice's programmes

    Those put away come last. `active` and `finished` count the clients you may see.
    """
    return some_of(showing.lines(work.session, work.coach), window)


@shows("/programmes/<int:programme_id>", ProgrammeOut, tag=TAG)
def show_programme(work: Work, programme_id: int) -> Any:
    """One programme"""
    return showing.line(work.session, work.coach, _programme(work, programme_id))


@creates("/programmes/<int:programme_id>/change", ProgrammeOut, given=ProgrammeSchema, tag=TAG)
def change_programme(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """Name a programme otherwise"""
    programme = _programme(work, programme_id)
    library.change(work.session, work.coach, programme, data, work.now)
    return showing.line(work.session, work.coach, programme)


@creates("/programmes/<int:programme_id>/copy", ProgrammeOut, given=NothingMoreSchema, tag=TAG)
def copy_programme(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """Copy a programme, to change what somebody else wrote"""
    copied = library.copy(work.session, work.coach, _programme(work, programme_id), work.now)
    return showing.line(work.session, work.coach, copied)


@creates("/programmes/<int:programme_id>/retire", ProgrammeOut, given=NothingMoreSchema, tag=TAG)
def retire_programme(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """Put a programme away

    Nobody new begins it, and whoever is in it goes on.
    """
    programme = _programme(work, programme_id)
    library.retire(work.session, work.coach, programme, work.now)
    return showing.line(work.session, work.coach, programme)


@creates("/programmes/<int:programme_id>/take-up", ProgrammeOut, given=NothingMoreSchema, tag=TAG)
def take_programme_up(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """Take a programme up again"""
    programme = _programme(work, programme_id)
    library.take_up(work.session, work.coach, programme, work.now)
    return showing.line(work.session, work.coach, programme)


@creates("/programmes/<int:programme_id>/steps", StepOut, given=StepSchema, tag=TAG)
def add_step(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """Add a step at the end"""
    programme = _programme(work, programme_id)
    return _told(work, programme, library.add_step(work.session, work.coach, programme, data, work.now))


@lists("/programmes/<int:programme_id>/steps", StepOut, tag=TAG)
def list_steps(work: Work, window: Window, programme_id: int) -> Page:
    """A programme's steps, in their order"""
    programme = _programme(work, programme_id)
    begun = showing.begun_by_step(work.session, programme)
    steps = library.steps_of(work.session, programme)
    return some_of([_with(step, begun.get(step.id, 0)) for step in steps], window)


@creates("/programmes/<int:programme_id>/steps/<int:step_id>/change", StepOut, given=StepSchema, tag=TAG)
def change_step(work: Work, data: dict[str, Any], programme_id: int, step_id: int) -> Any:
    """Change a step for those for whom it has not begun

    Send all of it: what is left out is as if it had never been said.
    """
    programme, step = library.step_of(work.session, work.coach, programme_id, step_id)
    library.change_step(work.session, work.coach, programme, step, data, work.now)
    return _told(work, programme, step)


@creates("/programmes/<int:programme_id>/steps/<int:step_id>/move", StepOut, given=MoveSchema, tag=TAG)
def move_step(work: Work, data: dict[str, Any], programme_id: int, step_id: int) -> Any:
    """Move a step one place up or down"""
    programme, step = library.step_of(work.session, work.coach, programme_id, step_id)
    library.move_step(work.session, work.coach, programme, step, work.now, up=data["up"])
    return _told(work, programme, step)


@creates("/programmes/<int:programme_id>/steps/<int:step_id>/remove", StepOut, given=NothingMoreSchema, tag=TAG)
def remove_step(work: Work, data: dict[str, Any], programme_id: int, step_id: int) -> Any:
    """Take a step out

    Whoever has begun it keeps what it brought.
    """
    programme, step = library.step_of(work.session, work.coach, programme_id, step_id)
    library.remove_step(work.session, work.coach, programme, step, work.now)
    return _told(work, programme, step)


@creates("/programmes/<int:programme_id>/calendar", CalendarOut, given=CalendarSchema, tag=TAG, scope="read")
def look_ahead(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """What one client gets, day by day, with segments and prices

    For a client called Sam who begins on that day, if nothing comes between. Nothing is written.
    """
    programme = _programme(work, programme_id)
    return calendar.ahead(
        programme,
        library.steps_of(work.session, programme),
        data["starts_on"] or work.now.date(),
        locale=data["locale"] or programme.locale,
        country=work.session.get_one(Practice, work.coach.practice_id).country,
        coach=first_name(work.coach.name),
    )


@creates("/programmes/<int:programme_id>/enrolments", StartedOut, given=StartSchema, tag=TAG)
def start_programme(work: Work, data: dict[str, Any], programme_id: int) -> Any:
    """Start clients on a programme

    Whoever is in it already, was filed away or opted out is left out. Who has not said YES yet begins when they do.
    """
    programme = _programme(work, programme_id)
    return enrolling.start(work.session, work.coach, programme, data["clients"], data["starts_on"], work.now)


@lists("/programmes/<int:programme_id>/enrolments", EnrolmentOut, tag=TAG)
def list_enrolments(work: Work, window: Window, programme_id: int) -> Page:
    """Who is where in a programme, of the clients you may see"""
    return some_of(showing.who_is_in(work.session, work.coach, _programme(work, programme_id), work.now), window)


@lists("/clients/<int:client_id>/enrolments", EnrolmentOut, tag=TAG)
def list_enrolments_of_client(work: Work, window: Window, client_id: int) -> Page:
    """The programmes a client is in"""
    return some_of(showing.of_client(work.session, work.coach, work.client(client_id).id, work.now), window)


@shows("/enrolments/<int:enrolment_id>", EnrolmentOut, tag=TAG)
def show_enrolment(work: Work, enrolment_id: int) -> Any:
    """One client in one programme"""
    return showing.one(work.session, work.coach, enrolment_id, work.now)


@creates("/enrolments/<int:enrolment_id>/pause", EnrolmentOut, given=NothingMoreSchema, tag=TAG)
def pause_enrolment(work: Work, data: dict[str, Any], enrolment_id: int) -> Any:
    """Hold a programme for one client

    No step begins. Goals that have begun are asked about as before.
    """
    return _act(work, enrolment_id, enrolling.pause)


@creates("/enrolments/<int:enrolment_id>/resume", EnrolmentOut, given=NothingMoreSchema, tag=TAG)
def resume_enrolment(work: Work, data: dict[str, Any], enrolment_id: int) -> Any:
    """Go on with it where it was

    What counts in days moves along: nothing that was missed pours out.
    """
    return _act(work, enrolment_id, enrolling.resume)


@creates("/enrolments/<int:enrolment_id>/stop", EnrolmentOut, given=NothingMoreSchema, tag=TAG)
def stop_enrolment(work: Work, data: dict[str, Any], enrolment_id: int) -> Any:
    """End a programme for one client

    Goals that it added stay.
    """
    return _act(work, enrolment_id, enrolling.stop)


def _act(work: Work, enrolment_id: int, act: Any) -> Any:
    enrolment = enrolling.enrolment_of(work.session, work.coach, enrolment_id)
    act(work.session, work.coach, enrolment, work.now)
    work.session.flush()
    return showing.one(work.session, work.coach, enrolment_id, work.now)


def _programme(work: Work, programme_id: int) -> Programme:
    return library.programme_of(work.session, work.coach, programme_id)


def _told(work: Work, programme: Programme, step: ProgrammeStep) -> Any:
    return _with(step, showing.begun_by_step(work.session, programme).get(step.id, 0))


def _with(step: ProgrammeStep, begun: int) -> Any:
    step.begun = begun  # type: ignore[attr-defined]  # told beside its columns
    return step
