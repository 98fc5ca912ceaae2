"""CloudFormation's own words, and how we name things in it."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]


def ref(name: str) -> Json:
    """The thing itself, or a parameter's value."""
    return {"Ref": name}


def get(name: str, attribute: str = "Arn") -> Json:
    """An attribute of a resource."""
    return {"Fn::GetAtt": [name, attribute]}


def sub(text: str) -> Json:
    """A text with ${names} filled in."""
    return {"Fn::Sub": text}


def resource(kind: str, properties: Mapping[str, Any], **more: Any) -> Json:
    """One resource; `more` are its attributes, such as DependsOn."""
    return {"Type": f"AWS::{kind}", "Properties": dict(properties), **more}


def logical(*names: str) -> str:
    """A logical id: receive_sms, role -> ReceiveSmsRole."""
    return "".join(part.capitalize() for name in names for part in name.replace("-", "_").split("_"))


def allow(actions: Sequence[str], *resources: Any) -> Json:
    """One statement of a policy. Whatever it allows, it allows on something named."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources)}


def policy(*statements: Json) -> Json:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def role_for(service: str) -> Json:
    """Who may take on a role."""
    trust = {"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"Service": f"{service}.amazonaws.com"}}
    return policy(trust)


def output(value: Any, description: str) -> Json:
    """One output."""
    return {"Value": value, "Description": description}


def template(description: str, parameters: Json, resources: Json, outputs: Json) -> Json:
    """A whole template; parts that are empty are left out, as CloudFormation wants it."""
    parts = {"Parameters": parameters, "Resources": resources, "Outputs": outputs}
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": description,
        **{name: part for name, part in parts.items() if part},
    }
