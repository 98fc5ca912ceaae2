"""Our numbers at Twilio: where each one's texts are posted."""

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

    def point(self, phone: str, sms_url: str, *, only_look: bool = False) -> Pointed:
        """Have the texts to an E.164 number posted to `sms_url`. Raises CarrierError or CarrierOutcomeUnknown.

        `only_look` tells what would be changed and changes nothing.
        """
        try:
            found = self._numbers.list(phone_number=phone, limit=1)
            if not found:
                return Pointed(phone, found=False)
            (number,) = found
            is_new = (number.sms_url, number.sms_method) != (sms_url, "POST")
            if is_new and not only_look:
                number.update(sms_url=sms_url, sms_method="POST")
            return Pointed(phone, found=True, changed=is_new)
        except TROUBLE as error:
            raise sort_error(error) from error
