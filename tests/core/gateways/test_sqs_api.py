"""The one call to SQS that we sign ourselves."""

import json
from datetime import UTC, datetime
from http.client import HTTPConnection

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials

from coach_portal.core.gateways import sqs_api
from coach_portal.core.gateways.sqs_api import Credentials, NotTaken, SqsApi, sign

NOON = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


def signed_by_botocore(body: bytes, credentials: Credentials, region: str) -> str:
    """The signature that AWS's own library makes over the same request."""
    request = AWSRequest("POST", f"https://sqs.{region}.amazonaws.com/", data=body)
    request.headers["content-type"] = "application/x-amz-json-1.0"
    request.headers["x-amz-target"] = "AmazonSQS.SendMessageBatch"
    request.context["timestamp"] = NOON.strftime("%Y%m%dT%H%M%SZ")
    signer = SigV4Auth(BotoCredentials(*credentials), "sqs", region)
    signer._modify_request_before_signing(request)
    wanted = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
    return str(wanted)


@pytest.mark.parametrize("token", [None, "a session's token"])
def test_it_signs_as_awss_own_library_does(token: str | None) -> None:
    credentials, body = Credentials("AKID", "a secret/+key", token), b'{"QueueUrl": "q"}'
    headers = sign("sqs.eu-west-1.amazonaws.com", "AmazonSQS.SendMessageBatch", body, credentials, "eu-west-1", NOON)
    assert headers["authorization"].endswith(signed_by_botocore(body, credentials, "eu-west-1"))


def test_what_is_sent_arrives(aws: str) -> None:
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="texts.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    entry = {"Id": "1", "MessageBody": '{"n": 1}', "MessageGroupId": "ruth", "MessageDeduplicationId": "SM1"}
    assert SqsApi(url).send_message_batch([entry]) == []
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"]) == {"n": 1}
    sqs.close()


def test_a_refusal_tells_its_status_and_nothing_of_what_was_sent(aws: str) -> None:
    with pytest.raises(NotTaken, match=r"^http_400$"):
        SqsApi(f"{aws}/123456789012/nowhere").send_message_batch([{"Id": "1", "MessageBody": "did 3"}])


def test_nobody_there_is_not_taken(aws: str) -> None:
    with pytest.raises(NotTaken, match="ConnectionRefusedError"):
        SqsApi("http://127.0.0.1:9/123456789012/messages").send_message_batch([{"Id": "1", "MessageBody": "x"}])


def test_a_kept_connection_that_is_dead_is_replaced(aws: str) -> None:
    sqs = boto3.client("sqs")
    api = SqsApi(sqs.create_queue(QueueName="texts")["QueueUrl"])
    api._mine.connection = HTTPConnection("127.0.0.1", 9)
    assert api.send_message_batch([{"Id": "1", "MessageBody": "one"}]) == []
    sqs.close()


def test_outside_lambda_the_keys_are_those_that_boto3_finds(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    kept = tmp_path / "credentials"
    kept.write_text("[default]\naws_access_key_id = AKFILE\naws_secret_access_key = from a file\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(kept))
    assert sqs_api._credentials() == Credentials("AKFILE", "from a file", None)
