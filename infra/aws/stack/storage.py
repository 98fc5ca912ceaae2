"""Buckets: the week's pictures, which the carrier fetches once, and reports on paper."""

from infra.aws.functions import BUCKETS
from infra.aws.stack.words import Json, get, logical, output, ref, resource

DAYS = {"pictures": 30, "reports": 365}
"""How long each is kept. A picture is fetched within hours of its text; a report can be written anew."""
FORGOTTEN = {"pictures": "weeks/"}
"""What alone is forgotten where not all is: the photos that clients sent stay as long as their texts."""


def buckets() -> Json:
    """Every bucket and the rule that it is spoken to over TLS only."""
    made: Json = {}
    for name in BUCKETS:
        made[logical(name, "bucket")] = _bucket(name)
        made[logical(name, "bucket", "policy")] = _over_tls_only(logical(name, "bucket"))
    return made


def outputs() -> Json:
    """What the buckets are called."""
    return {f"{logical(name, 'bucket')}": output(ref(logical(name, "bucket")), name) for name in BUCKETS}


def _bucket(name: str) -> Json:
    properties = {
        "BucketEncryption": {
            "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        },
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        },
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "LifecycleConfiguration": {
            "Rules": [
                {
                    "Id": "forget",
                    "Status": "Enabled",
                    **({"Prefix": FORGOTTEN[name]} if name in FORGOTTEN else {}),
                    "ExpirationInDays": DAYS[name],
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
                }
            ]
        },
    }
    return resource("S3::Bucket", properties, DeletionPolicy="Retain", UpdateReplacePolicy="Retain")


def _over_tls_only(bucket: str) -> Json:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [get(bucket), {"Fn::Sub": f"${{{bucket}.Arn}}/*"}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return resource("S3::BucketPolicy", {"Bucket": ref(bucket), "PolicyDocument": document})
