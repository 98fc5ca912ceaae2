"""What coaches write down themselves: wins told elsewhere than by text, and notes."""

from typing import Any

from coach_portal.core.schemas import NoteOut, NoteSchema, WinOut, WinReadingSchema
from coach_portal.core.schemas.base import NothingMoreSchema
from coach_portal.core.services import listing
from coach_portal.core.services.listing import Page, Window
from coach_portal.core.services.people import notes
from coach_portal.core.services.progress import by_hand
from coach_portal.web.api.views import Work, creates, lists

WIN = "/clients/<int:client_id>/wins/<int:win_id>"


@creates("/clients/<int:client_id>/wins", WinOut, given=WinReadingSchema, tag="Records")
def log_win(work: Work, data: dict[str, Any], client_id: int) -> Any:
    """Log a win by hand

    For today or a day of the year before it. A win outside the goals needs a `title`.
    """
    client = work.client(client_id)
    win = by_hand.log(work.session, work.coach, client, data, work.now)
    return listing.win_row(work.session, client, win.id)


@creates(f"{WIN}/correction", WinOut, given=WinReadingSchema, tag="Records")
def correct_win(work: Work, data: dict[str, Any], client_id: int, win_id: int) -> Any:
    """Put a win right that was logged by hand

    One that came by text is put right where the text is read: `/messages/ID/reading`.
    """
    client = work.client(client_id)
    by_hand.change(work.session, work.coach, by_hand.win_of(work.session, client, win_id), data, work.now)
    return listing.win_row(work.session, client, win_id)


@creates(f"{WIN}/undone", WinOut, given=NothingMoreSchema, tag="Records")
def take_win_back(work: Work, _: dict[str, Any], client_id: int, win_id: int) -> Any:
    """Take back a win that was logged by hand"""
    client = work.client(client_id)
    by_hand.take_back(work.session, work.coach, by_hand.win_of(work.session, client, win_id), work.now)
    return listing.win_row(work.session, client, win_id)


@creates("/clients/<int:client_id>/notes", NoteOut, given=NoteSchema, tag="Notes")
def add_note(work: Work, data: dict[str, str], client_id: int) -> Any:
    """Write a note about a client

    It stays in the practice: nothing that the client is sent or shown has it.
    """
    client = work.client(client_id)
    note = notes.add(work.session, work.coach, client, data["body"], work.now)
    return listing.note_row(work.session, client, note.id)


@lists("/clients/<int:client_id>/notes", NoteOut, tag="Notes")
def list_notes(work: Work, window: Window, client_id: int) -> Page:
    """The practice's notes about a client, the newest first"""
    return listing.notes(work.session, work.client(client_id), window)


@creates("/clients/<int:client_id>/notes/<int:note_id>/removed", NoteOut, given=NothingMoreSchema, tag="Notes")
def remove_note(work: Work, _: dict[str, Any], client_id: int, note_id: int) -> Any:
    """Take a note away"""
    client = work.client(client_id)
    notes.remove(work.session, work.coach, notes.note_of(work.session, client, note_id), work.now)
    work.session.flush()
    return listing.note_row(work.session, client, note_id)
