"""`python -m tests.trials.by_the_book`: `docs/aws.md` followed word by word, in a clean checkout, on moto.

Every line of the page's commands is run as it stands there, with an account's own values in the place of the page's,
and with the options that the page gives for trying it out. Then the portal is opened as it was deployed.
"""

import argparse
import logging
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import boto3

from infra.aws.packages.build import find_python
from infra.aws.runtimes import RUNTIME
from infra.local.carrier import Carrier, CarrierSettings
from tests import databases
from tests.lambdas.aws import make_believe_aws
from tests.lambdas.runtime_api import Environment, runtime_client
from tests.lambdas.visitor import Visitor

HOUSE = Path(__file__).parents[2]
ACCOUNT, TOKEN, NUMBER = "AC" + "0" * 32, "a token for trials only", "+16175550100"
BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)
TRYING = re.compile(r"To try it on moto, .*?`(--endpoint-url .*?)`", re.DOTALL)
OURS = ("deploy", "update", "rollback", "status", "destroy")


def commands(page: str) -> list[str]:
    """The page's commands, a line each."""
    return [line for block in BLOCK.findall(page.partition("## Packages")[0]) for line in block.splitlines() if line]


def options(page: str, endpoint: str) -> str:
    """What the page says to add on moto."""
    (found,) = TRYING.findall(page)
    return " ".join(found.replace("http://127.0.0.1:PORT", endpoint).split())


def as_here(line: str, extra: str) -> str:
    """A line of the page, with what belongs to this account; `extra` is added where the page says so."""
    words = line.split()
    if words[0] == "coach-portal" and words[1] in (*OURS, "doctor"):
        endpoint, _, addresses = extra.partition(" --webhook-url ")
        takes_addresses = words[1] in {"deploy", "update"}
        return f"{line} {endpoint}" + (f" --webhook-url {addresses}" if takes_addresses else "")
    return line


class Book:
    """One reading of it."""

    def __init__(self, checkout: Path, own: dict[str, str], extra: str) -> None:
        self._checkout, self._extra, self._own = checkout, extra, own
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "VIRTUAL_ENV"))}
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
        self._environment = {**kept, **keys, "LAMBDA_PYTHON": str(find_python(RUNTIME))}

    def follow(self, lines: list[str]) -> Iterator[tuple[str, bool]]:
        """Each command, and whether it went well. One shell reads them all, as a person's would."""
        for number in range(len(lines)):
            script = [self._line(line) for line in lines[: number + 1] if line.startswith("export")]
            if not lines[number].startswith("export"):
                script.append(self._line(lines[number]))
                yield lines[number], self._run(script)

    def _line(self, line: str) -> str:
        if not line.startswith("export"):
            return as_here(line, self._extra)
        names = [word.partition("=")[0] for word in shlex.split(line)[1:]]
        own = [f"{name}={shlex.quote(self._own[name])}" for name in names if name in self._own]
        return f"export {' '.join(own)}" if own else line

    def _run(self, script: list[str]) -> bool:
        ran = subprocess.run(
            ["bash", "-euc", "\n".join(script)], cwd=self._checkout, env=self._environment, check=False,
            input="seven quiet mornings\nseven quiet mornings\n", text=True,
        )  # fmt: skip
        return ran.returncode == 0


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201


def opens(endpoint: str, folder: Path, out: Path) -> bool:
    """Whether the portal, as it was deployed, opens its door: its package and its settings as that AWS has them."""
    client = boto3.client("lambda", region_name="us-east-1", endpoint_url=endpoint)
    deployed = client.get_function(FunctionName="coach-portal-portal")
    configuration = deployed["Configuration"]
    bucket = boto3.client("s3", region_name="us-east-1", endpoint_url=endpoint)
    key, home = configuration["Description"], folder / "portal"
    name = next(each["Name"] for each in bucket.list_buckets()["Buckets"] if "artifacts" in each["Name"])
    home.mkdir()
    bucket.download_file(name, key, str(folder / "portal.zip"))
    subprocess.run(["unzip", "-q", str(folder / "portal.zip"), "-d", str(home)], check=True)
    settings = configuration["Environment"]["Variables"]
    client_folder = runtime_client(RUNTIME, out)
    environment = Environment(
        home, configuration["Handler"], settings, python=find_python(RUNTIME), client=client_folder
    )
    try:
        status, door = Visitor(environment).ask("/sign-in")
        return status == 200 and b"<form" in door
    finally:
        environment.close()


def trial(*, here: bool) -> bool:
    """Follow the page; answers whether every step went well and the portal opens."""
    page = (HOUSE / "docs" / "aws.md").read_text()
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
    os.environ |= keys
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    with (
        tempfile.TemporaryDirectory(prefix="by-the-book-") as name,
        make_believe_aws() as endpoint,
        databases.fresh("postgres", Path(name), None) as url,
        Carrier(CarrierSettings(ACCOUNT, TOKEN)) as carrier,
    ):
        checkout = HOUSE if here else Path(name) / "checkout"
        if not here:
            subprocess.run(["git", "clone", "--quiet", str(HOUSE), str(checkout)], check=True)
        own = {"DATABASE_URL": url, "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
        os.environ["TWILIO_API_URL"] = carrier.url
        book, went_well, opened = Book(checkout, own, options(page, endpoint)), True, False
        for line, well in book.follow(commands(page)):
            say(f"{'ok  ' if well else 'NOT '} {line}")
            went_well &= well
            if line.startswith("coach-portal status") and not opened:
                opened = opens(endpoint, Path(name), checkout / "build")
                say(f"{'ok  ' if opened else 'NOT '} the portal opens, from the zip that was deployed")
        pointed = carrier.numbers.sms_url(NUMBER)
        say(f"number {NUMBER}: {pointed}")
    return went_well and opened and "/twilio/sms" in pointed


def main() -> int:
    """Follow the page from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.trials.by_the_book", description=__doc__)
    parser.add_argument("--here", action="store_true", help="in this checkout as it is, instead of a clean one")
    asked, began = parser.parse_args(), time.monotonic()
    all_well = trial(here=asked.here)
    say(f"{'every step went well' if all_well else 'NOT WELL'}, in {time.monotonic() - began:.0f} s")
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
