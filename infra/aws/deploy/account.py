"""The AWS account that we deploy into, as boto3 finds it, and the names of what is ours in it."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from coach_portal.core.errors import CoachPortalError

TROUBLE = (BotoCoreError, ClientError)


class CannotDeploy(CoachPortalError):
    """A step failed; the message says which, why, and what to do. Running the command again goes on from there."""

    code = "cannot_deploy"


@dataclass(frozen=True)
class Account:
    """One site in one account and region. `endpoint_url` is another AWS, such as moto's."""

    site: str
    region: str
    endpoint_url: str | None = None

    def client(self, service: str) -> Any:
        """boto3's client of a service."""
        return boto3.client(service, region_name=self.region, endpoint_url=self.endpoint_url)

    @cached_property
    def number(self) -> str:
        """The account's number. Raises CannotDeploy where there are no credentials."""
        try:
            return str(self.client("sts").get_caller_identity()["Account"])
        except TROUBLE as error:
            raise CannotDeploy(
                f"AWS does not let us in ({type(error).__name__}): check AWS_PROFILE or the keys."
            ) from None

    @property
    def artifacts(self) -> str:
        """The bucket of packages and releases."""
        return f"{self.site}-artifacts-{self.number}-{self.region}"

    @property
    def secret(self) -> str:
        """The secret's name."""
        return f"{self.site}/settings"

    def environment(self) -> dict[str, str]:
        """For tools that talk to AWS by themselves."""
        here = {"AWS_DEFAULT_REGION": self.region, "AWS_REGION": self.region}
        return here | ({"AWS_ENDPOINT_URL": self.endpoint_url} if self.endpoint_url else {})


def account_of(site: str, region: str | None, endpoint_url: str | None) -> Account:
    """The account; the region as told, or as the environment says."""
    found = (
        region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or boto3.Session().region_name
    )
    if not found:
        raise CannotDeploy("No region: give --region, such as us-east-1.")
    return Account(site, found, endpoint_url or None)
