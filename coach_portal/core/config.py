"""Settings: read once from the environment by whoever starts, passed to whoever needs them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coach_portal.core.errors import SettingMissing


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one installation and another. Each field is described in README's table."""

    database_url: str
    secret_key: str = field(repr=False)
    public_url: str
    webhook_url: str
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_api_url: str = ""
    message_queue_url: str = ""
    call_queue_url: str = ""
    calls_per_second: float = 1.0
    inbound_queue_url: str = ""
    site: str = ""
    data_dir: Path = Path(".data")
    trusted_proxy: str = ""
    files_bucket: str = ""
    secrets_prefix: str = ""
    email_url: str = field(default="", repr=False)
    email_from: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings. Raises SettingMissing, naming the first setting that is absent."""
        data_dir = Path(env.get("DATA_DIR") or ".data")
        public_url = _required(env, "PUBLIC_URL", "the address people open, such as https://portal.example.com")
        return cls(
            database_url=database_url(env),
            secret_key=_required(env, "SECRET_KEY", "at least 32 random characters"),
            public_url=public_url.rstrip("/"),
            webhook_url=(env.get("WEBHOOK_URL") or public_url).rstrip("/"),
            twilio_account_sid=_required(env, "TWILIO_ACCOUNT_SID", "the account's SID, which begins with AC"),
            twilio_auth_token=_required(env, "TWILIO_AUTH_TOKEN", "the account's primary auth token"),
            twilio_api_url=env.get("TWILIO_API_URL", "").rstrip("/"),
            message_queue_url=env.get("MESSAGE_QUEUE_URL", ""),
            call_queue_url=env.get("CALL_QUEUE_URL", ""),
            calls_per_second=_rate(env.get("CALLS_PER_SECOND", "1")),
            inbound_queue_url=env.get("INBOUND_QUEUE_URL", ""),
            site=env.get("SITE", ""),
            data_dir=data_dir,
            trusted_proxy=env.get("TRUSTED_PROXY", "").strip(),
            secrets_prefix=env.get("SECRETS_PREFIX", "").strip(),
            files_bucket=env.get("FILES_BUCKET", "").strip(),
            email_url=env.get("EMAIL_URL", "").strip(),
            email_from=env.get("EMAIL_FROM", "").strip(),
        )


def database_url(env: Mapping[str, str] = os.environ) -> str:
    """The database alone, for commands that need nothing else."""
    return env.get("DATABASE_URL") or f"sqlite:///{Path(env.get('DATA_DIR') or '.data') / 'coach_portal.db'}"


def _rate(written: str) -> float:
    try:
        rate = float(written or 1)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= 1000:
        raise SettingMissing("CALLS_PER_SECOND is not set rightly: it must hold a number above 0, such as 1.")
    return rate


def _required(env: Mapping[str, str], name: str, what: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingMissing(f"{name} is not set: it must hold {what}.")
    return value
