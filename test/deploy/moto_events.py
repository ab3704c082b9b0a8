"""AWS::Events for moto's CloudFormation: its archives read the event pattern as text and take no long names, its buses have no name to refer to."""

import json

from moto.events.models import Archive, EventBus

LONGEST_ARCHIVE_NAME = 48
plain_create = Archive.create_from_cloudformation_json.__func__


def create_archive(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    changed = {**properties, "EventPattern": json.dumps(properties.get("EventPattern", {}))}
    name = resource_name[-LONGEST_ARCHIVE_NAME:]
    return plain_create(cls, name, {**cloudformation_json, "Properties": changed}, account_id, region_name, **kwargs)


Archive.create_from_cloudformation_json = classmethod(create_archive)
EventBus.physical_resource_id = property(lambda self: self.name)
