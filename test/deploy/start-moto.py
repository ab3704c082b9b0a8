"""Starts moto on loopback, with the few CloudFormation properties handed on that its models drop and the deploy tests read back.

Usage: start-moto.py PORT. It stops when its standard input closes.
"""

import json
import sys

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel
from moto.ec2.models import ec2_backends
from moto.ec2.models.elastic_block_store import Volume, VolumeAttachment
from moto.ec2.models.route_tables import RouteTable
from moto.kms.models import Key, kms_backends
from moto.kms.responses import KmsResponse
from moto.logs.models import LogGroup, logs_backends
from moto.s3 import models as s3_models
from moto.server import main
import moto_databases  # noqa: F401 - completes moto's model
import moto_encryption  # noqa: F401 - completes moto's models
import moto_events  # noqa: F401 - completes moto's models
import moto_keys  # noqa: F401 - completes moto's models
import moto_names  # noqa: F401 - completes moto's CloudFormation
import moto_replication  # noqa: F401 - completes moto's model
import moto_snapshots  # noqa: F401 - completes moto's models
import moto_stand_ins  # noqa: F401 - moto finds them among the subclasses of its model
from moto_copy_grant import CloudFormationCopyGrant  # noqa: F401 - moto finds it among the subclasses of its model
from moto_secret import CloudFormationSecret  # noqa: F401 - as the grant
from moto_service_linked_role import CloudFormationServiceLinkedRole  # noqa: F401 - as the grant
from stop_with_parent import stop_with_parent

KMS_DEFAULT_ROTATION_DAYS = 365


def create_volume(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    return ec2_backends[account_id][region_name].create_volume(
        size=properties.get("Size"),
        zone_name=properties.get("AvailabilityZone"),
        snapshot_id=properties.get("SnapshotId"),
        encrypted=properties.get("Encrypted", False),
        kms_key_id=properties.get("KmsKeyId"),
        volume_type=properties.get("VolumeType"),
    )


# moto's own volume has no deletion: it would outlive its stack, attached for ever.
def delete_volume(self, account_id, region_name):
    self.ec2_backend.delete_volume(self.id)


def delete_volume_attachment(self, account_id, region_name):
    if self.volume.attachment is self:  # else its instance was terminated first
        self.volume.ec2_backend.detach_volume(self.volume_id, self.instance_id, self.device)


# The same for a route table and its associations, for want of which no VPC can be destroyed.
def delete_route_table(self, account_id, region_name):
    self._associations.clear()
    self.ec2_backend.delete_route_table(self.id)


def create_log_group(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = dict(cloudformation_json["Properties"])
    tags = {tag["Key"]: tag["Value"] for tag in properties.pop("Tags", [])}
    # The API's spelling is the only one that moto's log group reads.
    properties["kmsKeyId"] = properties.pop("KmsKeyId", None)
    return logs_backends[account_id][region_name].create_log_group(resource_name, tags, **properties)


def configure_key(key, properties):
    # GetKeyPolicy returns text; moto would keep, and return, the object of the template.
    key.policy = json.dumps(properties["KeyPolicy"])
    key.description = properties.get("Description", "")
    key.enabled = properties.get("Enabled", True)
    key.key_rotation_status = properties.get("EnableKeyRotation", False)
    key.rotation_period_in_days = int(properties.get("RotationPeriodInDays", KMS_DEFAULT_ROTATION_DAYS))
    return key


def create_key(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = cloudformation_json["Properties"]
    key = kms_backends[account_id][region_name].create_key(
        policy=None,
        key_usage=properties.get("KeyUsage", "ENCRYPT_DECRYPT"),
        key_spec=properties.get("KeySpec", "SYMMETRIC_DEFAULT"),
        description=properties.get("Description"),
        tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])],
        multi_region=properties.get("MultiRegion", False),
        origin=properties.get("Origin", "AWS_KMS"),
    )
    return configure_key(key, properties)


def update_key(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
    # Without this, moto forgets a key when its stack is updated.
    return configure_key(original_resource, cloudformation_json["Properties"])


def get_key_rotation_status(self):
    key = self.kms_backend.describe_key(self._get_param("KeyId"))
    status = {"KeyId": key.arn, "KeyRotationEnabled": key.key_rotation_status}
    if key.key_rotation_status:
        status["RotationPeriodInDays"] = getattr(key, "rotation_period_in_days", KMS_DEFAULT_ROTATION_DAYS)
    return json.dumps(status)


plain_bucket_encryption = s3_models.cfn_to_api_encryption


def bucket_encryption(properties):
    encryption = plain_bucket_encryption(properties)
    encryption["Rule"]["BucketKeyEnabled"] = properties["ServerSideEncryptionConfiguration"][0].get("BucketKeyEnabled", False)
    return encryption


plain_delete = parsing.ResourceMap.delete


def delete_resources(self):
    # Only a creation that fails makes a difference between the two, and moto knows the first one alone.
    for resource in self._resource_json_map.values():
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"
    plain_delete(self)


class NamedParameter(CloudFormationModel):
    """What outputs refer to by its name; nothing is made. MiniStack runs the function."""

    __module__ = "moto.ssm"  # moto files its models by the second word

    def __init__(self, name):
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "Custom::SecureStringParameter"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        return cls(cloudformation_json["Properties"]["ParameterName"])

    def delete(self, account_id, region_name):
        pass


plain_resource_class = parsing.resource_class_from_type


def resource_class(resource_type):
    # moto would run the handler of a custom resource in Docker, and where there is none leave the stack in progress for ever.
    if resource_type.startswith("Custom::"):
        parsing.logger.warning("No Moto CloudFormation support for %s", resource_type)
        return NamedParameter if resource_type == "Custom::SecureStringParameter" else None
    return plain_resource_class(resource_type)


Volume.create_from_cloudformation_json = classmethod(create_volume)
Volume.delete = delete_volume
VolumeAttachment.delete = delete_volume_attachment
RouteTable.delete = delete_route_table
LogGroup.create_from_cloudformation_json = classmethod(create_log_group)
Key.create_from_cloudformation_json = classmethod(create_key)
Key.update_from_cloudformation_json = classmethod(update_key)
KmsResponse.get_key_rotation_status = get_key_rotation_status
s3_models.cfn_to_api_encryption = bucket_encryption
parsing.ResourceMap.delete = delete_resources
parsing.resource_class_from_type = resource_class

stop_with_parent()
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
