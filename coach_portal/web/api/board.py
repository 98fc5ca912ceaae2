"""The progress board, and the examples it may begin with."""

from types import SimpleNamespace
from typing import Any

from coach_portal.core.rules.habit import library
from coach_portal.core.schemas.client import LOCALES
from coach_portal.core.schemas.goal import BoardOut, ExampleOut, IdeaOut, IdeaSchema
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.progress import board
from coach_portal.web.api.views import Work, creates, lists, shows


@shows("/clients/<int:client_id>/board", BoardOut, tag="Goals")
def show_board(work: Work, client_id: int) -> Any:
    """What a client may try, what is in effort, and what has become a win"""
    return board.read(work.session, work.client(client_id), work.now)


@creates("/clients/<int:client_id>/ideas", IdeaOut, given=IdeaSchema, tag="Goals")
def add_idea(work: Work, data: dict[str, Any], client_id: int) -> Any:
    """Put something to try on the board"""
    return board.add_idea(work.session, work.coach, work.client(client_id), data, work.now)


@lists("/examples", ExampleOut, tag="Goals")
def list_examples(work: Work, window: Window) -> Page:
    """Examples of tiny actions by area of life, all on one page"""
    found = [
        SimpleNamespace(**one._asdict(), locale=locale)
        for locale in LOCALES
        for some in library.examples(locale).values()
        for one in some
    ]
    return Page(found, None)  # type: ignore[arg-type]  # rows by any name
