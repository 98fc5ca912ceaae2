"""CloudFormation: bring a stack to a template, tell what that would change, take it down."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from infra.aws.deploy.account import Account, CannotDeploy

POLL = {"Delay": 5, "MaxAttempts": 720}
GONE = ("ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS")
"""A stack in one of these states was never made: it can only be deleted and made again."""


def find(account: Account, name: str) -> dict[str, Any] | None:
    """The stack as AWS describes it."""
    try:
        (found,) = account.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise CannotDeploy(f"stack {name}: {error.response['Error']['Code']}") from None
    return dict(found)


def outputs(account: Account, name: str) -> dict[str, str]:
    """What the stack tells; nothing where there is none."""
    found = find(account, name) or {}
    return {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])}


def parameters(account: Account, name: str) -> dict[str, str]:
    """What the stack was made with; nothing where there is none."""
    found = find(account, name) or {}
    return {each["ParameterKey"]: each.get("ParameterValue", "") for each in found.get("Parameters", [])}


def apply(account: Account, name: str, template: Mapping[str, Any], parameters: Mapping[str, str]) -> str:
    """Create or update; answers "created", "updated" or "unchanged". Raises CannotDeploy with AWS's own reason."""
    client, found = account.client("cloudformation"), find(account, name)
    if found and found["StackStatus"] in GONE:
        destroy(account, name)
        found = None
    asked = {
        "StackName": name,
        "TemplateBody": json.dumps(template),
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in sorted(parameters.items())],
        "Capabilities": ["CAPABILITY_IAM"],
    }
    try:
        if found is None:
            client.create_stack(**asked)
            client.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig=POLL)
            return "created"
        client.update_stack(**asked)
        client.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig=POLL)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return "unchanged"
        raise CannotDeploy(f"stack {name}: {error.response['Error']['Message']}") from None
    except WaiterError:
        raise CannotDeploy(f"stack {name} was taken back: {_reason(client, name)}") from None
    return "updated"


def destroy(account: Account, name: str) -> bool:
    """Take the stack down; answers whether there was one."""
    if find(account, name) is None:
        return False
    client = account.client("cloudformation")
    client.delete_stack(StackName=name)
    client.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig=POLL)
    return True


def changes(account: Account, name: str, template: Mapping[str, Any]) -> Iterator[str]:
    """What applying the template would change, a line for each resource; nothing where all is the same."""
    before = _resources(account, name)
    after = template["Resources"]
    for resource in sorted(before.keys() | after.keys()):
        if resource not in before:
            yield f"+ {resource} ({after[resource]['Type']})"
        elif resource not in after:
            yield f"- {resource} ({before[resource]['Type']})"
        elif before[resource] != after[resource]:
            yield f"~ {resource} ({after[resource]['Type']})"


def _resources(account: Account, name: str) -> dict[str, Any]:
    if find(account, name) is None:
        return {}
    body = account.client("cloudformation").get_template(StackName=name)["TemplateBody"]
    template = json.loads(body) if isinstance(body, str) else body
    return dict(json.loads(json.dumps(template["Resources"])))


def _reason(client: Any, name: str) -> str:
    events = client.describe_stack_events(StackName=name)["StackEvents"]
    failed = [each for each in events if each["ResourceStatus"].endswith("FAILED")]
    return "; ".join(f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason', '')}" for each in failed[-3:])
