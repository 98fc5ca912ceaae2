"""The secret that holds what no template, package or log may: one JSON document, a version for each change."""

import json
import secrets
from collections.abc import Mapping

from botocore.exceptions import ClientError

from infra.aws.deploy.account import Account, CannotDeploy
from infra.aws.stack.lambdas import SECRETS

MADE_BY_US = ("SECRET_KEY",)
DEFAULTS = {"EMAIL_URL": "ses:"}


def read(account: Account) -> dict[str, str]:
    """What the secret holds; nothing where there is none."""
    try:
        found = account.client("secretsmanager").get_secret_value(SecretId=account.secret)
    except ClientError:
        return {}
    return dict(json.loads(found["SecretString"]))


def keep(account: Account, given: Mapping[str, str]) -> tuple[str, bool]:
    """Bring the secret to these values; answers its version, and whether it is a new one.

    What is not given stays as it was. Raises CannotDeploy, naming what was never given.
    """
    kept = read(account)
    wanted = {**DEFAULTS, **kept, **{name: value for name, value in given.items() if value}}
    for name in MADE_BY_US:
        wanted.setdefault(name, secrets.token_hex(32))
    missing = [name for name in SECRETS if not wanted.get(name)]
    if missing:
        raise CannotDeploy(f"Set {', '.join(missing)} in the environment: {account.site} does not know it yet.")
    client = account.client("secretsmanager")
    wanted = {name: wanted[name] for name in SECRETS}
    if wanted == kept:
        return str(client.get_secret_value(SecretId=account.secret)["VersionId"]), False
    body = json.dumps(wanted)
    if kept:
        return str(client.put_secret_value(SecretId=account.secret, SecretString=body)["VersionId"]), True
    return str(client.create_secret(Name=account.secret, SecretString=body)["VersionId"]), True
