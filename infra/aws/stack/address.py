"""The webhooks' address: one HTTP API. It is state, because Twilio knows it; the routes to the functions are work."""

from infra.aws.functions import FUNCTIONS, Function, Route
from infra.aws.stack.words import Json, get, logical, output, ref, resource, sub

LONGEST_WAIT_MS = 15_000
"""Twilio waits no longer for a webhook."""


def api() -> Json:
    """The API and its one stage. Access is logged by route and status: never a header, a body or an address."""
    access = '{"route":"$context.routeKey","status":"$context.status","ms":"$context.responseLatency"}'
    return {
        "HttpApi": resource("ApiGatewayV2::Api", {"Name": sub("${Site}-webhooks"), "ProtocolType": "HTTP"}),
        "AccessLog": resource(
            "Logs::LogGroup", {"LogGroupName": sub("/aws/http-api/${Site}-webhooks"), "RetentionInDays": 30}
        ),
        "HttpStage": resource(
            "ApiGatewayV2::Stage",
            {
                "ApiId": ref("HttpApi"),
                "StageName": "$default",
                "AutoDeploy": True,
                "AccessLogSettings": {"DestinationArn": get("AccessLog"), "Format": access},
                "DefaultRouteSettings": {"ThrottlingBurstLimit": 2000, "ThrottlingRateLimit": 1000},
            },
        ),
    }


def outputs() -> Json:
    """Where the webhooks are reached."""
    address = sub("https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}")
    return {"HttpApiId": output(ref("HttpApi"), "the HTTP API"), "WebhookUrl": output(address, "WEBHOOK_URL")}


def routes() -> Json:
    """From each path to its function."""
    made: Json = {}
    for function in FUNCTIONS:
        if isinstance(function.wakes, Route):
            made |= _route(function, function.wakes)
    return made


def _route(function: Function, route: Route) -> Json:
    here = logical(function.name)
    source = sub("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApiId}/*/POST" + route.path)
    return {
        f"{here}Integration": resource(
            "ApiGatewayV2::Integration",
            {
                "ApiId": ref("HttpApiId"),
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": get(here),
                "PayloadFormatVersion": "2.0",
                "TimeoutInMillis": LONGEST_WAIT_MS,
            },
        ),
        f"{here}Route": resource(
            "ApiGatewayV2::Route",
            {
                "ApiId": ref("HttpApiId"),
                "RouteKey": f"POST {route.path}",
                "Target": sub(f"integrations/${{{here}Integration}}"),
            },
        ),
        f"{here}Permission": resource(
            "Lambda::Permission",
            {
                "FunctionName": get(here),
                "Action": "lambda:InvokeFunction",
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": source,
            },
        ),
    }
