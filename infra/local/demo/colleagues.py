"""A colleague joins the practice nine days before it opens, takes over those who speak Spanish, and makes a group."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from coach_portal.core.db import Database
from coach_portal.core.models import Client, Coach, Practice
from coach_portal.core.services.colleagues import handover
from coach_portal.core.services.people import groups
from coach_portal.core.services.signing_in import sign_in
from infra.local.demo.diary import COACHS_ZONE
from infra.local.demo.moments import last_time
from infra.local.demo.story import Story

COLLEAGUE, COLLEAGUES_EMAIL = "Elena Vidal", "elena@northlight.example"
JOINED = timedelta(days=9)
GROUP, IN_IT = "Calmer evenings", ("Ruth Adeyemi", "Noor Haddad", "Marcus Bell")


def join(database: Database, story: Story, owner_id: int, password: str, now: datetime) -> None:
    """Have it happen."""

    def act(moment: datetime) -> Sequence[int]:
        with database.session() as session:
            owner = session.get_one(Coach, owner_id)
            practice = session.get_one(Practice, owner.practice_id)
            elena = sign_in.add_coach(
                session, practice, COLLEAGUE, COLLEAGUES_EMAIL, "coach", password, COACHS_ZONE, moment
            )
            theirs = session.scalars(select(Client.id).where(Client.locale.startswith("es"))).all()
            group = groups.make(session, owner, GROUP, moment)
            members = session.scalars(select(Client.id).where(Client.name.in_(IN_IT))).all()
            groups.add(session, owner, group, members, moment)
            return handover.hand_over(session, owner, theirs, elena, moment, tell=True).message_ids

    story.at(last_time("10:00", COACHS_ZONE, now) - JOINED, act)
