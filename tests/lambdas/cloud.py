"""What Lambda does with a deployed site: runs the packages that were uploaded, on what wakes them.

Functions, queues and mappings are read from the make-believe AWS as they were deployed there. What moto does not do is
done here: CloudFormation's filling in of secrets, and polling. What waits for a time-out in AWS comes back at once.
"""

import re
import threading
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from queue import Queue
from typing import Any

from infra.aws.deploy import artifacts, secret
from infra.aws.deploy.account import Account
from infra.aws.functions import FUNCTIONS, Function
from infra.aws.packages.build import find_python
from infra.aws.runtimes import LambdaRuntime
from tests.lambdas.runtime_api import Died, Environment, FunctionError, runtime_client

_SECRET = re.compile(r"^\{\{resolve:secretsmanager:.*:SecretString:(\w+)::.*\}\}$")

_AWS_QUEUE = re.compile(r"^https?://(sqs\.[\w-]+|[\w-]+\.queue)\.amazonaws\.com/")


@dataclass
class Tally:
    """What one function did: how often, for how many seconds, with how much memory at most (MB)."""

    calls: int = 0
    seconds: float = 0.0
    memory: float = 0.0
    errors: list[Any] = field(default_factory=list)


class Cloud:
    """One deployed site at work."""

    def __init__(self, account: Account, runtime: LambdaRuntime, out: Path, folder: Path) -> None:
        self.account, self.tallies = account, {function.name: Tally() for function in FUNCTIONS}
        self.deaths = 0
        self._python, self._client = find_python(runtime), runtime_client(runtime, out)
        self._folder = folder
        self._lambda, self._sqs = account.client("lambda"), account.client("sqs")
        self._packages = artifacts.releases(account)[-1]["packages"]
        self._idle: dict[str, Queue[Environment]] = {}
        self._all: list[Environment] = []
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def start(self, name: str, how_many: int) -> None:
        """So many environments of one function, from the package it was deployed with."""
        task = self._unpack(name)
        idle = self._idle.setdefault(name, Queue())
        for _ in range(how_many):
            idle.put(self._begin(name, task))

    def invoke(self, name: str, event: Any) -> Any:
        """One call, in an environment that is free. Raises FunctionError, or Died."""
        with self._free(name) as environment:
            began = time.perf_counter()
            try:
                return environment.invoke(event)
            except FunctionError as error:
                self.tallies[name].errors.append(error.args[0])
                raise
            finally:
                with self._lock:
                    self.tallies[name].calls += 1
                    self.tallies[name].seconds += time.perf_counter() - began

    def poll(self, function: Function, how_many: int) -> None:
        """Work on the queue that the function's deployed mapping names, with so many pollers."""
        (mapping,) = self._lambda.list_event_source_mappings(FunctionName=self._named(function.name))[
            "EventSourceMappings"
        ]
        # moto would work on the queue itself, without our code, and lose what it takes.
        self._lambda.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        url = self._sqs.get_queue_url(QueueName=mapping["EventSourceArn"].rpartition(":")[2])["QueueUrl"]
        for _ in range(how_many):
            thread = threading.Thread(target=self._poll, args=(function.name, url, mapping), daemon=True)
            thread.start()
            self._threads.append(thread)

    def kill_one(self, name: str) -> None:
        """kill -9 to an environment that is at work; a new one takes its place."""
        busy = [
            each for each in self._all if each.log.name.startswith(name) and each not in list(self._idle[name].queue)
        ]
        if busy:
            busy[0].process.kill()
            self.deaths += 1

    def stop(self) -> None:
        """End everything."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=30)
        for environment in self._all:
            environment.close()

    def _poll(self, name: str, url: str, mapping: dict[str, Any]) -> None:
        sqs = self.account.client("sqs")
        while not self._stopping.is_set():
            got = sqs.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=min(mapping["BatchSize"], 10),
                AttributeNames=["All"],
                WaitTimeSeconds=1,
            ).get("Messages", [])
            if got:
                self._work_on(name, url, sqs, got)

    def _work_on(self, name: str, url: str, sqs: Any, got: list[dict[str, Any]]) -> None:
        records = [
            {
                "messageId": each["MessageId"],
                "body": each["Body"],
                "attributes": each["Attributes"],
                "eventSource": "aws:sqs",
            }
            for each in got
        ]
        try:
            answer = self.invoke(name, {"Records": records})
            failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        except (Died, FunctionError):
            failed = {each["MessageId"] for each in got}
        for each in got:
            handle = {"QueueUrl": url, "ReceiptHandle": each["ReceiptHandle"]}
            if each["MessageId"] in failed:
                sqs.change_message_visibility(VisibilityTimeout=0, **handle)
            else:
                sqs.delete_message(**handle)

    @contextmanager
    def _free(self, name: str) -> Any:
        environment = self._idle[name].get()
        try:
            yield environment
            self.tallies[name].memory = max(self.tallies[name].memory, environment.peak_memory)
        except Died:
            environment.close()
            environment = self._begin(name, self._folder / name)
            raise
        finally:
            self._idle[name].put(environment)

    def _begin(self, name: str, task: Path) -> Environment:
        deployed = self._lambda.get_function_configuration(FunctionName=self._named(name))
        settings = {key: self._filled_in(value) for key, value in deployed["Environment"]["Variables"].items()}
        keys = {f"AWS_{key}": "test" for key in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")}
        environment = Environment(
            task,
            deployed["Handler"],
            {**settings, **keys, **self.account.environment()},
            python=self._python,
            client=self._client,
        )
        self._all.append(environment)
        return environment

    def _filled_in(self, value: str) -> str:
        asked = _SECRET.match(value)
        if asked:
            return secret.read(self.account)[asked[1]]
        # moto's CloudFormation gives a queue the address it has in AWS.
        return _AWS_QUEUE.sub(f"{self.account.endpoint_url}/", value)

    def _unpack(self, name: str) -> Path:
        task = self._folder / name
        body = (
            self.account.client("s3").get_object(Bucket=self.account.artifacts, Key=self._packages[name])["Body"].read()
        )
        with zipfile.ZipFile(BytesIO(body)) as packed:
            packed.extractall(task)
        return task

    def _named(self, name: str) -> str:
        return f"{self.account.site}-{name.replace('_', '-')}"


def queue_depth(account: Account, name: str) -> int:
    """How many records lie in a queue, in anybody's hands included."""
    sqs = account.client("sqs")
    url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    names = [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "ApproximateNumberOfMessagesDelayed",
    ]
    return sum(
        int(value) for value in sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()
    )
