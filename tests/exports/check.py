"""Checks exported requests against AWS's model of its API, and Terraform files by reading them.

Every enumeration, pattern and length of the model is looked at, which the client itself does not do.
Usage: check.py FOLDER, with requests in folders of FOLDER and `*.terraform` files in it.
"""

import json
import re
import sys
from pathlib import Path

import botocore.session
import hcl2

CALLS = {
    "create-rule-group": "CreateRuleGroup",
    "update-rule-group": "UpdateRuleGroup",
    "create-firewall-policy": "CreateFirewallPolicy",
    "update-firewall-policy": "UpdateFirewallPolicy",
    "update-logging-configuration": "UpdateLoggingConfiguration",
}


def faults(shape, value, at):
    """What the model says against a value, each with its path."""
    limits = shape.metadata
    kind = shape.type_name

    def size(number):
        if not limits.get("min", number) <= number <= limits.get("max", number):
            yield f"{at}: {number} is outside {limits}"

    if kind == "structure":
        if not isinstance(value, dict):
            yield f"{at}: not an object"
            return
        for name in shape.required_members:
            if name not in value:
                yield f"{at}: lacks {name}"
        for name, member in value.items():
            if name in shape.members:
                yield from faults(shape.members[name], member, f"{at}.{name}")
            else:
                yield f"{at}: {name} is unknown"
    elif kind == "list":
        yield from size(len(value))
        for number, member in enumerate(value):
            yield from faults(shape.member, member, f"{at}[{number}]")
    elif kind == "map":
        for name, member in value.items():
            yield from faults(shape.key, name, f"{at}: the name {name}")
            yield from faults(shape.value, member, f"{at}.{name}")
    elif kind == "string":
        if not isinstance(value, str):
            yield f"{at}: not a text"
            return
        yield from size(len(value))
        if "pattern" in limits and not re.search(limits["pattern"], value):
            yield f"{at}: {value[:80]!r} is not {limits['pattern']}"
        if shape.enum and value not in shape.enum:
            yield f"{at}: {value!r} is none of {shape.enum}"
    elif kind in ("integer", "long"):
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"{at}: not a number"
            return
        yield from size(value)


def main(folder):
    model = botocore.session.get_session().get_service_model("network-firewall")
    found, requests, groups = [], 0, 0
    for file in sorted(folder.glob("*/*-*.json")):
        call = next((CALLS[c] for c in CALLS if f"-{c}-" in file.name), None)
        if call is None or file.parent.name == "python":
            continue
        requests += 1
        shape = model.operation_model(call).input_shape
        found += [f"{file}: {fault}" for fault in faults(shape, json.loads(file.read_text()), call)]
    for file in sorted(folder.glob("*.terraform")):
        resources = hcl2.loads(file.read_text())["resource"]
        kinds = [next(iter(resource)).strip('"') for resource in resources]
        groups += kinds.count("aws_networkfirewall_rule_group")
        if kinds.count("aws_networkfirewall_firewall_policy") != 1:
            found.append(f"{file}: not one firewall policy: {kinds}")
    if requests == 0 or groups == 0:
        found.append(f"nothing to check: {requests} requests, {groups} groups")
    print("\n".join(found) or f"{requests} requests and {groups} groups of Terraform are as AWS wants them")
    return 1 if found else 0


sys.exit(main(Path(sys.argv[1])))
