"""Secrets in AWS Secrets Manager."""

from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config

_CONFIG = Config(connect_timeout=2, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 2})


class AwsSecrets:
    """Fills `ports.SecretStore`; a secret's name there is `prefix` and its own. Region and credentials are boto3's."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    @cached_property
    def _manager(self) -> Any:
        return boto3.client("secretsmanager", config=_CONFIG)

    def get(self, name: str) -> str | None:
        """The secret, or None where there is none."""
        try:
            return str(self._manager.get_secret_value(SecretId=self._prefix + name)["SecretString"])
        except self._manager.exceptions.ResourceNotFoundException:
            return None

    def put(self, name: str, value: str) -> None:
        """Keep a secret, in place of the one of that name."""
        try:
            self._manager.put_secret_value(SecretId=self._prefix + name, SecretString=value)
        except self._manager.exceptions.ResourceNotFoundException:
            self._manager.create_secret(Name=self._prefix + name, SecretString=value)

    def forget(self, name: str) -> None:
        """Keep it no longer: gone at once, since one that is only marked could not be kept anew."""
        try:
            self._manager.delete_secret(SecretId=self._prefix + name, ForceDeleteWithoutRecovery=True)
        except self._manager.exceptions.ResourceNotFoundException:
            return
