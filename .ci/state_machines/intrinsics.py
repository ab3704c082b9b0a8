"""The intrinsic functions of CloudFormation, with texts in place of what is known at deployment only."""

import re

PSEUDO_PARAMETERS = {
    "AWS::AccountId": "111122223333",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-2",
    "AWS::StackName": "Stack",
    "AWS::URLSuffix": "amazonaws.com",
}


def resolved(value):
    """A value of a template, in which each intrinsic function has become a text."""
    if isinstance(value, list):
        return [resolved(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(name, argument)] = value.items()
        if name == "Ref":
            return PSEUDO_PARAMETERS.get(argument, argument)
        if name.startswith("Fn::"):
            return _called(name, argument)
    return {key: resolved(each) for key, each in value.items()}


def _called(name, argument):
    if name == "Fn::Join":
        separator, parts = argument
        parts = resolved(parts)
        return separator.join(map(str, parts)) if isinstance(parts, list) else str(parts)
    if name == "Fn::Sub":
        text, names = argument if isinstance(argument, list) else (argument, {})
        return re.sub(r"\$\{([^!}]+)}", lambda found: str(resolved(names.get(found[1], {"Ref": found[1]}))), text)
    if name == "Fn::If":
        return resolved(argument[1])
    if name == "Fn::GetAtt":
        logical_id, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
        return f"arn:aws:service:eu-west-2:111122223333:{logical_id}" if attribute.endswith("Arn") else f"{logical_id}-{attribute}"
    # Fn::GetStackOutput, Fn::ImportValue, Fn::Select and whatever else ends in a text.
    return re.sub(r"\W", "", name)
