"""The APIs of AWS as botocore has them, under the names that AWS Step Functions uses: those of the AWS SDK for Java 2."""

import gzip
import os
import re
from functools import lru_cache

import botocore
from botocore.loaders import Loader
from botocore.model import ServiceModel

_DATA = os.path.join(os.path.dirname(botocore.__file__), "data")


@lru_cache(maxsize=None)
def _directories():
    """By service id: `CloudWatch Logs` is in `logs`, and `cloudwatchlogs` to AWS Step Functions."""
    found = {}
    for name in os.listdir(_DATA):
        directory = os.path.join(_DATA, name)
        versions = sorted(os.listdir(directory)) if os.path.isdir(directory) else []
        model = os.path.join(directory, versions[-1], "service-2.json.gz") if versions else ""
        if os.path.exists(model):
            with gzip.open(model, "rt", encoding="utf-8") as text:
                service_id = re.search(r'"serviceId"\s*:\s*"([^"]+)"', text.read(8192))
            if service_id:
                found[re.sub(r"[^a-z0-9]", "", service_id[1].lower())] = name
    return found


@lru_cache(maxsize=None)
def service_model(service):
    """The API of a service, or None. The loader adds what `service-2.sdk-extras.json` has, such as the SourceRegion of Amazon RDS."""
    directory = _directories().get(service)
    return ServiceModel(Loader().load_service_model(directory, "service-2"), directory) if directory else None


def operation_model(model, action):
    """An action as AWS Step Functions writes it: `copyDBSnapshot`."""
    by_action = {name[0].lower() + name[1:]: name for name in model.operation_names}
    return model.operation_model(by_action[action]) if action in by_action else None


# The capitals that a name begins with, but for the one that a small letter follows.
_ACRONYM = re.compile(r"^[A-Z]+(?=[A-Z][a-z]|[^A-Za-z]|$)")


def sdk_name(member):
    """A parameter of an AWS SDK integration: `DBSnapshotIdentifier` is `DbSnapshotIdentifier`, `BOOL` is `Bool`, `SourceDBSnapshotIdentifier` stays what it is.

    AWS SDK for Java 2 has `dbSnapshotIdentifier` and `sourceDBSnapshotIdentifier`, whose first letter AWS Step Functions writes as a capital:
    https://sdk.amazonaws.com/java/api/latest/software/amazon/awssdk/services/rds/model/CopyDbSnapshotRequest.html
    """
    return _ACRONYM.sub(lambda acronym: acronym[0].capitalize(), member[0].upper() + member[1:])


def api_name(member):
    """A parameter of an optimized integration: that of the API, its first letter a capital."""
    return member[0].upper() + member[1:]
