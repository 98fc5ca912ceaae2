"""The portal's rooms: one blueprint each. A view calls one service and renders what it got."""

from coach_portal.web.rooms.clients import clients
from coach_portal.web.rooms.goals import goals
from coach_portal.web.rooms.health import health
from coach_portal.web.rooms.quiet import alerts
from coach_portal.web.rooms.review import review
from coach_portal.web.rooms.schedules import schedules
from coach_portal.web.rooms.sign_in import sign_in
from coach_portal.web.rooms.today import today
from coach_portal.web.rooms.weeks import weeks

ROOMS = (health, sign_in, today, clients, goals, schedules, alerts, review, weeks)
