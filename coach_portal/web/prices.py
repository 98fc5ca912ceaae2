"""A text's weight and price, for the line under it."""

from coach_portal.core.rules import rates
from coach_portal.core.rules.sms_text import MAX_LENGTH, segments, to_gsm


def weight(body: str, country: str) -> str:
    """A text's weight in words: "46 of 160 characters, $0.012"."""
    sent = to_gsm(body.replace("\r\n", "\n"))
    weighed = segments(sent)
    told = f"{weighed.length} of {weighed.length + weighed.left} characters"
    if weighed.count > 1:
        told = f"{weighed.count} segments, {weighed.left} characters left in the last"
    if weighed.encoding == "UCS-2":
        told += ", shortened by an emoji or a rare letter"
    if len(sent) >= MAX_LENGTH:
        told += f", at most {MAX_LENGTH:,} characters"
    return f"{told}, {rates.in_words(rates.estimate(country, max(weighed.count, 1)))}"
