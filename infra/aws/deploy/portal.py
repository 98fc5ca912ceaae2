"""The portal, by Zappa: deployed when it is not there, updated when it is."""

import json
from pathlib import Path

from botocore.exceptions import ClientError

from infra.aws.deploy.account import Account
from infra.aws.functions import ACCOUNTS
from infra.aws.packages import portal
from infra.aws.runtimes import LambdaRuntime


def function_name(account: Account) -> str:
    """What Zappa calls the portal's function."""
    return f"{account.site}-{portal.STAGE}"


def is_there(account: Account) -> bool:
    """Whether the portal's function exists."""
    try:
        account.client("lambda").get_function_configuration(FunctionName=function_name(account))
    except ClientError:
        return False
    return True


def address(account: Account) -> str:
    """Where the portal is reached, "" where it is not yet."""
    try:
        found = account.client("lambda").get_function_url_config(FunctionName=function_name(account))
    except ClientError:
        return ""
    return str(found["FunctionUrl"]).rstrip("/")


def deploy(account: Account, runtime: LambdaRuntime, out: Path, environment: dict[str, str]) -> str:
    """Zappa's deploy, or update; answers which. The settings with the secrets in them are gone afterwards."""
    home = portal.lay_out(runtime, out)
    policy = home.parent / "policy.json"
    word = "update" if is_there(account) else "deploy"
    settings = portal.settings(
        runtime,
        project_name=account.site,
        s3_bucket=account.artifacts,
        aws_region=account.region,
        aws_environment_variables=environment,
        attach_policy=str(policy),
    )
    policy.write_text(json.dumps(_policy(account, environment["FILES_BUCKET"])))
    file = home / "zappa_settings.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps({portal.STAGE: settings}))
    try:
        portal.zappa(home, word, portal.STAGE, environment=account.environment())
    finally:
        file.unlink()
    return word


def undeploy(account: Account, runtime: LambdaRuntime, out: Path) -> bool:
    """Take the portal down; answers whether it was there."""
    if not is_there(account):
        return False
    home = out / "undeploy" / "project"
    home.mkdir(parents=True, exist_ok=True)
    settings = portal.settings(
        runtime, project_name=account.site, s3_bucket=account.artifacts, aws_region=account.region
    )
    (home / "zappa_settings.json").write_text(json.dumps({portal.STAGE: settings}))
    (home.parent / "venv").mkdir(exist_ok=True)
    portal.zappa(home, "undeploy", portal.STAGE, "--yes", environment=account.environment())
    return True


def _policy(account: Account, bucket: str) -> dict[str, object]:
    """What the portal may do: its log, the messages' queue, the pictures. Zappa's own policy allows nearly all."""
    log = f"arn:aws:logs:{account.region}:{account.number}:log-group:/aws/lambda/{function_name(account)}:*"
    queue = f"arn:aws:sqs:{account.region}:{account.number}:{account.site}-messages"
    secrets = f"arn:aws:secretsmanager:{account.region}:{account.number}"
    return {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": log},
            {"Effect": "Allow", "Action": ["logs:CreateLogGroup"], "Resource": log},
            {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": queue},
            {
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                "Resource": f"arn:aws:s3:::{bucket}/*",
            },
            {
                "Effect": "Allow",
                "Action": [f"secretsmanager:{act}Secret" for act in ("Create", "Delete")]
                + [f"secretsmanager:{act}SecretValue" for act in ("Get", "Put")],
                "Resource": f"{secrets}:secret:{account.site}{ACCOUNTS}*",
            },
        ],
    }
