"""The steps of a deployment, in order. Each finds out by itself whether there is anything left for it to do.

The schema comes before the code that needs it, and is one that the code before it can live with; so a step that fails
leaves a working site, and running the command again goes on from there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from coach_portal.core.db import Database, make_engine
from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.gateways.twilio_numbers import TwilioNumbers
from coach_portal.core.gateways.twilio_texts import twilio_client
from coach_portal.core.models import SendingNumber
from coach_portal.migrations import steps
from infra.aws.deploy import artifacts, portal, secret, stacks
from infra.aws.deploy.account import Account, CannotDeploy
from infra.aws.functions import ACCOUNTS, QUEUES
from infra.aws.packages.build import Package, build_functions
from infra.aws.runtimes import LambdaRuntime
from infra.aws.stack import templates
from infra.aws.stack.words import logical

SMS_ANSWERS = "#rc=3&rp=all"
"""How often Twilio tries a webhook again, and after what; its default leaves a text that met a 5xx lost."""


@dataclass
class Deployment:
    """One run. `given` are settings from the environment, `public_url` and `webhook_url` addresses of one's own."""

    account: Account
    runtime: LambdaRuntime
    out: Path
    given: Mapping[str, str]
    say: Callable[[str], None]
    operator_email: str = ""
    public_url: str = ""
    webhook_url: str = ""
    packages: list[Package] = field(default_factory=list)
    version: str = ""

    @property
    def state_name(self) -> str:
        """The stack of what must survive."""
        return f"{self.account.site}-state"

    @property
    def work_name(self) -> str:
        """The stack of what does the work."""
        return f"{self.account.site}-work"

    def run(self, *, with_portal: bool = True) -> None:
        """All steps. Raises CannotDeploy, or what a step raised."""
        self.say(f"account {self.account.number}, {self.account.region}, site {self.account.site}")
        self._prepare()
        told = self._state()
        self._migrate()
        if with_portal:
            self._portal(told)
        self._work(self._keys(), told)
        self._numbers(told)
        known = artifacts.releases(self.account)
        made = artifacts.record(
            self.account, {"at": _now(), "packages": self._keys(), "runtime": self.runtime.name}, known
        )
        self.say(f"release {made['number']} is live")

    def plan(self) -> None:
        """Say what a run would change, and change nothing."""
        self._build()
        state, work = templates.state(), templates.work(self._keys(), runtime=self.runtime)
        lines = [
            *stacks.changes(self.account, self.state_name, state),
            *stacks.changes(self.account, self.work_name, work),
        ]
        known = secret.read(self.account)
        lines += [f"~ setting {name}" for name, value in self.given.items() if value and known.get(name) != value]
        if not portal.is_there(self.account):
            lines.append("+ the portal, by Zappa")
        for line in lines or ["nothing would change"]:
            self.say(line)

    def go_back(self) -> None:
        """The functions of the release before the last, on the schema as it is."""
        known = artifacts.releases(self.account)
        if len(known) < 2:
            raise CannotDeploy("There is no release before this one.")
        before = known[-2]
        self.version, _ = secret.keep(self.account, {})
        self._work(before["packages"], stacks.outputs(self.account, self.state_name))
        made = artifacts.record(self.account, {**before, "at": _now(), "again": before["number"]}, known)
        self.say(f"release {made['number']} is live: the functions of release {before['number']}")

    def _prepare(self) -> None:
        self._build()
        artifacts.make_bucket(self.account)
        for package in self.packages:
            new = artifacts.upload(self.account, package)
            self.say(f"package {package.name}: {'uploaded' if new else 'there already'}")
        self.version, is_new = secret.keep(self.account, self.given)
        self.say(f"secret: {'a new version' if is_new else 'unchanged'}")

    def _build(self) -> None:
        if not self.packages:
            self.say("building packages")
            self.packages = list(build_functions(self.runtime, self.out))

    def _keys(self) -> dict[str, str]:
        return {package.name: artifacts.key_of(package) for package in self.packages}

    def _state(self) -> dict[str, str]:
        parameters = {"Site": self.account.site, "OperatorEmail": self.operator_email}
        came = stacks.apply(self.account, self.state_name, templates.state(), parameters)
        self.say(f"stack {self.state_name}: {came}")
        return stacks.outputs(self.account, self.state_name)

    def _migrate(self) -> None:
        engine = make_engine(secret.read(self.account)["DATABASE_URL"])
        steps.upgrade(engine)
        engine.dispose()
        self.say("schema: the newest")

    def _portal(self, told: Mapping[str, str]) -> None:
        webhooks = self._webhooks(told)
        settings = {**secret.read(self.account), "EMAIL_FROM": self.given.get("EMAIL_FROM", "")}
        settings |= {queue.setting: told[f"{logical(queue.name, 'queue')}Url"] for queue in QUEUES}
        settings["FILES_BUCKET"] = told["PicturesBucket"]
        settings["SECRETS_PREFIX"] = self.account.site + ACCOUNTS
        settings |= {"WEBHOOK_URL": webhooks, "PUBLIC_URL": self.public_url or portal.address(self.account) or webhooks}
        word = portal.deploy(self.account, self.runtime, self.out, settings)
        self.say(f"portal: zappa {word}, at {self.public_url or portal.address(self.account)}")

    def _work(self, keys: Mapping[str, str], told: Mapping[str, str]) -> None:
        sender = self.given.get("EMAIL_FROM", "") or "nobody@example.invalid"
        own = {
            "Site": self.account.site,
            "Artifacts": self.account.artifacts,
            "SecretVersion": self.version,
            "PublicUrl": self.public_url or portal.address(self.account) or self._webhooks(told),
            "TwilioApiUrl": self.given.get("TWILIO_API_URL", ""),
            "EmailFrom": sender,
            "EmailIdentity": sender.rpartition("@")[2].rstrip(">"),
            "WebhookUrl": self._webhooks(told),
        }
        # moto makes no HTTP API and tells nothing of it; AWS itself tells all that is asked for.
        known = {"HttpApiId": "none", **told, **own}
        parameters = {name: known[name] for name in templates.work_parameters()}
        template = templates.work(keys, runtime=self.runtime)
        came = stacks.apply(self.account, self.work_name, template, parameters)
        self.say(f"stack {self.work_name}: {came}")

    def _webhooks(self, told: Mapping[str, str]) -> str:
        return self.webhook_url or told["WebhookUrl"]

    def _numbers(self, told: Mapping[str, str]) -> None:
        settings = secret.read(self.account)
        client = twilio_client(
            settings["TWILIO_ACCOUNT_SID"],
            settings["TWILIO_AUTH_TOKEN"],
            api_url=self.given.get("TWILIO_API_URL") or None,
        )
        numbers, address = TwilioNumbers(client), f"{self._webhooks(told)}/twilio/sms{SMS_ANSWERS}"
        for phone in _sending_numbers(settings["DATABASE_URL"]):
            try:
                pointed = numbers.point(phone, address)
            except (CarrierError, CarrierOutcomeUnknown) as error:
                raise CannotDeploy(f"Twilio would not point number …{phone[-4:]} here ({error.code}).") from None
            came = "not at Twilio" if not pointed.found else "pointed here" if pointed.changed else "points here"
            self.say(f"number …{phone[-4:]}: {came}")


def destroy(deployment: Deployment) -> None:
    """Take down all but what holds people's words: buckets, the secret and the database stay, and are named."""
    account, say = deployment.account, deployment.say
    if portal.undeploy(account, deployment.runtime, deployment.out):
        say("portal: gone")
    for name in (deployment.work_name, deployment.state_name):
        if stacks.destroy(account, name):
            say(f"stack {name}: gone")
    say(f"kept: bucket {account.artifacts}, the buckets of pictures and reports, secret {account.secret}, the database")


def _sending_numbers(database_url: str) -> list[str]:
    database = Database(database_url)
    with database.reading() as session:
        phones = list(session.scalars(select(SendingNumber.phone).order_by(SendingNumber.id)))
    database.dispose()
    return phones


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def status(account: Account) -> list[tuple[str, Any]]:
    """What is there, as pairs to print."""
    found = []
    for part in ("state", "work"):
        stack = stacks.find(account, f"{account.site}-{part}")
        found.append((f"stack {account.site}-{part}", stack["StackStatus"] if stack else "not there"))
    found.append(("portal", portal.address(account) or ("there" if portal.is_there(account) else "not there")))
    for release in artifacts.releases(account)[-3:]:
        found.append((f"release {release['number']}", release["at"]))
    return found
