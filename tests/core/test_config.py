"""Settings come from the environment; what is missing is named in one line."""

from pathlib import Path

import pytest

from coach_portal.core.config import Settings, database_url
from coach_portal.core.errors import SettingMissing

COMPLETE = {
    "DATABASE_URL": "postgresql://db.example.com/coach_portal",
    "SECRET_KEY": "a secret key for tests only, long enough",
    "PUBLIC_URL": "https://portal.example.com/",
    "WEBHOOK_URL": "https://hooks.example.com/",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "an auth token for tests only",
    "TWILIO_API_URL": "http://127.0.0.1:9/",
    "MESSAGE_QUEUE_URL": "https://sqs.example.com/1/messages",
    "DATA_DIR": "/srv/coach",
}
REQUIRED = ["SECRET_KEY", "PUBLIC_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]


def without(*names):
    """The environment without these."""
    return {name: value for name, value in COMPLETE.items() if name not in names}


def test_everything_is_read():
    settings = Settings.from_env(COMPLETE)
    assert settings.database_url == COMPLETE["DATABASE_URL"]
    assert settings.message_queue_url == COMPLETE["MESSAGE_QUEUE_URL"]
    assert settings.data_dir == Path("/srv/coach")


def test_addresses_lose_their_last_slash():
    settings = Settings.from_env(COMPLETE)
    addresses = (settings.public_url, settings.webhook_url, settings.twilio_api_url)
    assert addresses == ("https://portal.example.com", "https://hooks.example.com", "http://127.0.0.1:9")


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_missing_setting_is_named_in_one_line(name, value):
    env = without(name) if value is None else {**COMPLETE, name: value}
    with pytest.raises(SettingMissing) as caught:
        Settings.from_env(env)
    assert str(caught.value).startswith(f"{name} is not set")
    assert "\n" not in str(caught.value)


def test_the_rest_have_defaults():
    settings = Settings.from_env({name: COMPLETE[name] for name in REQUIRED})
    assert settings.webhook_url == settings.public_url
    assert settings.database_url == "sqlite:///.data/coach_portal.db"
    assert (settings.twilio_api_url, settings.message_queue_url) == ("", "")


def test_the_database_lies_in_the_data_folder():
    assert database_url({"DATA_DIR": "/srv/coach"}) == "sqlite:////srv/coach/coach_portal.db"


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(Settings.from_env(COMPLETE))
    assert COMPLETE["SECRET_KEY"] not in shown
    assert COMPLETE["TWILIO_AUTH_TOKEN"] not in shown


def test_settings_do_not_change():
    with pytest.raises(AttributeError):
        Settings.from_env(COMPLETE).public_url = "https://elsewhere.example.com"
