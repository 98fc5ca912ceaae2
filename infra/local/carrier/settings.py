"""What a carrier has to know before it starts."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CarrierSettings:
    """The one account it serves, and where that account wants its texts.

    `sms_url` is the whole address of the practice's SMS webhook, `voice_url` of the one for calls: beside it, unless
    told. `database` is a file, so that everything outlives the
    carrier's own restart. `confirm_keywords` makes it answer STOP and START itself, as Twilio does unless told not to.
    `receipt_delay` is how many seconds a text stays queued, and how many it stays sent.
    """

    account_sid: str
    auth_token: str = field(repr=False)
    sms_url: str = ""
    voice_url: str = ""
    database: str = ":memory:"
    confirm_keywords: bool = False
    receipt_delay: float = 0.0
