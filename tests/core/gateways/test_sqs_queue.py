"""Message ids through SQS, as moto plays it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import boto3
import pytest

from coach_portal.core.gateways.sqs_queue import NotQueued, SqsQueue


@pytest.fixture
def sqs(aws: str) -> Iterator[Any]:
    client = boto3.client("sqs", endpoint_url=aws)
    yield client
    client.close()


@pytest.fixture
def url(sqs: Any) -> Iterator[str]:
    made = str(sqs.create_queue(QueueName="messages")["QueueUrl"])
    yield made
    sqs.delete_queue(QueueUrl=made)


class FlakySqs:
    """Turns each id away as often as told, then takes it."""

    def __init__(self, refusals: Mapping[int, int]) -> None:
        self.refusals = dict(refusals)
        self.taken: list[int] = []

    def send_message_batch(self, entries: Sequence[dict[str, str]]) -> list[str]:
        failed = [entry["Id"] for entry in entries if self._refuses(int(entry["Id"]))]
        self.taken += [int(entry["Id"]) for entry in entries if entry["Id"] not in failed]
        return failed

    def _refuses(self, id_: int) -> bool:
        self.refusals[id_] = self.refusals.get(id_, 0) - 1
        return self.refusals[id_] >= 0


def flaky_queue(refusals: Mapping[int, int]) -> tuple[SqsQueue, FlakySqs]:
    queue, sqs = SqsQueue("https://queue.example.com"), FlakySqs(refusals)
    queue.__dict__["_sqs"] = sqs  # in place of the client it would make at first need
    return queue, sqs


def drained(sqs: Any, url: str) -> list[str]:
    bodies: list[str] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
    return bodies


def test_every_id_travels_in_a_message_of_its_own(sqs: Any, url: str) -> None:
    SqsQueue(url).put(range(1, 24))
    assert sorted(json.loads(body)["message_id"] for body in drained(sqs, url)) == list(range(1, 24))


def test_a_message_holds_nothing_but_the_id(sqs: Any, url: str) -> None:
    SqsQueue(url).put([7])
    assert drained(sqs, url) == ['{"message_id": 7}']


def test_nothing_to_queue_asks_nothing_of_sqs() -> None:
    SqsQueue("https://queue.example.com").put([])


def test_an_id_turned_away_once_is_tried_again() -> None:
    queue, sqs = flaky_queue({2: 1})
    queue.put([1, 2, 3])
    assert sqs.taken == [1, 3, 2]


def test_an_id_turned_away_twice_is_named() -> None:
    queue, sqs = flaky_queue({2: 2, 12: 2})
    with pytest.raises(NotQueued) as error:
        queue.put(range(1, 15))
    assert error.value.message_ids == [2, 12]
    assert len(sqs.taken) == 12


def test_a_queue_that_is_not_there_names_every_id(sqs: Any, url: str) -> None:
    with pytest.raises(NotQueued) as error:
        SqsQueue(url + "-gone").put([1, 2])
    assert (error.value.message_ids, error.value.permanent) == ([1, 2], False)
