"""`coach-portal deploy`, `update`, `rollback`, `status` and `destroy`: the product on AWS."""

import argparse
import os
from pathlib import Path
from typing import Any

from coach_portal.core.errors import Invalid

GIVEN = (
    "DATABASE_URL",
    "EMAIL_FROM",
    "EMAIL_URL",
    "SECRET_KEY",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_API_URL",
    "TWILIO_AUTH_TOKEN",
)
"""Settings that are taken from the environment, and kept in the site's secret."""
WHAT = {
    "deploy": "bring the site to AWS, or to this version; running it again goes on where it stopped",
    "update": "the same, for a site that is there",
    "rollback": "back to the functions of the release before",
    "status": "say what is there",
    "destroy": "take the site down, but for people's data",
}


def add_parser(commands: Any) -> None:
    """Describe the commands."""
    for name, about in WHAT.items():
        command = commands.add_parser(name, help=about)
        command.add_argument("--site", default="coach-portal", help="the name of all that is made (coach-portal)")
        command.add_argument("--region", help="default: AWS_REGION")
        command.add_argument(
            "--endpoint-url", default=os.environ.get("AWS_ENDPOINT_URL"), help="another AWS, to try on"
        )
        command.add_argument("--runtime", help="Lambda's Python, such as python3.13")
        command.add_argument("--out", type=Path, default=Path("build"), help="where packages are built (build)")
        if name in {"deploy", "update"}:
            _add_ways(command)
        if name == "destroy":
            command.add_argument("--yes", action="store_true", help="really")
        command.set_defaults(run=run, what=name)


def _add_ways(command: argparse.ArgumentParser) -> None:
    command.add_argument("--plan", action="store_true", help="say what would change, and change nothing")
    command.add_argument("--operator-email", default="", help="who is told of alarms")
    command.add_argument("--public-url", default="", help="the portal's own domain; default: the one AWS gives it")
    command.add_argument("--webhook-url", default="", help="the webhooks' own domain; default: the one AWS gives them")
    command.add_argument("--without-portal", action="store_true", help="functions only")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked; answers the exit code."""
    from infra.aws.deploy import run as steps
    from infra.aws.deploy import stacks
    from infra.aws.deploy.account import CannotDeploy, account_of
    from infra.aws.runtimes import RUNTIME, RUNTIMES

    if asked.runtime and asked.runtime not in RUNTIMES:
        raise Invalid({"runtime": f"choose one of {', '.join(RUNTIMES)}."})
    account = account_of(asked.site, asked.region, asked.endpoint_url)
    given = {name: os.environ.get(name, "") for name in GIVEN}
    deployment = steps.Deployment(account, RUNTIMES[asked.runtime or RUNTIME.name], asked.out, given, _say)
    if asked.what == "status":
        for what, how in steps.status(account):
            print(f"{what:32} {how}")
        return 0
    if asked.what == "destroy":
        if not asked.yes:
            raise Invalid({"yes": f"this takes {asked.site} down; say --yes if that is meant."})
        steps.destroy(deployment)
        return 0
    if asked.what == "rollback":
        deployment.go_back()
        return 0
    if asked.what == "update" and stacks.find(account, deployment.state_name) is None:
        raise CannotDeploy(f"{asked.site} is not there yet: use `coach-portal deploy`.")
    deployment.operator_email = asked.operator_email
    deployment.public_url, deployment.webhook_url = asked.public_url, asked.webhook_url
    with_portal = not asked.without_portal
    if asked.plan:
        deployment.plan(with_portal=with_portal)
    else:
        deployment.run(with_portal=with_portal)
    return 0


def _say(line: str) -> None:
    print(line, flush=True)
