"""The portal's rooms: one blueprint each. A view calls one service and renders what it got."""

# The views of these hang on the room of clients.
from coach_portal.web.rooms import client_tabs, ledger, person_data, quiet  # noqa: F401
from coach_portal.web.rooms.account import account
from coach_portal.web.rooms.alerts import alert_links, alerts
from coach_portal.web.rooms.appointments import appointments
from coach_portal.web.rooms.board import board
from coach_portal.web.rooms.by_hand import notes, wins
from coach_portal.web.rooms.calendar import calendar
from coach_portal.web.rooms.calls import calls
from coach_portal.web.rooms.clients import clients
from coach_portal.web.rooms.deliveries import deliveries
from coach_portal.web.rooms.endpoints import endpoints
from coach_portal.web.rooms.enrolments import enrolments
from coach_portal.web.rooms.factor import factor
from coach_portal.web.rooms.goals import goals
from coach_portal.web.rooms.groups import groups
from coach_portal.web.rooms.growing import growing, growing_steps, wishes
from coach_portal.web.rooms.health import health
from coach_portal.web.rooms.hours import hours
from coach_portal.web.rooms.imports import imports
from coach_portal.web.rooms.joining import joining
from coach_portal.web.rooms.many import many
from coach_portal.web.rooms.many_people import many_people
from coach_portal.web.rooms.money import money
from coach_portal.web.rooms.own_page import own_page
from coach_portal.web.rooms.people import colleagues
from coach_portal.web.rooms.person import person
from coach_portal.web.rooms.photos import photos
from coach_portal.web.rooms.practice import practice
from coach_portal.web.rooms.preparations import before, preparations
from coach_portal.web.rooms.programme_steps import programme_steps
from coach_portal.web.rooms.programmes import programmes
from coach_portal.web.rooms.reach import reach
from coach_portal.web.rooms.records import records
from coach_portal.web.rooms.registration import registration
from coach_portal.web.rooms.resets import resets
from coach_portal.web.rooms.review import review
from coach_portal.web.rooms.schedules import schedules
from coach_portal.web.rooms.sessions import sessions
from coach_portal.web.rooms.sign_in import sign_in
from coach_portal.web.rooms.stopping import stop
from coach_portal.web.rooms.sundays import sundays
from coach_portal.web.rooms.supporters import supporters
from coach_portal.web.rooms.today import today
from coach_portal.web.rooms.trail import trail
from coach_portal.web.rooms.weeks import weeks
from coach_portal.web.rooms.wording import wording

ROOMS = (
    health,
    sign_in,
    resets,
    joining,
    colleagues,
    person,
    account,
    factor,
    today,
    calendar,
    board,
    clients,
    imports,
    goals,
    growing,
    growing_steps,
    wishes,
    wins,
    notes,
    schedules,
    calls,
    appointments,
    alerts,
    alert_links,
    review,
    reach,
    photos,
    weeks,
    supporters,
    programmes,
    programme_steps,
    enrolments,
    practice,
    many,
    many_people,
    groups,
    money,
    records,
    trail,
    endpoints,
    deliveries,
    registration,
    hours,
    wording,
    own_page,
    stop,
    sundays,
    preparations,
    before,
    sessions,
)
