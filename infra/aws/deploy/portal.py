"""The portal, by Zappa: deployed when it is not there, updated when it differs, and back to a package it had."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.deploy.account import Account
from infra.aws.packages import portal
from infra.aws.runtimes import LambdaRuntime


def function_name(account: Account) -> str:
    """What Zappa calls the portal's function."""
    return f"{account.site}-{portal.STAGE}"


def as_it_is(account: Account) -> dict[str, Any] | None:
    """The portal's function as AWS describes it; None where there is none."""
    try:
        found = account.client("lambda").get_function_configuration(FunctionName=function_name(account))
    except ClientError:
        return None
    return dict(found)


def address(account: Account) -> str:
    """Where the portal is reached, "" where it is not yet."""
    try:
        found = account.client("lambda").get_function_url_config(FunctionName=function_name(account))
    except ClientError:
        return ""
    return str(found["FunctionUrl"]).rstrip("/")


def is_at(found: Mapping[str, Any] | None, key: str) -> bool:
    """Whether the portal runs from this package: Zappa writes its key down as the function's description."""
    return found is not None and found.get("Description") == key


def deploy(
    account: Account,
    runtime: LambdaRuntime,
    out: Path,
    key: str,
    environment: dict[str, str],
    more: Mapping[str, Any],
) -> str:
    """Bring the portal to the package at `key`; answers "deploy", "update" or "unchanged".

    `more` are Zappa's settings that the account decides, such as the role. The file with secrets is gone afterwards.
    """
    found = as_it_is(account)
    if found and is_at(found, key) and found.get("Environment", {}).get("Variables") == environment:
        return "unchanged"
    word = "update" if found else "deploy"
    settings = {**_settings(account, runtime), **more, "aws_environment_variables": environment}
    home = _home(out)
    file = home / "zappa_settings.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps({portal.STAGE: settings | {"lambda_description": key}}))
    try:
        zip_there = f"s3://{account.artifacts}/{key}"
        portal.zappa(home, word, portal.STAGE, "--zip", zip_there, environment=account.environment())
    finally:
        file.unlink()
    return word


def tell(account: Account, environment: dict[str, str]) -> None:
    """Give the portal these settings, once its own address is known."""
    client = account.client("lambda")
    client.get_waiter("function_updated_v2").wait(FunctionName=function_name(account))
    client.update_function_configuration(FunctionName=function_name(account), Environment={"Variables": environment})


def go_back(account: Account, key: str) -> None:
    """Run the portal from a package it had, which still lies in the bucket."""
    client, name = account.client("lambda"), function_name(account)
    client.update_function_code(FunctionName=name, S3Bucket=account.artifacts, S3Key=key)
    client.get_waiter("function_updated_v2").wait(FunctionName=name)
    client.update_function_configuration(FunctionName=name, Description=key)


def undeploy(account: Account, runtime: LambdaRuntime, out: Path) -> bool:
    """Take the portal down; answers whether it was there."""
    if as_it_is(account) is None:
        return False
    home = _home(out)
    (home / "zappa_settings.json").write_text(json.dumps({portal.STAGE: _settings(account, runtime)}))
    portal.zappa(home, "undeploy", portal.STAGE, "--yes", environment=account.environment())
    return True


def _settings(account: Account, runtime: LambdaRuntime) -> dict[str, Any]:
    return portal.settings(
        runtime,
        project_name=account.site,
        s3_bucket=account.artifacts,
        aws_region=account.region,
        manage_roles=False,
    )


def _home(out: Path) -> Path:
    home = out / "zappa" / "project"
    home.mkdir(parents=True, exist_ok=True)
    (home.parent / "venv").mkdir(exist_ok=True)
    return home.resolve()
