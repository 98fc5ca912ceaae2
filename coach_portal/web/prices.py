"""What one segment costs, for the line under a text. Twilio's list, without the carriers' own fees, read in 2026."""

from coach_portal.core.rules.sms_text import MAX_LENGTH, segments, to_gsm

PER_SEGMENT = {"US": 0.0083, "CA": 0.0083}


def weight(body: str, country: str) -> str:
    """A text's weight in words: "46 of 160 characters, $0.008"."""
    sent = to_gsm(body.replace("\r\n", "\n"))
    weighed = segments(sent)
    price = PER_SEGMENT.get(country)
    told = f"{weighed.length} of {weighed.length + weighed.left} characters"
    if weighed.count > 1:
        told = f"{weighed.count} segments, {weighed.left} characters left in the last"
    if weighed.encoding == "UCS-2":
        told += ", shortened by an emoji or a rare letter"
    if len(sent) >= MAX_LENGTH:
        told += f", at most {MAX_LENGTH:,} characters"
    return f"{told}, ${price * max(weighed.count, 1):.3f}" if price else told
