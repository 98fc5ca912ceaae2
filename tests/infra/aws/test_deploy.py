"""Deploying to a make-believe AWS: all of it, again, planned, back, and taken down."""

import contextlib
import warnings
import zipfile
from pathlib import Path

import boto3
import pytest
from sqlalchemy import update

from coach_portal.core.db import Database
from coach_portal.core.models import SendingNumber
from infra.aws.deploy import artifacts, run, secret, stacks
from infra.aws.deploy.account import Account, CannotDeploy
from infra.aws.functions import FUNCTIONS
from infra.aws.packages.build import Package
from infra.aws.runtimes import RUNTIME
from infra.local.carrier import Carrier, CarrierSettings
from tests import databases
from tests.cast import ALICES_NUMBER, hire

ACCOUNT, TOKEN = "AC" + "0" * 32, "a token for tests only"

pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse")


@pytest.fixture
def carrier():
    """The make-believe carrier."""
    with Carrier(CarrierSettings(ACCOUNT, TOKEN)) as running:
        yield running


@pytest.fixture
def site(aws, tmp_path, carrier):
    """A site that is yet to be deployed; `said` is what its steps told."""
    with databases.fresh("sqlite", tmp_path, hire) as url:
        given = {
            "DATABASE_URL": url,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": carrier.url,
            "EMAIL_FROM": "Coach Portal <portal@example.com>",
        }
        made = run.Deployment(
            Account("trial", "us-east-1", aws), RUNTIME, tmp_path, given, said.append,
            operator_email="ops@example.com", public_url="https://portal.example.com",
            webhook_url="https://hooks.example.com", packages=packages(tmp_path, b"one"),
        )  # fmt: skip
        said.clear()
        yield made


said: list[str] = []


def packages(folder: Path, body: bytes) -> list[Package]:
    """A package for each function, with nothing in it that would run."""
    made = []
    for function in FUNCTIONS:
        file = folder / f"{function.name}.zip"
        file.write_bytes(body)
        made.append(Package(function.name, file, body.hex() * 8, 3, 3))
    return made


def portal_package(folder: Path, word: str) -> Package:
    """A package for the portal that holds one word."""
    file = folder / f"portal-{word}.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word.txt", word)
    return Package("portal", file, word * 8, 3, 3)


def portal_function() -> dict:
    """The portal's function, as AWS describes it."""
    return boto3.client("lambda").get_function_configuration(FunctionName="trial-portal")


def settings_of(name: str) -> dict[str, str]:
    """A function's environment."""
    found = boto3.client("lambda").get_function_configuration(FunctionName=name)
    return found["Environment"]["Variables"]


def deployed(site) -> dict[str, str]:
    """Where each function's package lies, as AWS has it."""
    stack = boto3.client("cloudformation").get_template(StackName="trial-work")["TemplateBody"]
    found = stack["Resources"]
    return {name: each["Properties"]["Code"]["S3Key"] for name, each in found.items() if "Code" in each["Properties"]}


def test_a_site_is_deployed_and_its_numbers_point_to_it(site, carrier):
    site.run(with_portal=False)
    names = {each["FunctionName"] for each in boto3.client("lambda").list_functions()["Functions"]}
    assert names == {f"trial-{function.in_hyphens}" for function in FUNCTIONS}
    assert {name: to for name, to in carrier.numbers.told(ALICES_NUMBER).items() if name.endswith("_url")} == {
        "sms_url": "https://hooks.example.com/twilio/sms#rc=3&rp=all",
        "sms_fallback_url": "https://hooks.example.com/twilio/sms",
        "voice_url": "https://hooks.example.com/twilio/voice/call#rc=3&rp=all",
        "voice_fallback_url": "https://hooks.example.com/twilio/voice/call",
    }
    assert said[-1] == "release 1 is live"


def test_deploying_again_changes_nothing_but_the_release(site):
    site.run(with_portal=False)
    said.clear()
    site.run(with_portal=False)
    assert "package receive_sms: there already" in said
    assert "secret: unchanged" in said
    assert "number …0100: points here" in said


def test_no_secret_is_told_or_lies_in_a_template(site):
    site.run(with_portal=False)
    stacks = boto3.client("cloudformation")
    templates = [str(stacks.get_template(StackName=f"trial-{part}")["TemplateBody"]) for part in ("state", "work")]
    for kept in (TOKEN, secret.read(site.account)["SECRET_KEY"]):
        assert kept not in "".join([*said, *templates])


def test_the_plan_says_what_would_change_and_changes_nothing(site):
    site.plan()
    assert "+ ReceiveSms (AWS::Lambda::Function)" in said
    assert boto3.client("lambda").list_functions()["Functions"] == []


def test_the_plan_of_another_version_names_what_differs(site, tmp_path):
    site.run(with_portal=False)
    said.clear()
    site.packages = packages(tmp_path, b"two")
    site.plan()
    assert "~ ReceiveSms (AWS::Lambda::Function)" in said
    assert not any("Role" in line for line in said)


def test_what_is_missing_is_named_and_the_next_run_goes_on(site):
    token = site.given.pop("TWILIO_AUTH_TOKEN")
    with pytest.raises(CannotDeploy, match="TWILIO_AUTH_TOKEN"):
        site.run(with_portal=False)
    site.given["TWILIO_AUTH_TOKEN"] = token
    site.run(with_portal=False)
    assert said[-1] == "release 1 is live"


def test_a_number_that_twilio_does_not_know_stops_nobody(site):
    database = Database(site.given["DATABASE_URL"])
    with database.session() as session:
        session.execute(update(SendingNumber).where(SendingNumber.phone == ALICES_NUMBER).values(phone=""))
    database.dispose()
    site.run(with_portal=False)
    assert "number …: not at Twilio" in said


def test_going_back_takes_the_functions_of_the_release_before(site, tmp_path):
    site.run(with_portal=False)
    before = deployed(site)
    site.packages = packages(tmp_path, b"two")
    site.run(with_portal=False)
    assert deployed(site) != before
    site.go_back()
    assert deployed(site) == before
    assert [release["number"] for release in artifacts.releases(site.account)] == [1, 2, 3]


def test_interrupted_after_any_step_it_goes_on_from_there(site):
    def one_word_less(line: str) -> None:
        said.append(line)
        if len(said) > patience:
            raise KeyboardInterrupt

    for patience in range(3, 40, 12):  # noqa: B007
        said.clear()
        site.say = one_word_less
        with contextlib.suppress(KeyboardInterrupt):
            site.run(with_portal=False)
    site.say = said.append
    site.run(with_portal=False)
    assert "secret: unchanged" in said
    assert "is live" in said[-1]


def test_what_was_said_once_need_not_be_said_again(site, carrier):
    site.run(with_portal=False)
    site.operator_email = site.public_url = site.webhook_url = ""
    site.run(with_portal=False)
    assert carrier.numbers.sms_url(ALICES_NUMBER) == "https://hooks.example.com/twilio/sms#rc=3&rp=all"
    assert settings_of("trial-receive-sms")["PUBLIC_URL"] == "https://portal.example.com"


def test_nothing_is_deployed_while_nobody_would_hear_its_alarms(site):
    site.operator_email = ""
    with pytest.raises(CannotDeploy, match="--operator-email"):
        site.run(with_portal=False)


def test_zappa_deploys_the_portal_which_is_told_its_address_and_goes_back_with_the_functions(site, tmp_path):
    site.public_url = ""
    site.packages = [*packages(tmp_path, b"one"), portal_package(tmp_path, "one")]
    site.run()
    first = portal_function()
    assert settings_of("trial-portal")["PUBLIC_URL"].endswith(".lambda-url.us-east-1.on.aws")
    assert settings_of("trial-receive-sms")["PUBLIC_URL"] == settings_of("trial-portal")["PUBLIC_URL"]
    assert first["Role"] == stacks.outputs(site.account, "trial-state")["PortalRoleArn"]
    site.run()
    assert "portal: zappa unchanged" in " ".join(said)
    site.packages = [*packages(tmp_path, b"two"), portal_package(tmp_path, "two")]
    site.run()
    assert portal_function()["CodeSha256"] != first["CodeSha256"]
    site.go_back()
    assert portal_function()["CodeSha256"] == first["CodeSha256"]


def test_there_is_no_going_back_from_the_first(site):
    site.run(with_portal=False)
    with pytest.raises(CannotDeploy, match="no release before"):
        site.go_back()


def test_taken_down_a_site_leaves_what_people_wrote(site):
    site.run(with_portal=False)
    run.destroy(site)
    assert boto3.client("lambda").list_functions()["Functions"] == []
    assert secret.read(site.account)["SECRET_KEY"]
    assert said[-1].startswith("kept: ")
    assert run.status(site.account)[0] == ("stack trial-state", "not there")


def test_who_is_not_let_in_is_told(aws, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with warnings.catch_warnings(), pytest.raises(CannotDeploy, match="does not let us in"):
        _ = Account("trial", "us-east-1", "http://127.0.0.1:9").number
