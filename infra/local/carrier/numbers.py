"""Twilio's IncomingPhoneNumbers, as far as pointing a number somewhere goes. Every number is the account's."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus

FIELDS = {
    name: "".join(word.capitalize() for word in name.split("_"))
    for of in ("sms", "sms_fallback", "voice", "voice_fallback")
    for name in (f"{of}_url", f"{of}_method")
}
"""What can be said of a number: as Twilio answers it, and as it is asked for."""

Answer = tuple[int, dict[str, object]]


class Numbers:
    """The account's numbers, made when they are first asked for."""

    def __init__(self, account_sid: str) -> None:
        self._account = account_sid
        self._told: dict[str, dict[str, str]] = {}
        self._phones: dict[str, str] = {}

    def sms_url(self, phone: str) -> str:
        """Where the texts to this number are posted, "" where nobody said."""
        return self.told(phone).get("sms_url", "")

    def told(self, phone: str) -> dict[str, str]:
        """All that was said of where to post what comes to this number."""
        return self._told.get(phone, {})

    def list(self, query: Mapping[str, str]) -> Answer:
        """The one number asked for."""
        phone = query.get("PhoneNumber", "")
        found = [self._resource(phone)] if phone else []
        page = {"incoming_phone_numbers": found, "page": 0, "page_size": 50, "next_page_uri": None}
        return HTTPStatus.OK, dict(page)

    def update(self, sid: str, form: Mapping[str, str]) -> Answer:
        """Point one number somewhere. Raises KeyError for one that nobody asked for before."""
        phone = self._phones[sid]
        said = {name: form[asked] for name, asked in FIELDS.items() if asked in form}
        self._told[phone] = {**self.told(phone), **said}
        return HTTPStatus.OK, self._resource(phone)

    def _resource(self, phone: str) -> dict[str, object]:
        sid = "PN" + hashlib.sha256(phone.encode()).hexdigest()[:32]
        self._phones[sid] = phone
        return {
            "account_sid": self._account,
            "sid": sid,
            "phone_number": phone,
            **{name: "POST" if name.endswith("_method") else "" for name in FIELDS},
            **self.told(phone),
        }
