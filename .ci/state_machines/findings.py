"""What is wrong with the calls of a state machine, by the models of the services that it calls."""

import re

from .definition import calls
from .service_models import api_name, operation_model, sdk_name, service_model

# https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html: those that are of use here.
_OPTIMIZED = {
    "dynamodb": ("dynamodb", {"getItem", "putItem", "updateItem", "deleteItem"}),
    "events": ("eventbridge", {"putEvents"}),
    "lambda": ("lambda", {"invoke"}),
    "sns": ("sns", {"publish"}),
    "sqs": ("sqs", {"sendMessage"}),
    "states": ("sfn", {"startExecution"}),
}
# Texts that an optimized integration takes as JSON.
_JSON = {"Detail", "Input", "Message", "MessageBody", "Payload"}
# https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
_ITEMS = {
    ("ItemReader", "s3:getObject"): ({"Bucket", "Key", "VersionId"}, {"Bucket", "Key"}),
    ("ItemReader", "s3:listObjectsV2"): ({"Bucket", "Prefix"}, {"Bucket"}),
    ("ResultWriter", "s3:putObject"): ({"Bucket", "Prefix"}, {"Bucket"}),
}
_RESOURCE = re.compile(r"arn:[\w-]+:states:::(?:(aws-sdk):)?([\w-]+):(\w+)(\.sync(?::2)?|\.waitForTaskToken)?")
_FUNCTION = re.compile(r"arn:[\w-]+:(?:lambda|service):.*")
_TYPES = {
    "structure": dict, "map": dict, "list": list, "string": str, "character": str, "boolean": bool, "integer": int, "long": int,
    "double": (int, float), "float": (int, float), "timestamp": (str, int, float), "blob": str,
}


def findings(definition):
    """A sentence for each thing that is wrong."""
    if not isinstance(definition, dict) or "States" not in definition:
        return [f"no definition: {str(definition)[:200]}"]
    return [f"{call.place}: {sentence}" for call in calls(definition) for sentence in _of_call(call)]


def _of_call(call):
    found = _RESOURCE.fullmatch(call.resource)
    if not found:
        # A function may be named by its ARN.
        return [] if _FUNCTION.fullmatch(call.resource) else [f"'{call.resource}' is no integration"]
    sdk, service, action, _pattern = found.groups()
    if call.role != "Task":
        return _of_items(call, f"{service}:{action}")
    if not sdk and action not in _OPTIMIZED.get(service, ("", set()))[1]:
        return [f"{service}:{action} is no optimized integration"]
    model = service_model(service if sdk else _OPTIMIZED[service][0])
    operation = model and operation_model(model, action)
    if not operation:
        return [f"there is no {'action ' + action + ' of ' if model else 'service '}{service}"]
    return list(_Arguments(call, sdk).of(operation.input_shape, call.arguments, f"{service}:{action}"))


def _of_items(call, integration):
    known, required = _ITEMS.get((call.role, integration), (None, None))
    if known is None:
        return [f"{integration} is none of the {call.role}s"]
    given = {key.removesuffix(".$") if call.json_path else key for key in call.arguments}
    return [
        *(f"{integration} has no {key}" for key in sorted(given - known)),
        *(f"{integration} lacks {key}" for key in sorted(required - given)),
    ]


class _Arguments:
    """Holds literal arguments against the shape of an input. What a query gives is known at execution only."""

    def __init__(self, call, sdk):
        self.json_path = call.json_path
        self.sdk = sdk

    def of(self, shape, value, place):
        if shape is None:
            return [f"{place} has no parameters"] if value else []
        if self._is_query(value):
            return self._of_query(shape, value, place)
        if not self.sdk and place.rsplit(".", 1)[-1] in _JSON:
            return []
        if not self._is_of(shape, value):
            return [f"{place} is of type {shape.type_name}, given: {value!r}"]
        if shape.type_name == "structure":
            return self._of_structure(shape, value, place)
        if shape.type_name == "list":
            return [each for index, item in enumerate(value) for each in self.of(shape.member, item, f"{place}[{index}]")]
        if shape.type_name == "map":
            return [each for key, item in value.items() for each in self.of(shape.value, item, f"{place}['{key}']")]
        if getattr(shape, "enum", None) and value not in shape.enum:
            return [f"{place} is one of {', '.join(shape.enum)}, given: {value!r}"]
        return []

    def _of_query(self, shape, query, place):
        """The objects that a query makes have names that stand in it; what is missing is known at execution only."""
        if shape.type_name not in ("structure", "list"):
            return []
        names = self._names_in(shape, set())
        given = re.findall(r"""[{,]\s*['"](\w+)['"]\s*:""", query)
        return [f"neither {place} nor what it has in it has {key}" for key in given if names is not None and key not in names]

    def _names_in(self, shape, seen):
        """None where names are open: those in a map, or in a text of JSON, are anybody's."""
        if shape.type_name == "map" or (shape.type_name == "structure" and _JSON.intersection(shape.members)):
            return None
        if shape.type_name == "list":
            return self._names_in(shape.member, seen)
        if shape.type_name != "structure" or shape.name in seen:
            return set()
        seen.add(shape.name)
        inner = [self._names_in(member, seen) for member in shape.members.values()]
        name_of = sdk_name if self.sdk else api_name
        return None if None in inner else {name_of(name) for name in shape.members}.union(*inner)

    def _of_structure(self, shape, value, place):
        name_of = sdk_name if self.sdk else api_name
        members = {name_of(name): name for name in shape.members}
        given = {}
        for key, item in value.items():
            is_path = self.json_path and key.endswith(".$")
            given[key.removesuffix(".$") if is_path else key] = None if is_path else item
        for key, item in given.items():
            if key not in members:
                yield f"{place} has no {key}{self._meant(key, members)}"
            elif item is not None:
                yield from self.of(shape.members[members[key]], item, f"{place}.{key}")
        for name in shape.required_members:
            # The SDK makes up an idempotency token that is not given.
            if name_of(name) not in given and not shape.members[name].metadata.get("idempotencyToken"):
                yield f"{place} lacks {name_of(name)}"

    @staticmethod
    def _meant(key, members):
        near = [name for name in members if name.lower() == key.lower()]
        return f"; write {near[0]}" if near else ""

    def _is_query(self, value):
        if not isinstance(value, str):
            return False
        return value.startswith("States.") if self.json_path else value.startswith("{%") and value.endswith("%}")

    @staticmethod
    def _is_of(shape, value):
        types = _TYPES[shape.type_name]
        return isinstance(value, types) and not (isinstance(value, bool) and types is not bool)
