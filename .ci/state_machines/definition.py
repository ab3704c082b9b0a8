"""What stands in the definition of a state machine: its tasks, in nested maps and branches too."""

import json
from dataclasses import dataclass

from .intrinsics import resolved


@dataclass(frozen=True)
class Call:
    """A call of a service, with its arguments, or those of what reads or writes the items of a distributed map."""

    place: str
    resource: str
    arguments: object
    json_path: bool
    role: str = "Task"


def definitions(template):
    """Of each state machine of a template: its logical id and its definition, or the text that is none."""
    for logical_id, resource in template.get("Resources", {}).items():
        if resource.get("Type") == "AWS::StepFunctions::StateMachine":
            properties = resource.get("Properties", {})
            yield logical_id, _definition(properties)


def _definition(properties):
    substitutions = resolved(properties.get("DefinitionSubstitutions", {}))
    definition = resolved(properties.get("DefinitionString", properties.get("Definition", "")))
    text = definition if isinstance(definition, str) else json.dumps(definition)
    for name, value in substitutions.items():
        text = text.replace("${" + name + "}", str(value))
    try:
        return json.loads(text)
    except ValueError:
        return text


def calls(definition, place="", json_path=True):
    """Every call of a definition."""
    json_path = definition.get("QueryLanguage", "JSONPath" if json_path else "JSONata") == "JSONPath"
    for name, state in definition.get("States", {}).items():
        here = f"{place}/{name}"
        by_path = state["QueryLanguage"] == "JSONPath" if "QueryLanguage" in state else json_path
        arguments = "Parameters" if by_path else "Arguments"
        if state.get("Type") == "Task":
            yield Call(here, state.get("Resource", ""), state.get(arguments, {}), by_path)
        for role in ("ItemReader", "ResultWriter"):
            if "Resource" in state.get(role, {}):
                yield Call(f"{here}/{role}", state[role]["Resource"], state[role].get(arguments, {}), by_path, role)
        for inner in (state.get("ItemProcessor"), state.get("Iterator"), *state.get("Branches", [])):
            if inner:
                yield from calls(inner, here, json_path)
