"""The tables, one file per aggregate. Importing this package registers them all."""

from coach_portal.core.db import Base
from coach_portal.core.models.alert import Alert, AlertStep, SecondContact
from coach_portal.core.models.appointment import Appointment, Commitment
from coach_portal.core.models.call import CallLine, Recording
from coach_portal.core.models.check_in import CheckIn, CheckInSchedule
from coach_portal.core.models.client import Client, Consent, ConsentHead, Pause, Wish
from coach_portal.core.models.coach import ApiToken, Coach, CoachClient, SignInAttempt, WebSession
from coach_portal.core.models.correction import Correction
from coach_portal.core.models.email import Email
from coach_portal.core.models.event import Endpoint, Event, EventDelivery, EventStream, KeptAnswer
from coach_portal.core.models.goal import FormerTerms, Goal, Miss, Win
from coach_portal.core.models.group import ClientGroup, GroupMember
from coach_portal.core.models.housekeeping import AuditEvent, ClockShift, JobRun, QueueItem
from coach_portal.core.models.idea import Idea
from coach_portal.core.models.message import InboundText, Message
from coach_portal.core.models.money import Charge, MonthSpent
from coach_portal.core.models.note import Note
from coach_portal.core.models.photo import Photo
from coach_portal.core.models.practice import Practice, SendingNumber, Suppression
from coach_portal.core.models.programme import BegunStep, Enrolment, Programme, ProgrammeStep
from coach_portal.core.models.reach import Absence, AbsenceTold, AnswerCode
from coach_portal.core.models.records import Erasure, ImportDraft, Leftover
from coach_portal.core.models.reflection import Digest, Reflection, ReflectionQuestion
from coach_portal.core.models.secret import Secret
from coach_portal.core.models.signing_in import CoachInvitation, PasswordReset, RecoveryCode, SecondFactor
from coach_portal.core.models.supporter import Supporter, SupporterLine
from coach_portal.core.models.tag import ClientTag
from coach_portal.core.models.wording import Wording

__all__ = [
    "Absence",
    "AbsenceTold",
    "Alert",
    "AlertStep",
    "AnswerCode",
    "ApiToken",
    "Appointment",
    "AuditEvent",
    "Base",
    "BegunStep",
    "CallLine",
    "Charge",
    "CheckIn",
    "CheckInSchedule",
    "Client",
    "ClientGroup",
    "ClientTag",
    "ClockShift",
    "Coach",
    "CoachClient",
    "CoachInvitation",
    "Commitment",
    "Consent",
    "ConsentHead",
    "Correction",
    "Digest",
    "Email",
    "Endpoint",
    "Enrolment",
    "Erasure",
    "Event",
    "EventDelivery",
    "EventStream",
    "FormerTerms",
    "Goal",
    "GroupMember",
    "Idea",
    "ImportDraft",
    "InboundText",
    "JobRun",
    "KeptAnswer",
    "Leftover",
    "Message",
    "Miss",
    "MonthSpent",
    "Note",
    "PasswordReset",
    "Pause",
    "Photo",
    "Practice",
    "Programme",
    "ProgrammeStep",
    "QueueItem",
    "Recording",
    "RecoveryCode",
    "Reflection",
    "ReflectionQuestion",
    "SecondContact",
    "SecondFactor",
    "Secret",
    "SendingNumber",
    "SignInAttempt",
    "Supporter",
    "SupporterLine",
    "Suppression",
    "WebSession",
    "Win",
    "Wish",
    "Wording",
]
