"""The two templates."""

from collections.abc import Mapping

from infra.aws.functions import BUCKETS, FUNCTIONS, QUEUES
from infra.aws.runtimes import RUNTIME, LambdaRuntime
from infra.aws.stack import address, alarms, database, lambdas, portal, queues, storage
from infra.aws.stack.words import Json, logical, output, ref, template

OPTIONAL = ("TwilioApiUrl",)
NETWORK = ("FunctionsGroup", "SubnetA", "SubnetB")


def state(*, aurora: bool = False) -> Json:
    """What must survive: queues, buckets, the webhooks' address, the operator's topic and, if asked for, Aurora."""
    resources = {**queues.queues(), **storage.buckets(), **address.api(), **alarms.topic()}
    resources |= portal.role_and_log(in_vpc=aurora)
    outputs = {**queues.outputs(), **storage.outputs(), **address.outputs(), **portal.outputs()}
    outputs["AlarmTopicArn"] = output(ref("AlarmTopic"), "where alarms go")
    if aurora:
        resources |= {**database.network(), **database.cluster()}
        outputs |= database.outputs()
    return template("Coach Portal: what must survive", _parameters("Site", "OperatorEmail"), resources, outputs)


def work(packages: Mapping[str, str], *, runtime: LambdaRuntime = RUNTIME, aurora: bool = False) -> Json:
    """What can be made anew: functions, and what wakes and watches them. `packages` has each one's zip by its key."""
    resources = {
        **lambdas.functions(packages, runtime, in_vpc=aurora),
        **address.routes(),
        **alarms.alarms(),
        "Dashboard": alarms.dashboard(),
    }
    return template("Coach Portal: what does the work", _parameters(*work_parameters(aurora=aurora)), resources, {})


def work_parameters(*, aurora: bool = False) -> list[str]:
    """What the second template asks for: most of it the first one's outputs."""
    of_queues = [
        logical(queue.name, part) + end
        for queue in QUEUES
        for part, end in (("queue", "Url"), ("queue", "Arn"), ("queue", "Name"), ("dead", "Name"))
    ]
    stored = {name for function in FUNCTIONS for name in function.stores_in}
    of_buckets = [logical(name, "bucket") for name in BUCKETS if name in stored]
    own = [
        "Site",
        "Artifacts",
        "SecretVersion",
        "PublicUrl",
        "WebhookUrl",
        "TwilioApiUrl",
        "EmailFrom",
        "EmailIdentity",
    ]
    return [*own, "HttpApiId", "AlarmTopicArn", *of_queues, *of_buckets, *(NETWORK if aurora else ())]


def _parameters(*names: str) -> Json:
    return {name: {"Type": "String", **({"Default": ""} if name in OPTIONAL else {})} for name in names}
