"""What `doctor --site` finds in a deployment on a make-believe AWS."""

from datetime import date

import boto3
import pytest

from infra.aws.deploy.account import Account
from infra.aws.deploy.examine import examine
from infra.aws.runtimes import RUNTIME
from tests.infra.aws.test_deploy import carrier, packages, portal_package, site  # noqa: F401

TODAY = date(2026, 11, 18)

pytestmark = pytest.mark.filterwarnings("ignore:Tried to parse")


def wrong(account: Account, today: date = TODAY) -> str:
    """All that is to be mended."""
    return "\n".join(what for is_well, what in examine(account, today) if not is_well)


def test_where_nothing_is_deployed_it_says_so(aws):
    assert wrong(Account("trial", "us-east-1", aws)).count("run `coach-portal deploy`") == 2


def test_a_deployment_with_its_troubles(site):  # noqa: F811
    site.run(with_portal=False)
    account = site.account
    told = wrong(account)
    assert "the portal is not deployed" in told
    assert "set aside" not in told
    sqs, functions = boto3.client("sqs"), boto3.client("lambda")
    dead = sqs.get_queue_url(QueueName="trial-messages-dead")["QueueUrl"]
    sqs.send_message(QueueUrl=dead, MessageBody="poison")
    functions.delete_function(FunctionName="trial-tell-alerts")
    (mapping,) = functions.list_event_source_mappings(FunctionName="trial-send-messages")["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
    told = wrong(account, RUNTIME.ends_on)
    assert "1 records of messages were set aside" in told
    assert "not deployed: tell_alerts" in told
    assert "does not wake send_messages" in told
    assert f"{RUNTIME.name} ends {RUNTIME.ends_on}" in told
