"""The links in emails, as whoever gets the email finds them."""

import re

from coach_portal.core.models import tables
from coach_portal.core.rules.links import Links
from tests.rows import rows


def links_in(database, settings, kind):
    """The path of the one-time link in each email of this kind, the oldest first."""
    links = Links(settings.public_url, settings.secret_key)
    written = [links.written_out(email.body) for email in rows(database, tables.email, kind=kind)]
    return [re.search(rf"{re.escape(settings.public_url)}(/\S+)", body)[1] for body in written]


def kinds_sent(database, to):
    """The kinds of the emails to an address."""
    return [email.kind for email in rows(database, tables.email, to_address=to)]
