"""The phones, as whoever holds them sees them."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from infra.local.carrier.book import Book
from infra.local.carrier.texts import Text, as_seen

LAST = 50
"""How many texts of each phone the overview holds."""


def all_phones(book: Book, calls: dict[str, list[dict[str, object]]]) -> dict[str, Any]:
    """Every phone with its last texts and calls, oldest first."""
    blocks = book.all_blocks()
    by_phone = groupby(book.last_of_each_phone(LAST), key=lambda text: text.phone)
    phones = [_phone(phone, blocks.get(phone, []), texts, calls.get(phone, [])) for phone, texts in by_phone]
    texted = {phone["phone"] for phone in phones}
    called = [_phone(phone, [], [], theirs) for phone, theirs in calls.items() if phone not in texted]
    return {"phones": [*phones, *called]}


def one_phone(book: Book, phone: str) -> dict[str, Any]:
    """One phone with all its texts, oldest first; a phone nobody ever texted has none."""
    return _phone(phone, book.blocks(phone), book.phone(phone), [])


def _phone(phone: str, blocks: list[str], texts: Iterable[Text], calls: list[dict[str, object]]) -> dict[str, Any]:
    return {"phone": phone, "blocked": blocks, "texts": [as_seen(text) for text in texts], "calls": calls}
