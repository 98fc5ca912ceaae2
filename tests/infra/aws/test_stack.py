"""The stack and the code say the same: every handler, queue, setting and permission on one side is on the other."""

import ast
import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cfnlint import api

from infra.aws.functions import BUCKETS, FUNCTIONS, QUEUES, Consumes, Every, Function, Route
from infra.aws.runtimes import RUNTIME, RUNTIMES
from infra.aws.stack import alarms, lambdas, templates
from infra.aws.stack.words import logical
from infra.local import shim, ticker

HOUSE = Path(__file__).parents[3]
PACKAGES = {function.name: f"functions/{function.name}.zip" for function in FUNCTIONS}
NOT_FUNCTIONS = {"__init__", "accounts", "http_event", "runtime"}

STATE, STATE_AURORA = templates.state(), templates.state(aurora=True)
WORK, WORK_AURORA = templates.work(PACKAGES), templates.work(PACKAGES, aurora=True)

# What a function does in Python, and what it therefore must be allowed.
DOES = {"wired.queue": "messages", "wired.calls": "calls", "wired.buffer": "inbound"}

by_name = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)


def of_kind(template: dict[str, Any], kind: str) -> dict[str, Any]:
    """The resources of one kind, by logical id."""
    return {name: each for name, each in template["Resources"].items() if each["Type"] == f"AWS::{kind}"}


def source(function: Function) -> str:
    """The function's own code."""
    return (HOUSE / "functions" / f"{function.name}.py").read_text()


def settings_in_code() -> set[str]:
    """Every environment variable that Settings reads."""
    tree = ast.parse((HOUSE / "coach_portal/core/config.py").read_text())
    words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {word for word in words if re.fullmatch(r"[A-Z][A-Z_]+[A-Z]", word)}


@pytest.mark.parametrize("template", [STATE_AURORA, WORK, WORK_AURORA], ids=["state", "work", "work in our network"])
def test_cfn_lint_has_nothing_to_say(template):
    assert [str(match) for match in api.lint(json.dumps(template), ["us-east-1"])] == []


def test_every_file_of_functions_is_on_the_table_and_the_other_way_round():
    files = {path.stem for path in (HOUSE / "functions").glob("*.py")} - NOT_FUNCTIONS
    assert {function.name for function in FUNCTIONS} == files, "add its entry to infra/aws/functions.py"


@by_name
def test_every_handler_exists_and_comes_in_by_the_door(function):
    module, _, name = WORK["Resources"][logical(function.name)]["Properties"]["Handler"].rpartition(".")
    handler = getattr(importlib.import_module(module), name)
    assert handler.__wrapped__, "decorate it with functions.runtime.entry: what it does not catch may quote a row"


def test_every_webhook_of_one_machine_is_routed_and_no_other():
    routed = {each["Properties"]["RouteKey"] for each in of_kind(WORK, "ApiGatewayV2::Route").values()}
    assert routed == {f"POST {path}" for path in shim.WEBHOOKS}


def test_every_route_leads_to_the_same_function_as_on_one_machine():
    for function in FUNCTIONS:
        if isinstance(function.wakes, Route):
            assert shim.WEBHOOKS[function.wakes.path].__module__ == f"functions.{function.name}"


def test_whatever_one_machine_ticks_is_scheduled():
    ticked = re.findall(r"(\w+)\.handler\(", Path(ticker.__file__).read_text())
    scheduled = {function.name for function in FUNCTIONS if isinstance(function.wakes, Every)}
    assert scheduled - set(ticked) == {"canary", "measure"}, (
        "one machine has no CloudWatch that would read their figures"
    )
    assert set(ticked) <= scheduled
    assert len(of_kind(WORK, "Events::Rule")) == len(scheduled)


def test_every_setting_is_given_or_means_nothing_there():
    given = set(lambdas.environment())
    assert given | {*lambdas.ONE_MACHINE_ONLY, *lambdas.PORTAL_ONLY} == settings_in_code()
    assert not given & set(lambdas.ONE_MACHINE_ONLY)


def test_a_secret_is_never_written_into_the_template():
    environment = lambdas.environment()
    for name in lambdas.SECRETS:
        assert environment[name]["Fn::Sub"].startswith("{{resolve:secretsmanager:${Site}/settings:SecretString:")


@by_name
def test_a_function_may_put_on_the_queues_it_writes_to_and_on_no_other(function):
    code = source(function)
    assert set(function.puts_on) == {queue for does, queue in DOES.items() if does in code}


@by_name
def test_only_a_function_that_sends_emails_may_send_them(function):
    assert function.emails == ("wired.emails" in source(function))


@by_name
def test_a_function_may_read_the_queue_that_wakes_it_and_no_other(function):
    read = [each["Resource"] for each in lambdas.statements(function) if "sqs:ReceiveMessage" in each["Action"]]
    queues = [function.wakes.queue] if isinstance(function.wakes, Consumes) else []
    assert read == [[{"Ref": f"{logical(queue, 'queue')}Arn"}] for queue in queues]


def test_every_statement_names_its_resource():
    for template in (STATE_AURORA, WORK_AURORA):
        for role in of_kind(template, "IAM::Role").values():
            for policy in role["Properties"]["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    assert all("*" not in action for action in statement["Action"])
                    assert statement["Resource"]
                    assert "*" not in statement["Resource"]


def test_every_function_has_a_role_of_its_own():
    roles = [json.dumps(each["Properties"]["Role"]) for each in of_kind(WORK, "Lambda::Function").values()]
    assert len(set(roles)) == len(roles) == len(FUNCTIONS)


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.name)
def test_every_queue_has_dead_letters_with_an_alarm_and_a_worker_that_reports_what_failed(queue):
    made = STATE["Resources"][logical(queue.name, "queue")]["Properties"]
    dead = logical(queue.name, "dead")
    assert made["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": [dead, "Arn"]}
    alarm = WORK["Resources"][logical(queue.name, "dead", "letters")]["Properties"]
    assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Ref": f"{dead}Name"}}]
    (source,) = [
        each["Properties"]
        for each in of_kind(WORK, "Lambda::EventSourceMapping").values()
        if each["Properties"]["EventSourceArn"] == {"Ref": f"{logical(queue.name, 'queue')}Arn"}
    ]
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_every_log_is_forgotten_one_day():
    groups = {**of_kind(STATE, "Logs::LogGroup"), **of_kind(WORK, "Logs::LogGroup")}
    assert len(groups) == len([*FUNCTIONS, "portal", "HTTP API"])
    assert all(group["Properties"]["RetentionInDays"] for group in groups.values())


def test_every_bucket_is_encrypted_private_and_forgets():
    buckets = of_kind(STATE, "S3::Bucket")
    assert len(buckets) == len(BUCKETS)
    for bucket in buckets.values():
        assert bucket["Properties"]["BucketEncryption"]
        assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
        assert bucket["Properties"]["LifecycleConfiguration"]["Rules"][0]["ExpirationInDays"]


def test_every_function_that_fails_wakes_somebody():
    assert {f"{logical(function.name)}Errors" for function in FUNCTIONS} <= alarms.alarms().keys()


@pytest.mark.parametrize("aurora", [False, True])
def test_the_second_stack_asks_for_nothing_that_the_first_does_not_tell(aurora):
    told = templates.state(aurora=aurora)["Outputs"].keys()
    given = {"Site", "Artifacts", "SecretVersion", "PublicUrl", "TwilioApiUrl", "EmailFrom", "EmailIdentity"}
    assert set(templates.work_parameters(aurora=aurora)) - told == given


def test_the_runtime_is_one_we_know_the_end_of():
    assert RUNTIMES[RUNTIME.name].ends_on.year >= 2029
