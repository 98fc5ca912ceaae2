"""Queues, each with a dead-letter queue: what could not be done ten times over lies there until a human looks."""

from infra.aws.functions import DAY, QUEUES, Queue, consumer_of
from infra.aws.stack.words import Json, get, logical, output, ref, resource, sub

HIDDEN_FOR_RUNS = 6
"""A record stays hidden for six times its function's timeout ("Configuring a queue", AWS Lambda developer guide)."""


def queues() -> Json:
    """Every queue and its dead letters, the latter first: their names are needed."""
    made: Json = {}
    for queue in QUEUES:
        made |= {logical(queue.name, "dead"): _dead_letters(queue), logical(queue.name, "queue"): _queue(queue)}
    return made


def outputs() -> Json:
    """Where each queue is."""
    made: Json = {}
    for queue in QUEUES:
        name = logical(queue.name, "queue")
        made[f"{name}Url"] = output(ref(name), f"{queue.setting}")
        made[f"{name}Arn"] = output(get(name), f"what wakes {consumer_of(queue.name).name}")
        made[f"{name}Name"] = output(get(name, "QueueName"), "for alarms")
        made[f"{logical(queue.name, 'dead')}Name"] = output(get(logical(queue.name, "dead"), "QueueName"), "for alarms")
    return made


def _queue(queue: Queue) -> Json:
    dead = get(logical(queue.name, "dead"))
    properties = _common(queue, queue.name) | {
        "VisibilityTimeout": HIDDEN_FOR_RUNS * consumer_of(queue.name).timeout,
        "MessageRetentionPeriod": queue.kept_for,
        "RedrivePolicy": {"deadLetterTargetArn": dead, "maxReceiveCount": queue.tries},
    }
    return resource("SQS::Queue", properties)


def _dead_letters(queue: Queue) -> Json:
    properties = _common(queue, f"{queue.name}-dead") | {"MessageRetentionPeriod": 14 * DAY}
    return resource("SQS::Queue", properties)


def _common(queue: Queue, name: str) -> Json:
    common: Json = {"QueueName": sub(f"${{Site}}-{name}"), "SqsManagedSseEnabled": True}
    if queue.in_order:
        common |= {"QueueName": sub(f"${{Site}}-{name}.fifo"), "FifoQueue": True}
    return common
