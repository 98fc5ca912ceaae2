"""The bucket of packages and releases: a release is what to point the functions at, and can be gone back to."""

import json
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.deploy.account import Account
from infra.aws.packages.build import Package

RELEASES = "releases/"


def make_bucket(account: Account) -> bool:
    """Make the bucket; answers whether it was not there yet."""
    s3 = account.client("s3")
    try:
        s3.head_bucket(Bucket=account.artifacts)
        return False
    except ClientError:
        where = {} if account.region == "us-east-1" else {"LocationConstraint": account.region}
        s3.create_bucket(Bucket=account.artifacts, **({"CreateBucketConfiguration": where} if where else {}))
    closed = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    s3.put_public_access_block(Bucket=account.artifacts, PublicAccessBlockConfiguration=closed)
    return True


def key_of(package: Package) -> str:
    """Where a package lies: by its name and its bytes."""
    return f"packages/{package.name}-{package.digest[:16]}.zip"


def upload(account: Account, package: Package) -> bool:
    """Put a package there unless it lies there; answers whether it was new."""
    s3, key = account.client("s3"), key_of(package)
    try:
        s3.head_object(Bucket=account.artifacts, Key=key)
        return False
    except ClientError:
        s3.put_object(Bucket=account.artifacts, Key=key, Body=package.file.read_bytes())
        return True


def releases(account: Account) -> list[dict[str, Any]]:
    """Every release, the newest last."""
    s3 = account.client("s3")
    try:
        listed = s3.list_objects_v2(Bucket=account.artifacts, Prefix=RELEASES).get("Contents", [])
    except ClientError:
        return []
    keys = sorted(each["Key"] for each in listed)
    return [json.loads(s3.get_object(Bucket=account.artifacts, Key=key)["Body"].read()) for key in keys]


def record(account: Account, release: dict[str, Any], known: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Write a release down under the next number; answers it."""
    numbered = {**release, "number": len(known) + 1}
    body = json.dumps(numbered, indent=1).encode()
    key = f"{RELEASES}{numbered['number']:06}.json"
    account.client("s3").put_object(Bucket=account.artifacts, Key=key, Body=body)
    return numbered
