"""The make-believe carrier as a process of its own: started, found again after a crash, and stopped."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import urllib3

from coach_portal.core.errors import CoachPortalError
from infra.local.demo.keys import Keys, write_private

NOTE, BOOK, LOG = "carrier.json", "carrier.db", "carrier.log"
STOPS_WITHIN = 10.0
RECEIPT_DELAY = 0.05
"""Seconds a text stays queued, and sent: short, since a moved clock waits for all texts of one moment."""


class CarrierDidNotStart(CoachPortalError):
    """The carrier's process ended at once, or kept silent."""

    code = "carrier_did_not_start"


@dataclass(frozen=True, slots=True)
class CarrierProcess:
    """A running carrier: its process, its address, and where it posts clients' texts."""

    pid: int
    port: int
    webhook_url: str

    @property
    def url(self) -> str:
        """The base of its REST API."""
        return f"http://127.0.0.1:{self.port}"


def find_or_start(data_dir: Path, keys: Keys, webhook_url: str) -> CarrierProcess:
    """The carrier of this directory: the one a killed server left behind if it still answers, else a new one."""
    left = _read_note(data_dir)
    if left and _is_ours(left, keys):
        if left.webhook_url == webhook_url:
            return left
        stop(left, keys)
    found = _start(data_dir, keys, webhook_url, left.port if left else 0)
    write_private(data_dir / NOTE, json.dumps(asdict(found)))
    return found


def stop(carrier: CarrierProcess, keys: Keys) -> None:
    """End it, and wait until it is gone. If it has died by itself, its number may be another process's: let that be."""
    if not _is_ours(carrier, keys):
        return
    os.kill(carrier.pid, signal.SIGTERM)
    until = time.monotonic() + STOPS_WITHIN
    while _lives(carrier.pid) and time.monotonic() < until:
        time.sleep(0.02)


def _read_note(data_dir: Path) -> CarrierProcess | None:
    try:
        return CarrierProcess(**json.loads((data_dir / NOTE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _is_ours(left: CarrierProcess, keys: Keys) -> bool:
    """Whether what answers there takes our credentials: the port, and the process, may long be someone else's."""
    url = f"{left.url}/2010-04-01/Accounts/{keys.account_sid}/Messages.json?PageSize=1"
    headers = urllib3.make_headers(basic_auth=f"{keys.account_sid}:{keys.auth_token}")
    try:
        return urllib3.request("GET", url, headers=headers, timeout=2, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def _start(data_dir: Path, keys: Keys, webhook_url: str, port: int) -> CarrierProcess:
    for wanted in (port, 0) if port else (0,):
        process = _spawn(data_dir, keys, webhook_url, wanted)
        address = _address(process)
        if address:
            return CarrierProcess(process.pid, int(address.rpartition(":")[2]), webhook_url)
        process.wait()
    raise CarrierDidNotStart(f"The make-believe carrier did not start; {data_dir / LOG} says why.")


def _address(process: "subprocess.Popen[str]") -> str:
    """What it prints first; "" when it ends instead. Whoever is interrupted here leaves no process behind."""
    try:
        return process.stdout.readline().strip() if process.stdout else ""
    except BaseException:
        process.kill()
        raise


def _spawn(data_dir: Path, keys: Keys, webhook_url: str, port: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "infra.local.carrier", "--port", str(port), "--webhook-url", webhook_url]
    command += ["--database", str(data_dir / BOOK), "--confirm-keywords"]
    command += ["--receipt-delay", str(RECEIPT_DELAY)]
    env = os.environ | {"TWILIO_ACCOUNT_SID": keys.account_sid, "TWILIO_AUTH_TOKEN": keys.auth_token}
    with (data_dir / LOG).open("a") as log:
        # A session of its own: Ctrl-C ends the server first, which then ends the carrier.
        return subprocess.Popen(  # noqa: S603  our own module
            command, env=env, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
        )


def _lives(pid: int) -> bool:
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass  # an earlier server's child: nobody here to bury it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
