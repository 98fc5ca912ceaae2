"""The make-believe carrier: speaks Twilio's REST API, so that the real SDK is used without an account.

It listens on this machine only and posts to this machine only. What Twilio does with a text it does too: segments,
refusals by code, status callbacks and inbound webhooks signed with the real algorithm, the STOP block. What Twilio has
no door for has one here, without a password:

    GET  /phones.json            every phone with its last texts and the numbers it blocked; answers 304 to an ETag
    GET  /phones/PHONE.json      one phone with all its texts
    POST /phones/PHONE/text      {"to": practice's number, "body": ...}: the phone texts the practice
    GET  /weather, POST /weather the faults to come, see `weather`
    GET  /clock, POST /clock     {"now": ISO moment} or {"ahead": seconds}: dates on texts run ahead of the machine's
    GET  /healthz                200

Run it with `python -m infra.local.carrier`, or in a test with `with Carrier(settings) as carrier: carrier.url`.
"""

from infra.local.carrier.carrier import Carrier
from infra.local.carrier.settings import CarrierSettings

__all__ = ["Carrier", "CarrierSettings"]
