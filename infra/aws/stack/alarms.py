"""What wakes the operator, and the page that shows how things are."""

import json
from typing import Any

from coach_portal.core.metrics import NAMESPACE
from infra.aws.functions import FUNCTIONS, QUEUES, Function, Queue
from infra.aws.stack.words import Json, logical, ref, resource, sub

ACKNOWLEDGE_WITHIN = 15
"""Minutes a safety alert may wait for a human before the operator hears of it too."""
CANARY_WITHIN = 30
"""Minutes in which a text about danger, sent every quarter of an hour, must have reached a coach once."""
OURS = (
    "Ticks", "OldestRiskMinutes", "Tidied", "CanaryReached", "TextsSent", "TextsLate", "TextsFailed", "CanaryLost",
    "InboundSeconds", "AcknowledgeSeconds", "CanarySeconds",
)  # fmt: skip
"""Metrics of our own: all are on the page, the first four wake somebody."""


def alarms() -> Json:
    """Every alarm; each goes to the topic that the operator listens to."""
    made: Json = {
        "NoTick": _too_few("Ticks", 5, "no tick came to its end for five minutes: check-ins are not going out"),
        "CanaryLost": _too_few("CanaryReached", CANARY_WITHIN, "no text about danger reached a coach for half an hour"),
        "NotTidied": _not_tidied(),
        "RiskNotAcknowledged": _ours("OldestRiskMinutes", "Maximum", ACKNOWLEDGE_WITHIN, "a safety alert waits"),
    }
    for queue in QUEUES:
        made[logical(queue.name, "dead", "letters")] = _dead_letters(queue)
        made[logical(queue.name, "queue", "old")] = _old(queue)
    return made | {f"{logical(function.name)}Errors": _errors(function) for function in FUNCTIONS}


def topic() -> Json:
    """Where alarms go: the operator's email."""
    return {
        "AlarmTopic": resource("SNS::Topic", {"TopicName": sub("${Site}-alarms"), "DisplayName": "Coach Portal"}),
        "AlarmEmail": resource(
            "SNS::Subscription",
            {"TopicArn": ref("AlarmTopic"), "Protocol": "email", "Endpoint": ref("OperatorEmail")},
        ),
    }


def _alarm(about: str, metric: Json, threshold: float, *, missing: str = "notBreaching", **more: Any) -> Json:
    properties = {
        "AlarmDescription": about,
        "EvaluationPeriods": 1,
        "Period": 60,
        "Statistic": "Maximum",
        "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "Threshold": threshold,
        "TreatMissingData": missing,
        "AlarmActions": [ref("AlarmTopicArn")],
        "OKActions": [ref("AlarmTopicArn")],
    }
    return resource("CloudWatch::Alarm", properties | metric | more)


def _too_few(metric: str, minutes: int, about: str) -> Json:
    more: Json = {"Statistic": "Sum", "Period": minutes * 60, "ComparisonOperator": "LessThanThreshold"}
    return _alarm(about, _own(metric), 1, missing="breaching", **more)


def _not_tidied() -> Json:
    about = "what is too old was not removed for two days: see what retention says in job_run"
    more: Json = {"Period": 3600, "EvaluationPeriods": 3, "ComparisonOperator": "LessThanThreshold"}
    return _alarm(about, _own("Tidied"), 1, **more)


def _ours(metric: str, statistic: str, threshold: float, about: str) -> Json:
    return _alarm(about, _own(metric), threshold, Statistic=statistic)


def _own(metric: str) -> Json:
    return {
        "Namespace": NAMESPACE,
        "MetricName": metric,
        "Dimensions": [{"Name": "Site", "Value": ref("Site")}],
    }


def _dead_letters(queue: Queue) -> Json:
    metric = _of_queue("ApproximateNumberOfMessagesVisible", f"{logical(queue.name, 'dead')}Name")
    return _alarm(f"a record of {queue.name} failed {queue.tries} times and was set aside", metric, 1)


def _old(queue: Queue) -> Json:
    metric = _of_queue("ApproximateAgeOfOldestMessage", f"{logical(queue.name, 'queue')}Name")
    return _alarm(f"{queue.name}: the oldest record waits too long", metric, queue.oldest)


def _of_queue(metric: str, name_of: str) -> Json:
    return {
        "Namespace": "AWS/SQS",
        "MetricName": metric,
        "Dimensions": [{"Name": "QueueName", "Value": ref(name_of)}],
    }


def _errors(function: Function) -> Json:
    metric = {
        "Namespace": "AWS/Lambda",
        "MetricName": "Errors",
        "Dimensions": [{"Name": "FunctionName", "Value": ref(logical(function.name))}],
    }
    # One may be a restart of the database; three within five minutes are not.
    return _alarm(f"{function.name} fails again and again", metric, 3, Statistic="Sum", Period=300)


def dashboard() -> Json:
    """One page: our own metrics, the queues, the functions."""
    widgets = [
        _widget("Texts", 0, [[NAMESPACE, name, "Site", "${Site}"] for name in OURS if name.startswith("Texts")]),
        _widget("Seconds until recorded, until acknowledged", 1, [_seconds(n) for n in OURS if n.endswith("Seconds")]),
        _widget("Queues", 2, [_depth(queue) for queue in QUEUES]),
        _widget("Errors", 3, [["AWS/Lambda", "Errors", "FunctionName", _named(each)] for each in FUNCTIONS]),
        _widget("Milliseconds", 4, [["AWS/Lambda", "Duration", "FunctionName", _named(each)] for each in FUNCTIONS]),
        _widget("Ticks, tidied, canaries, and minutes the oldest safety alert waits", 5, [_our(n) for n in OURS[:4]]),
    ]
    body = sub(json.dumps({"widgets": widgets}, separators=(",", ":")))
    return resource("CloudWatch::Dashboard", {"DashboardName": ref("Site"), "DashboardBody": body})


def _our(name: str) -> list[Any]:
    return [NAMESPACE, name, "Site", "${Site}"]


def _seconds(name: str) -> list[Any]:
    return [*_our(name), {"stat": "p99"}]


def _depth(queue: Queue) -> list[Any]:
    name = f"${{{logical(queue.name, 'queue')}Name}}"
    return ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name]


def _named(function: Function) -> str:
    return f"${{Site}}-{function.in_hyphens}"


def _widget(title: str, place: int, metrics: list[list[Any]]) -> Json:
    properties = {"title": title, "metrics": metrics, "region": "${AWS::Region}", "period": 300, "view": "timeSeries"}
    place_of = {"x": 12 * (place % 2), "y": 6 * (place // 2), "width": 12, "height": 6}
    return {"type": "metric", **place_of, "properties": properties}
