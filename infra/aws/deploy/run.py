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

from coach_portal.core.db import Database
from coach_portal.core.errors import CarrierError, CarrierOutcomeUnknown
from coach_portal.core.gateways.twilio_numbers import TwilioNumbers
from coach_portal.core.gateways.twilio_texts import twilio_client
from coach_portal.core.models import SendingNumber
from coach_portal.core.services.alerting import canary
from coach_portal.core.services.practice import nobodys
from coach_portal.migrations import steps
from infra.aws.deploy import artifacts, portal, secret, stacks
from infra.aws.deploy.account import Account, CannotDeploy
from infra.aws.functions import ACCOUNTS, QUEUES
from infra.aws.packages import inputs
from infra.aws.packages.build import Package, build_functions, built_functions
from infra.aws.packages.portal import STAGE, build_portal, built_portal
from infra.aws.runtimes import LambdaRuntime
from infra.aws.stack import templates
from infra.aws.stack.words import logical

MB = 1024 * 1024
NOBODY = "nobody@example.invalid"
"""From whom emails come while EMAIL_FROM says nothing; a mail server takes none from there."""
TRIED_AGAIN = "#rc=3&rp=all"
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
    email_from: str = ""
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
        self._recall()
        if not self.operator_email:
            raise CannotDeploy("Say who is told when something is wrong: --operator-email.")
        self._prepare(with_portal=with_portal)
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

    def plan(self, *, with_portal: bool = True) -> None:
        """Say what a run would change, and change nothing."""
        self._build(with_portal=with_portal)
        state, work = templates.state(), templates.work(self._keys(), runtime=self.runtime)
        lines = [
            *stacks.changes(self.account, self.state_name, state),
            *stacks.changes(self.account, self.work_name, work),
        ]
        known = secret.read(self.account)
        lines += [f"~ setting {name}" for name, value in self.given.items() if value and known.get(name) != value]
        if with_portal:
            lines += self._plan_portal()
        for line in lines or ["nothing would change"]:
            self.say(line)

    def _plan_portal(self) -> list[str]:
        found = portal.as_it_is(self.account)
        if found is None:
            return ["+ the portal, by Zappa"]
        return [] if portal.is_at(found, self._keys()[STAGE]) else ["~ the portal, by Zappa"]

    def go_back(self) -> None:
        """Functions and portal of the release before the last, on the schema as it is."""
        known = artifacts.releases(self.account)
        if len(known) < 2:
            raise CannotDeploy("There is no release before this one.")
        before = known[-2]
        self._recall()
        self.version, _ = secret.keep(self.account, {})
        self._work(before["packages"], stacks.outputs(self.account, self.state_name))
        if STAGE in before["packages"] and portal.as_it_is(self.account):
            portal.go_back(self.account, before["packages"][STAGE])
            self.say(f"portal: back to the package of release {before['number']}")
        made = artifacts.record(self.account, {**before, "at": _now(), "again": before["number"]}, known)
        self.say(f"release {made['number']} is live: the functions of release {before['number']}")

    def _recall(self) -> None:
        """What was said once need not be said again: who is told of alarms, and domains of one's own."""
        work = stacks.parameters(self.account, self.work_name)
        self.operator_email = self.operator_email or stacks.parameters(self.account, self.state_name).get(
            "OperatorEmail", ""
        )
        self.webhook_url = self.webhook_url or work.get("WebhookUrl", "")
        self.public_url = self.public_url or work.get("PublicUrl", "")
        self.email_from = self.given.get("EMAIL_FROM", "") or work.get("EmailFrom", "") or NOBODY

    def _prepare(self, *, with_portal: bool) -> None:
        self._build(with_portal=with_portal)
        artifacts.make_bucket(self.account)
        for package in self.packages:
            new = artifacts.upload(self.account, package)
            self.say(f"package {package.name}: {'uploaded' if new else 'there already'}")
        self.version, is_new = secret.keep(self.account, self.given)
        self.say(f"secret: {'a new version' if is_new else 'unchanged'}")

    def _build(self, *, with_portal: bool) -> None:
        if self.packages:
            return
        if not inputs.are_built(self.out, self.runtime):
            self.say("building packages: this takes a minute or two")
            (self.out / inputs.STAMP).unlink(missing_ok=True)
            for package in [*build_functions(self.runtime, self.out), build_portal(self.runtime, self.out)]:
                self.say(f"package {package.name}: {package.size / MB:.1f} MB")
            inputs.note(self.out, self.runtime)
        self.packages = [*built_functions(self.out), *([built_portal(self.out)] if with_portal else [])]

    def _keys(self) -> dict[str, str]:
        return {package.name: artifacts.key_of(package) for package in self.packages}

    def _state(self) -> dict[str, str]:
        parameters = {"Site": self.account.site, "OperatorEmail": self.operator_email}
        came = stacks.apply(self.account, self.state_name, templates.state(), parameters)
        self.say(f"stack {self.state_name}: {came}")
        return stacks.outputs(self.account, self.state_name)

    def _migrate(self) -> None:
        database = Database(secret.read(self.account)["DATABASE_URL"])
        steps.upgrade(database.engine)
        with database.session() as session:
            is_new = nobodys.open_practice(session, datetime.now(UTC))
        database.dispose()
        self.say(f"schema: the newest; the canary's practice: {'opened' if is_new else 'open'}")

    def _portal(self, told: Mapping[str, str]) -> None:
        settings, more = self._portal_settings(told), {"role_arn": told["PortalRoleArn"]}
        word = portal.deploy(self.account, self.runtime, self.out, self._keys()[STAGE], settings, more)
        # AWS gives the portal its address when it is made, and only then can it be told of it.
        if self._portal_settings(told) != settings:
            portal.tell(self.account, self._portal_settings(told))
        self.say(f"portal: zappa {word}, at {self.public_url or portal.address(self.account)}")

    def _portal_settings(self, told: Mapping[str, str]) -> dict[str, str]:
        webhooks = self._webhooks(told)
        settings = {**secret.read(self.account), "EMAIL_FROM": self.email_from}
        settings |= {queue.setting: told[f"{logical(queue.name, 'queue')}Url"] for queue in QUEUES}
        settings["FILES_BUCKET"] = told["PicturesBucket"]
        settings["SECRETS_PREFIX"] = self.account.site + ACCOUNTS
        public = self.public_url or portal.address(self.account) or webhooks
        return settings | {"WEBHOOK_URL": webhooks, "PUBLIC_URL": public}

    def _work(self, keys: Mapping[str, str], told: Mapping[str, str]) -> None:
        sender = self.email_from
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
        numbers, addresses = TwilioNumbers(client), _addresses(self._webhooks(told))
        for phone in _sending_numbers(settings["DATABASE_URL"]):
            try:
                pointed = numbers.point(phone, addresses)
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


def _addresses(webhooks: str) -> dict[str, str]:
    """Where a number's texts and calls go. When all tries are used up, the fallback is one more, by itself."""
    sms, call = f"{webhooks}/twilio/sms", f"{webhooks}/twilio/voice/call"
    return {
        "sms_url": sms + TRIED_AGAIN,
        "sms_fallback_url": sms,
        "voice_url": call + TRIED_AGAIN,
        "voice_fallback_url": call,
    }


def _sending_numbers(database_url: str) -> list[str]:
    database = Database(database_url)
    with database.reading() as session:
        phones = list(
            session.scalars(
                select(SendingNumber.phone).where(SendingNumber.phone != canary.NUMBER).order_by(SendingNumber.id)
            )
        )
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
    found.append(("portal", portal.address(account) or ("there" if portal.as_it_is(account) else "not there")))
    for release in artifacts.releases(account)[-3:]:
        found.append((f"release {release['number']}", release["at"]))
    return found
