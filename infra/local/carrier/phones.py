"""The phones, as whoever holds them sees them."""

from itertools import groupby
from typing import Any

from infra.local.carrier.book import Book
from infra.local.carrier.texts import Text, as_seen

LAST = 50
"""How many texts of each phone the overview holds."""


def all_phones(book: Book) -> dict[str, Any]:
    """Every phone with its last texts, oldest first."""
    by_phone = groupby(book.last_of_each_phone(LAST), key=lambda text: text.phone)
    return {"phones": [_phone(book, phone, list(texts)) for phone, texts in by_phone]}


def one_phone(book: Book, phone: str) -> dict[str, Any]:
    """One phone with all its texts, oldest first; a phone nobody ever texted has none."""
    return _phone(book, phone, book.phone(phone))


def _phone(book: Book, phone: str, texts: list[Text]) -> dict[str, Any]:
    return {"phone": phone, "blocked": book.blocks(phone), "texts": [as_seen(text) for text in texts]}
