"""Lists of messages: Twilio's filters and its paging."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from infra.local.carrier.book import Book, Filter
from infra.local.carrier.refusals import Refusal
from infra.local.carrier.texts import API_VERSION, Text, as_resource

_FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")
_DATE = len("2008-01-02")
_TOKEN = "PASM"  # noqa: S105  how Twilio's page tokens begin, no secret


def list_messages(book: Book, account_sid: str, query: Mapping[str, str]) -> dict[str, object]:
    """One page, newest first, as `ListMessage` in Twilio's OpenAPI. Goes forward only: no previous page is named.

    Raises Refusal (20001) for a parameter that cannot be read.
    """
    try:
        size = max(1, min(int(query.get("PageSize", 50)), 1000))
        page = int(query.get("Page", 0))
        wanted = _wanted(query)
    except ValueError:
        raise Refusal(20001) from None
    texts = book.page(wanted, size + 1)
    return _page(texts, size, page, f"/{API_VERSION}/Accounts/{account_sid}/Messages.json", query) | {
        "messages": [as_resource(text, account_sid) for text in texts[:size]]
    }


def _page(texts: list[Text], size: int, page: int, path: str, query: Mapping[str, str]) -> dict[str, object]:
    filters = {name: query[name] for name in _FILTERS if name in query} | {"PageSize": str(size)}
    rest = {"Page": str(page + 1), "PageToken": f"{_TOKEN}{texts[size - 1].id}"} if len(texts) > size else None
    start = page * size
    return {
        "end": start + min(len(texts), size) - 1 if texts else start,
        "first_page_uri": f"{path}?{urlencode(filters | {'Page': '0'})}",
        "next_page_uri": f"{path}?{urlencode(filters | rest)}" if rest else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": None,
        "start": start,
        "uri": f"{path}?{urlencode(filters | {'Page': str(page)})}",
    }


def _wanted(query: Mapping[str, str]) -> Filter:
    wanted = Filter(recipient=query.get("To"), sender=query.get("From"))
    if token := query.get("PageToken"):
        wanted = replace(wanted, below=int(token.removeprefix(_TOKEN)))
    if on := query.get("DateSent"):
        wanted = replace(wanted, since=_start(on[:_DATE]), until=_end(on[:_DATE]))
    if before := query.get("DateSent<"):
        wanted = replace(wanted, until=_end(before))
    if after := query.get("DateSent>"):
        wanted = replace(wanted, since=_start(after))
    return wanted


def _start(written: str) -> float:
    """A moment, or the first of a date; GMT unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = parsedate_to_datetime(written)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _end(written: str) -> float:
    """The same moment, or the last of the date."""
    return _start(written) + (timedelta(days=1, milliseconds=-1).total_seconds() if len(written) == _DATE else 0)
