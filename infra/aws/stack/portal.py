"""What the portal leans on: its role and its log. Zappa makes the function itself, with nothing more than these."""

from infra.aws.functions import ACCOUNTS
from infra.aws.stack.words import Json, allow, get, logical, output, policy, resource, role_for, sub

KEPT_LOG_DAYS = 90
STORES = ("GetObject", "PutObject", "DeleteObject")
KEEPS = ("CreateSecret", "DeleteSecret", "GetSecretValue", "PutSecretValue")


def role_and_log(*, in_vpc: bool) -> Json:
    """They are state: the portal is deployed between the two stacks."""
    properties: Json = {
        "AssumeRolePolicyDocument": role_for("lambda"),
        "Policies": [{"PolicyName": "what-it-needs", "PolicyDocument": policy(*statements())}],
    }
    if in_vpc:
        name = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
        properties["ManagedPolicyArns"] = [sub(name)]
    log = sub("/aws/lambda/${Site}-portal")
    return {
        "PortalLog": resource("Logs::LogGroup", {"LogGroupName": log, "RetentionInDays": KEPT_LOG_DAYS}),
        "PortalRole": resource("IAM::Role", properties),
    }


def statements() -> list[Json]:
    """Its log, the messages' queue, the pictures, and the tokens of practices' own accounts."""
    tokens = f"arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:${{Site}}{ACCOUNTS}*"
    pictures = f"arn:${{AWS::Partition}}:s3:::${{{logical('pictures', 'bucket')}}}/*"
    return [
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], get("PortalLog")),
        allow(["sqs:SendMessage"], get(logical("messages", "queue"))),
        allow([f"s3:{what}" for what in STORES], sub(pictures)),
        allow([f"secretsmanager:{what}" for what in KEEPS], sub(tokens)),
    ]


def outputs() -> Json:
    """What Zappa is told."""
    return {"PortalRoleArn": output(get("PortalRole"), "what the portal may do")}
