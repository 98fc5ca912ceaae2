"""Clients, goals and past wins from a file, as on the page: looked at first, then taken once."""

from typing import Any

from coach_portal.core.models import ImportDraft
from coach_portal.core.schemas.imports import ImportOut, ImportSchema, TakeSchema, read_rows
from coach_portal.core.services.records import imports
from coach_portal.web.api.views import Work, creates, shows


@creates("/imports", ImportOut, given=ImportSchema, tag="Imports")
def look_at_file(work: Work, data: dict[str, str]) -> ImportDraft:
    """Look at a CSV file

    Nothing of it is saved yet. `bad` names each row that cannot be taken, with its line and what to do about it.
    """
    rows = read_rows(data["kind"], data["csv"])
    return imports.preview(work.session, work.coach, data["kind"], data["csv"], rows.good, rows.bad, work.now)


@shows("/imports/<int:draft_id>", ImportOut, tag="Imports")
def show_import(work: Work, draft_id: int) -> ImportDraft:
    """What is in a file, or what came of it"""
    return imports.draft_of(work.session, work.coach, draft_id)


@creates("/imports/<int:draft_id>/take", ImportOut, given=TakeSchema, tag="Imports")
def take_file(work: Work, data: dict[str, Any], draft_id: int) -> ImportDraft:
    """Take the good rows of a file, all at once

    Asked twice it happens once. What a file says of consent is not believed: with `invite` each client is asked by
    text, without it nobody is asked yet.
    """
    draft = imports.draft_of(work.session, work.coach, draft_id)
    rows = read_rows(draft.kind, draft.content) if draft.content else None
    good, bad = (rows.good, rows.bad) if rows else ([], [])
    taken = imports.take(work.session, work.coach, draft, good, bad, work.now, invite=data["invite"])
    work.outbox.put(taken)
    return draft
