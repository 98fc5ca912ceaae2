"""A programme that Alice writes, and Ruth in it."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from coach_portal.core.models import Coach, Enrolment, tables
from coach_portal.core.schemas.programme import StepSchema
from coach_portal.core.services.programmes import enrolling, library
from tests.story import Story


@dataclass
class Course:
    """Alice's programme: its steps are written here, and clients started on it."""

    story: Story
    id: int
    steps: list[int] = field(default_factory=list)

    def doing(self, act: Any, *args: Any, **more: Any) -> Any:
        """Alice does something with it now; answers what came of it, if that is an id or plain."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            programme = library.programme_of(session, alice, self.id)
            found = act(session, alice, programme, *args, self.story.wired.clock.now(), **more)
            return getattr(found, "id", found)

    def step(self, **said: Any) -> int:
        """Add a step, as the page would."""
        step_id: int = self.doing(library.add_step, StepSchema().read(said))
        self.steps.append(step_id)
        return step_id

    def message(self, body: str, days: int = 0, starts: str = "after_enrolment", **more: Any) -> int:
        """Add a message, so many days after enrolment unless told otherwise."""
        return self.step(kind="message", body=body, days=days, starts=starts, **more)

    def goal(self, title: str, days: int = 0, starts: str = "after_enrolment", **more: Any) -> int:
        """Add a goal that begins without a word unless one is given."""
        return self.step(kind="goal", title=title, days=days, starts=starts, **more)

    def on_step(self, act: Any, step_id: int, *args: Any, **more: Any) -> Any:
        """Alice does something with one of its steps."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            programme, step = library.step_of(session, alice, self.id, step_id)
            return act(session, alice, programme, step, *args, self.story.wired.clock.now(), **more)

    def start(self, *clients: int, starts_on: Any = None) -> list[int]:
        """Start clients on it, Ruth unless others are named, and do what is due."""
        started = self.doing(enrolling.start, clients or [self.story.cast.ruth], starts_on)
        self.story.tick()
        ids: list[int] = started.enrolments
        return ids

    def enrolment(self, act: Any, enrolment_id: int) -> None:
        """Alice holds, takes up or ends it for one client."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            act(session, alice, session.get_one(Enrolment, enrolment_id), self.story.wired.clock.now())

    def texts(self) -> list[tuple[str, str, str | None]]:
        """Its texts so far: body, state and reason."""
        return [(row.body, row.state, row.reason) for row in self.story.rows(tables.message, kind="programme")]


@pytest.fixture
def course(story: Story) -> Course:
    """An empty programme of Alice's."""
    with story.wired.database.session() as session:
        alice = session.get_one(Coach, story.cast.alice)
        data = {"name": "Better mornings", "about": None, "locale": "en"}
        return Course(story, library.add(session, alice, data, story.wired.clock.now()).id)
