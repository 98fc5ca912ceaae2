"""What is wrong in a deployment, and what to do about it: for `coach-portal doctor --site`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.deploy import artifacts, portal, secret, stacks
from infra.aws.deploy.account import Account
from infra.aws.functions import FUNCTIONS, QUEUES, Consumes, Function, Queue
from infra.aws.runtimes import RUNTIMES
from infra.aws.stack.lambdas import SECRETS

Finding = tuple[bool, str]

SOON = timedelta(days=180)
"""How long before a runtime's end somebody should move on."""
ENOUGH_AT_ONCE = 100
"""A new account may run ten functions at once, less than a site has; AWS gives a thousand to whoever asks."""
WELL = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE")


def examine(account: Account, today: date) -> Iterator[Finding]:
    """All findings: whether it is well, and what it is or what to do."""
    states = [_stack(account, f"{account.site}-{part}") for part in ("state", "work")]
    yield from states
    if not all(is_well for is_well, _ in states):
        return
    yield _settings(account)
    yield from _functions(account, today)
    yield from _mappings(account)
    for queue in QUEUES:
        yield _dead_letters(account, queue)
    yield _portal(account)
    yield _operator(account)
    yield _at_once(account)


def _stack(account: Account, name: str) -> Finding:
    found = stacks.find(account, name)
    if found is None:
        return False, f"stack {name} is not there: run `coach-portal deploy`."
    if found["StackStatus"] not in WELL:
        return False, f"stack {name} is {found['StackStatus']}: run `coach-portal deploy` again; it says AWS's reason."
    return True, f"stack {name} is {found['StackStatus']}"


def _settings(account: Account) -> Finding:
    missing = [name for name in SECRETS if not secret.read(account).get(name)]
    if missing:
        return False, f"the secret lacks {', '.join(missing)}: set them in the environment and run `update`."
    return True, "the secret is complete"


def _functions(account: Account, today: date) -> Iterator[Finding]:
    client, releases = account.client("lambda"), artifacts.releases(account)
    missing, runtimes = [], set()
    for function in FUNCTIONS:
        try:
            found = client.get_function_configuration(FunctionName=_name(account, function))
        except ClientError:
            missing.append(function.name)
        else:
            runtimes.add(found["Runtime"])
    if missing:
        yield False, f"not deployed: {', '.join(missing)}. Run `coach-portal update`."
    else:
        yield True, f"all {len(FUNCTIONS)} functions are there, release {releases[-1]['number'] if releases else '?'}"
    for runtime in sorted(runtimes):
        known = RUNTIMES.get(runtime)
        if known is None or known.ends_on - today < SOON:
            ends = known.ends_on if known else "at a time we do not know"
            yield False, f"{runtime} ends {ends}: run `coach-portal update --runtime {max(RUNTIMES)}`."
        else:
            yield True, f"{runtime} is looked after until {known.ends_on}"


def _mappings(account: Account) -> Iterator[Finding]:
    client = account.client("lambda")
    for function in FUNCTIONS:
        if isinstance(function.wakes, Consumes):
            name = _name(account, function)
            found = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
            is_on = bool(found) and all(each["State"] == "Enabled" for each in found)
            told = "wakes" if is_on else "does not wake"
            then = "" if is_on else ": turn its event source mapping on, or run `coach-portal update`."
            yield is_on, f"queue {function.wakes.queue} {told} {function.name}{then}"


def _dead_letters(account: Account, queue: Queue) -> Finding:
    name = f"{account.site}-{queue.name}-dead{'.fifo' if queue.in_order else ''}"
    sqs, attribute = account.client("sqs"), "ApproximateNumberOfMessages"
    try:
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[attribute])["Attributes"]
    except ClientError as error:
        return False, f"queue {name}: {error.response['Error']['Code']}. Run `coach-portal update`."
    many = int(found[attribute])
    if many:
        return False, f"{many} records of {queue.name} were set aside: look why in the log, then start a redrive."
    return True, f"nothing of {queue.name} was set aside"


def _portal(account: Account) -> Finding:
    found, releases = portal.as_it_is(account), artifacts.releases(account)
    if found is None:
        return False, "the portal is not deployed: run `coach-portal update`."
    key = releases[-1]["packages"].get("portal", "") if releases else ""
    if not portal.is_at(found, key):
        return False, "the portal is of another release than the functions: run `coach-portal update`."
    return True, f"the portal is of the same release, at {portal.address(account)}"


def _operator(account: Account) -> Finding:
    topic = stacks.outputs(account, f"{account.site}-state").get("AlarmTopicArn", "")
    try:
        listed: list[dict[str, Any]] = account.client("sns").list_subscriptions_by_topic(TopicArn=topic)[
            "Subscriptions"
        ]
    except ClientError:
        listed = []
    if any(each["SubscriptionArn"].startswith("arn:") for each in listed):
        return True, "somebody hears the alarms"
    return (
        False,
        "nobody hears the alarms: confirm the email that AWS sent to the operator, or run `update` for another.",
    )


def _at_once(account: Account) -> Finding:
    try:
        limit = int(account.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"])
    except (ClientError, KeyError, NotImplementedError):
        return True, "how many functions may run at once could not be asked"
    if limit < ENOUGH_AT_ONCE:
        return (
            False,
            f"only {limit} functions may run at once: ask for more, Service Quotas, Lambda concurrent executions.",
        )
    return True, f"{limit} functions may run at once"


def _name(account: Account, function: Function) -> str:
    return f"{account.site}-{function.in_hyphens}"
