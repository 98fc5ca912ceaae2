"""`python -m infra.local.carrier`: the carrier in a process of its own, until SIGTERM or Ctrl-C."""

import argparse
import os
import signal
import threading
from collections.abc import Sequence

from coach_portal.core.logs import set_up_logs
from infra.local.carrier import Carrier, CarrierSettings


def main(argv: Sequence[str] | None = None) -> None:
    """Start, print the address as the first line, and serve."""
    asked = _parser().parse_args(argv)
    set_up_logs()
    settings = CarrierSettings(
        account_sid=asked.account_sid,
        auth_token=asked.auth_token,
        sms_url=asked.webhook_url,
        database=asked.database,
        confirm_keywords=asked.confirm_keywords,
        receipt_delay=asked.receipt_delay,
    )
    serve(settings, asked.port)


def serve(settings: CarrierSettings, port: int = 0) -> None:
    """Serve until SIGTERM or SIGINT."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with Carrier(settings, port=port) as carrier:
        print(carrier.url, flush=True)
        ended.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local.carrier", description=__doc__)
    env = os.environ.get
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes any that is free")
    parser.add_argument("--account-sid", default=env("TWILIO_ACCOUNT_SID", ""), help="default: TWILIO_ACCOUNT_SID")
    parser.add_argument("--auth-token", default=env("TWILIO_AUTH_TOKEN", ""), help="default: TWILIO_AUTH_TOKEN")
    parser.add_argument("--webhook-url", required=True, help="the practice's SMS webhook, .../twilio/sms")
    parser.add_argument("--database", default=":memory:", help="a file that outlives the carrier; default: none")
    parser.add_argument("--confirm-keywords", action="store_true", help="answer STOP and START as Twilio does")
    parser.add_argument("--receipt-delay", type=float, default=0.3, help="seconds a text stays queued, and sent")
    return parser


if __name__ == "__main__":
    main()
