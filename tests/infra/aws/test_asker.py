"""Who asks, where AWS stands in front of the portal."""

import pytest

from infra.aws.asker import asked_by


def seen(event):
    """The address the portal behind it sees."""
    found = []

    def portal(environ, start_response):
        found.append(environ["REMOTE_ADDR"])
        return []

    asked_by(portal)({"REMOTE_ADDR": "203.0.113.9", "lambda.event": event}, None)
    return found[0]


@pytest.mark.parametrize(
    "context",
    [{"http": {"sourceIp": "198.51.100.7"}}, {"identity": {"sourceIp": "198.51.100.7"}}],
    ids=["HTTP API or function URL", "REST API"],
)
def test_it_is_whom_aws_saw_and_not_what_a_header_says(context):
    assert seen({"requestContext": context, "headers": {"x-forwarded-for": "203.0.113.9"}}) == "198.51.100.7"


@pytest.mark.parametrize("event", [None, {}, {"requestContext": None}])
def test_where_aws_says_nothing_nobody_is_believed(event):
    assert seen(event) == ""
