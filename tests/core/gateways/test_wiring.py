"""What a webhook function must not load."""

import subprocess
import sys

LIGHT = """
import sys
import coach_portal.core.gateways.wiring
import coach_portal.core.gateways.twilio_signature
import coach_portal.core.gateways.twiml
import coach_portal.core.rules.carrier_codes
print(*sorted({"twilio.rest", "boto3", "requests"} & set(sys.modules)))
"""

WIRED = """
from coach_portal.core.gateways.wiring import message_queue, text_sender
sender, queue = text_sender("AC0", "token", webhook_url="https://x.example"), message_queue("q", None, None)
print(type(sender).__name__, type(queue).__name__)
"""


def printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_wiring_the_signature_and_twiml_load_neither_sdk_nor_boto3() -> None:
    assert printed(LIGHT) == ""


def test_what_is_asked_for_is_wired() -> None:
    assert printed(WIRED) == "TwilioTexts SqsQueue"
