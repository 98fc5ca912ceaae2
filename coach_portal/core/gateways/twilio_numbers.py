"""Our numbers at Twilio: where each one's texts and calls are posted."""

from collections.abc import Mapping
from dataclasses import dataclass

from twilio.rest import Client

from coach_portal.core.gateways.twilio_errors import TROUBLE, sort_error


@dataclass(frozen=True, slots=True)
class Pointed:
    """What came of pointing a number somewhere: `found` is False where the account has no such number."""

    phone: str
    found: bool
    changed: bool = False


class TwilioNumbers:
    """One account's numbers."""

    def __init__(self, client: Client) -> None:
        self._numbers = client.incoming_phone_numbers

    def point(self, phone: str, addresses: Mapping[str, str], *, only_look: bool = False) -> Pointed:
        """Have what comes to an E.164 number posted to these addresses, by Twilio's names for them, such as "sms_url".

        `only_look` tells what would be changed and changes nothing. Raises CarrierError or CarrierOutcomeUnknown.
        """
        wanted = {**addresses, **{name.replace("_url", "_method"): "POST" for name in addresses}}
        try:
            found = self._numbers.list(phone_number=phone, limit=1)
            if not found:
                return Pointed(phone, found=False)
            (number,) = found
            is_new = any(getattr(number, name) != value for name, value in wanted.items())
            if is_new and not only_look:
                number.update(**wanted)
            return Pointed(phone, found=True, changed=is_new)
        except TROUBLE as error:
            raise sort_error(error) from error
