"""One schema for each thing people send, serving the page's form, the API and the CSV row alike; and what we tell.

`SomethingSchema().read(data)` checks and normalises input and raises errors.Invalid; `SomethingOut` dumps rows.
Schemas never touch the database.
"""

from coach_portal.core.schemas.appointment import REMIND_HOURS, AppointmentOut, AppointmentSchema
from coach_portal.core.schemas.call import CallsSchema, RecordingOut
from coach_portal.core.schemas.client import LOCALES, ClientChangeSchema, ClientOut, ClientSchema
from coach_portal.core.schemas.consent import ConsentOut
from coach_portal.core.schemas.fields import time_zones
from coach_portal.core.schemas.goal import AREAS, CADENCES, DIRECTIONS, GoalOut, GoalSchema, HabitOut
from coach_portal.core.schemas.note import NoteOut, NoteSchema
from coach_portal.core.schemas.practice import HoursSchema, WordingSchema
from coach_portal.core.schemas.reading import ReadingSchema, WinReadingSchema
from coach_portal.core.schemas.records import AlertOut, MissOut, ReflectionOut, WinOut
from coach_portal.core.schemas.schedule import CHANNELS, KINDS, ScheduleOut, ScheduleSchema
from coach_portal.core.schemas.text import MessageOut, TextSchema

__all__ = [
    "AREAS",
    "CADENCES",
    "CHANNELS",
    "DIRECTIONS",
    "KINDS",
    "LOCALES",
    "REMIND_HOURS",
    "AlertOut",
    "AppointmentOut",
    "AppointmentSchema",
    "CallsSchema",
    "ClientChangeSchema",
    "ClientOut",
    "ClientSchema",
    "ConsentOut",
    "GoalOut",
    "GoalSchema",
    "HabitOut",
    "HoursSchema",
    "MessageOut",
    "MissOut",
    "NoteOut",
    "NoteSchema",
    "ReadingSchema",
    "RecordingOut",
    "ReflectionOut",
    "ScheduleOut",
    "ScheduleSchema",
    "TextSchema",
    "WinOut",
    "WinReadingSchema",
    "WordingSchema",
    "time_zones",
]
