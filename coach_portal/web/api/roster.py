"""The roster, and what is done for many clients at once."""

from typing import Any

from marshmallow import ValidationError, fields, post_load

from coach_portal.core.schemas.roster import (
    ManyOut,
    PauseManySchema,
    RosterOut,
    TagManySchema,
    TextManySchema,
    WantedSchema,
)
from coach_portal.core.services.listing import Page
from coach_portal.core.services.pages import roster as rosters
from coach_portal.core.services.pages.roster import Wanted
from coach_portal.core.services.people import many
from coach_portal.web.api.paging import WindowSchema
from coach_portal.web.api.views import Work, creates, lists

_BAD_CURSOR = "Send what the page before gave as next, or leave it out for the first page."


class RosterWindowSchema(WantedSchema):
    """Which clients, and which page of them. Loads to a Wanted."""

    class Meta:
        """A program follows cursors instead."""

        exclude = ("page",)

    limit = WindowSchema().fields["limit"]
    cursor = fields.String(metadata={"description": "What the page before gave as `next`."})

    @post_load
    def make_wanted(self, data: dict[str, Any], **_: Any) -> Wanted:
        """As the service takes it."""
        written, size = data.pop("cursor", "1"), data.pop("limit")
        if not written.isdecimal() or len(written) > 6:
            raise ValidationError(_BAD_CURSOR, "cursor")
        return Wanted(**data, page=max(int(written), 1), size=size)


@lists("/roster", RosterOut, tag="Clients", asked=RosterWindowSchema)
def show_roster(work: Work, wanted: Wanted) -> Page:
    """How your clients stand, each with their last 14 days

    Who needs you comes first, unless asked otherwise. What happens meanwhile may move someone from one page to another.
    """
    page = rosters.read(work.session, work.coach, work.now, wanted)
    is_last = wanted.page >= page.pages
    return Page(page.lines if wanted.page <= page.pages else [], None if is_last else str(page.page + 1))


@creates("/texts", ManyOut, given=TextManySchema, tag="Messages")
def text_many(work: Work, data: dict[str, Any]) -> Any:
    """Write the same to many clients

    `{client}` becomes each one's first name. Whether someone may be written to is decided for each; outside their hours
    the text waits.
    """
    return many.text_many(work.session, work.coach, data["clients"], data["body"], work.now)


@creates("/pauses", ManyOut, given=PauseManySchema, tag="Clients")
def pause_many(work: Work, data: dict[str, Any]) -> Any:
    """Hold the check-ins of many clients

    Whoever is on a pause keeps it.
    """
    return many.pause_many(work.session, work.coach, data["clients"], data["until"], work.now)


@creates("/tags", ManyOut, given=TagManySchema, tag="Clients")
def tag_many(work: Work, data: dict[str, Any]) -> Any:
    """Give many clients a tag, or take it off

    Answers those for whom it changed something.
    """
    act = many.untag_many if data["off"] else many.tag_many
    return act(work.session, work.coach, data["clients"], data["tag"], work.now)
