"""Does this text sell? What names a price, an offer or a purchase is promotional, even in part (R2).

Meant for words that a coach writes: better one text too many looked at than one that sells unseen.
"""

import re

_SELLS = re.compile(
    r"""
    [$€£]\s?\d | \d\s?(?:[$€£]|usd\b|eur\b|dollars\b|euros\b|dólares\b|d[oó]lares\b) | \d\s?%\s?(?:off|de\s+descuento)
    | \b(?:discount|special\s+offer|on\s+sale|promo(?:tion|\s+code)?|coupon|upgrade|packages?|free\s+trial)\b
    | \b(?:buy|purchase|sign\s+up|book\s+(?:your\s+next|now|a\s+package)|refer\s+a\s+friend)\b
    | \b(?:descuento|oferta|promoci[oó]n|cup[oó]n|paquetes?|compra|contrata|inscr[ií]bete|reserva\s+ya)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def selling_words(body: str) -> str | None:
    """The words that sell, the first of them; None where nothing does."""
    found = _SELLS.search(body)
    return " ".join(found[0].split()) if found else None
