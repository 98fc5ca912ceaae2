"""The functions: each with a role of its own, a log group that forgets, and whatever wakes it."""

from collections.abc import Mapping

from infra.aws.functions import ACCOUNTS, FUNCTIONS, QUEUES, Consumes, Every, Function
from infra.aws.runtimes import LambdaRuntime
from infra.aws.stack.words import Json, allow, get, logical, policy, ref, resource, role_for, sub

SECRETS = ("DATABASE_URL", "EMAIL_URL", "SECRET_KEY", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
"""Settings that lie in the secret. Lambda gets them as environment, encrypted at rest: asking for them at each cold
start would cost more than all the function's own imports."""
PLAIN = ("EMAIL_FROM", "PUBLIC_URL", "SITE", "TWILIO_API_URL", "WEBHOOK_URL")
PORTAL_ONLY = ("FILES_BUCKET",)
"""Settings that no function needs but those that keep files."""
ONE_MACHINE_ONLY = ("DATA_DIR", "TRUSTED_PROXY")
"""Settings that mean nothing on Lambda."""
KEPT_LOG_DAYS = 90
CALLS_PER_SECOND = "1"
"""Twilio's default for an account; raise it here once Twilio has raised it there."""


def functions(packages: Mapping[str, str], runtime: LambdaRuntime, *, in_vpc: bool) -> Json:
    """All functions. `packages` holds the key, in the artifacts' bucket, of each one's zip."""
    made: Json = {}
    for function in FUNCTIONS:
        here = logical(function.name)
        made[f"{here}Log"] = _log_group(function)
        made[f"{here}Role"] = _role(function, in_vpc=in_vpc)
        made[here] = _function(function, packages[function.name], runtime, in_vpc=in_vpc)
        if isinstance(function.wakes, Consumes):
            made[f"{here}Source"] = _source(function, function.wakes)
        if isinstance(function.wakes, Every):
            made |= _schedule(function, function.wakes)
    return made


def environment() -> Json:
    """What a function finds in its environment."""
    secrets = {name: secret(name) for name in SECRETS}
    queues = {queue.setting: ref(f"{logical(queue.name, 'queue')}Url") for queue in QUEUES}
    plain = {name: ref(logical(name.lower())) for name in PLAIN}
    fixed = {"SECRETS_PREFIX": sub(f"${{Site}}{ACCOUNTS}"), "CALLS_PER_SECOND": CALLS_PER_SECOND}
    return {**secrets, **queues, **plain, **fixed}


def secret(name: str) -> Json:
    """One value of the secret, in the version that this deployment reads."""
    return sub(f"{{{{resolve:secretsmanager:${{Site}}/settings:SecretString:{name}::${{SecretVersion}}}}}}")


def _function(function: Function, key: str, runtime: LambdaRuntime, *, in_vpc: bool) -> Json:
    here = logical(function.name)
    files = {"FILES_BUCKET": ref(logical("pictures", "bucket"))} if "pictures" in function.stores_in else {}
    properties: Json = {
        "FunctionName": sub(f"${{Site}}-{function.in_hyphens}"),
        "Handler": function.handler,
        "Runtime": runtime.name,
        "Architectures": ["x86_64"],
        "Code": {"S3Bucket": ref("Artifacts"), "S3Key": key},
        "Role": get(f"{here}Role"),
        "MemorySize": function.memory,
        "Timeout": function.timeout,
        "Environment": {"Variables": environment() | files},
        "LoggingConfig": {"LogGroup": ref(f"{here}Log")},
    }
    if in_vpc:
        properties["VpcConfig"] = {"SecurityGroupIds": [ref("FunctionsGroup")], "SubnetIds": _subnets()}
    return resource("Lambda::Function", properties)


def _subnets() -> list[Json]:
    return [ref("SubnetA"), ref("SubnetB")]


def _log_group(function: Function) -> Json:
    name = sub(f"/aws/lambda/${{Site}}-{function.in_hyphens}")
    return resource("Logs::LogGroup", {"LogGroupName": name, "RetentionInDays": KEPT_LOG_DAYS})


def _role(function: Function, *, in_vpc: bool) -> Json:
    properties: Json = {
        "AssumeRolePolicyDocument": role_for("lambda"),
        "Policies": [{"PolicyName": "what-it-needs", "PolicyDocument": policy(*statements(function))}],
    }
    if in_vpc:  # network interfaces cannot be named before they exist, so AWS's own policy has to do
        name = "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
        properties["ManagedPolicyArns"] = [sub(name)]
    return resource("IAM::Role", properties)


def statements(function: Function) -> list[Json]:
    """What one function may do, and on what."""
    log = get(f"{logical(function.name)}Log")
    may = [allow(["logs:CreateLogStream", "logs:PutLogEvents"], log)]
    if isinstance(function.wakes, Consumes):
        queue = ref(f"{logical(function.wakes.queue, 'queue')}Arn")
        may.append(allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], queue))
    if function.puts_on:
        may.append(allow(["sqs:SendMessage"], *(ref(f"{logical(name, 'queue')}Arn") for name in function.puts_on)))
    if function.emails:
        identity = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${EmailIdentity}"
        may.append(allow(["ses:SendEmail"], sub(identity)))
    if function.knows_accounts:
        tokens = (
            f"arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:${{Site}}{ACCOUNTS}*"
        )
        may.append(allow(["secretsmanager:GetSecretValue"], sub(tokens)))
    if function.stores_in:
        objects = [sub(f"arn:${{AWS::Partition}}:s3:::${{{logical(n, 'bucket')}}}/*") for n in function.stores_in]
        may.append(allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], *objects))
    return may


def _source(function: Function, wakes: Consumes) -> Json:
    properties = {
        "EventSourceArn": ref(f"{logical(wakes.queue, 'queue')}Arn"),
        "FunctionName": ref(logical(function.name)),
        "BatchSize": wakes.batch,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": wakes.at_once},
    }
    return resource("Lambda::EventSourceMapping", properties)


def _schedule(function: Function, wakes: Every) -> Json:
    here = logical(function.name)
    unit = "minute" if wakes.minutes == 1 else "minutes"
    rule = {
        "Name": sub(f"${{Site}}-{function.in_hyphens}"),
        "ScheduleExpression": f"rate({wakes.minutes} {unit})",
        "State": "ENABLED",
        "Targets": [{"Id": "function", "Arn": get(here)}],
    }
    permission = {
        "FunctionName": get(here),
        "Action": "lambda:InvokeFunction",
        "Principal": "events.amazonaws.com",
        "SourceArn": get(f"{here}Schedule"),
    }
    # A tick that failed is not tried again: the next one, a minute later, does its work too.
    once = {
        "FunctionName": ref(here),
        "Qualifier": "$LATEST",
        "MaximumRetryAttempts": 0,
        "MaximumEventAgeInSeconds": 60,
    }
    return {
        f"{here}Schedule": resource("Events::Rule", rule),
        f"{here}Permission": resource("Lambda::Permission", permission),
        f"{here}Once": resource("Lambda::EventInvokeConfig", once),
    }
