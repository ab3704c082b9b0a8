"""AWS::Redshift::SnapshotCopyGrant for moto's CloudFormation, which has the API alone."""

from moto.core.common_models import CloudFormationModel
from moto.redshift.models import redshift_backends


class CloudFormationCopyGrant(CloudFormationModel):
    __module__ = "moto.redshift"  # moto files its models by the second word

    def __init__(self, name):
        self.physical_resource_id = name

    @staticmethod
    def cloudformation_name_type():
        return "SnapshotCopyGrantName"

    @staticmethod
    def cloudformation_type():
        return "AWS::Redshift::SnapshotCopyGrant"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        redshift_backends[account_id][region_name].create_snapshot_copy_grant(
            snapshot_copy_grant_name=resource_name, kms_key_id=properties["KmsKeyId"]
        )
        return cls(resource_name)

    def delete(self, account_id, region_name):
        redshift_backends[account_id][region_name].delete_snapshot_copy_grant(snapshot_copy_grant_name=self.physical_resource_id)
