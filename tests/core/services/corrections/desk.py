"""Where Alice looks at Ruth's texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach_portal.core.models import Coach, Message, tables
from coach_portal.core.services.replies import corrections
from tests.story import Story

TODAY, YESTERDAY = date(2026, 11, 18), date(2026, 11, 17)


@dataclass
class Desk:
    """Where Alice looks at Ruth's texts."""

    story: Story

    @property
    def last(self) -> int:
        """The id of Ruth's last text."""
        return max(row.id for row in self.story.rows(tables.message, direction="in"))

    def says(self, *wins: Any, misses: Sequence[int] = (), text: int | None = None) -> int | None:
        """Alice says what a text reports; answers the correction's id, None where it is what we had."""
        told = [win if isinstance(win, dict) else win_of(win) for win in wins]
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            which = text or self.last
            client, message = corrections.text_of(session, alice, self.story.cast.ruth, which, to_change=True)
            now = self.story.wired.clock.now()
            made = corrections.correct(session, alice, client, message, {"wins": told, "misses": list(misses)}, now)
            return made.id if made else None

    def undoes(self, correction_id: int) -> None:
        """Alice takes a correction back."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            client, message = corrections.text_of(session, alice, self.story.cast.ruth, self.last)
            corrections.undo(session, alice, client, message, correction_id, self.story.wired.clock.now())

    def confirms(self) -> None:
        """Alice reads the last text as we did."""
        with self.story.wired.database.session() as session:
            alice = session.get_one(Coach, self.story.cast.alice)
            corrections.confirm(session, alice, session.get_one(Message, self.last), self.story.wired.clock.now())

    @property
    def wins(self) -> list[tuple[int | None, float | None, date]]:
        """What stands as done: goal, amount, day."""
        rows = self.story.rows(tables.win, undone_at=None)
        return [(row.goal_id, row.amount, row.local_date) for row in rows]

    @property
    def misses(self) -> list[tuple[int, date]]:
        """What stands as not done: goal, day."""
        return [(row.goal_id, row.local_date) for row in self.story.rows(tables.miss, undone_at=None)]

    @property
    def message(self) -> Any:
        """Ruth's last text as it lies in the database."""
        return self.story.row(tables.message, id=self.last)

    def words_for(self, goal: int) -> list[str]:
        """Ruth's own words for a goal."""
        return self.story.row(tables.goal, id=goal).synonyms


def win_of(goal: int | None, amount: float | None = None, on: date = TODAY, **more: Any) -> dict[str, Any]:
    """One win, as services take it."""
    return {"goal_id": goal, "amount": amount, "on": on, **more}
