"""Secrets, sealed in our database and in AWS as moto plays it: kept, replaced, forgotten, and read by nobody else."""

import pytest

from coach_portal.core.gateways import wiring
from coach_portal.core.gateways.sealed_secrets import SealedSecrets
from coach_portal.core.models import tables
from tests.cast import NOW
from tests.rows import row

KEY = "a secret key for tests only, long enough"


@pytest.fixture(params=["sealed in the database", "in AWS"])
def secrets(request, database):
    """A store of each kind."""
    prefix = ""
    if request.param == "in AWS":
        request.getfixturevalue("aws")
        prefix = "coach-portal/"
    return wiring.secret_store(prefix, database, KEY, lambda: NOW)


def test_a_secret_is_given_back_replaced_and_forgotten(secrets):
    assert secrets.get("twilio") is None
    secrets.put("twilio", "one")
    secrets.put("twilio", "two")
    assert secrets.get("twilio") == "two"
    secrets.forget("twilio")
    secrets.forget("twilio")


def test_each_name_has_its_own(secrets):
    secrets.put("one", "1")
    secrets.put("two", "2")
    assert (secrets.get("one"), secrets.get("two")) == ("1", "2")


def test_with_another_key_nothing_opens(database):
    SealedSecrets(database, KEY, lambda: NOW).put("twilio", "the token")
    assert SealedSecrets(database, KEY + "!", lambda: NOW).get("twilio") is None


def test_what_lies_in_the_database_does_not_show_it(database):
    SealedSecrets(database, KEY, lambda: NOW).put("twilio", "the token")
    assert "the token" not in row(database, tables.secret).sealed
