"""Database instances for moto's CloudFormation: passwords that Amazon RDS manages, attributes that outputs name, snapshots; and the end of clusters."""

from moto.rds.models import DBInstance, MasterUserSecret, rds_backends
from moto.redshift.models import Cluster, redshift_backends

ATTRIBUTES = {
    "DbiResourceId": lambda instance: instance.dbi_resource_id,
    "MasterUserSecret.SecretArn": lambda instance: instance.master_user_secret.secret_arn,
}

plain_create = DBInstance.create_from_cloudformation_json
plain_attribute = DBInstance.get_cfn_attribute
plain_has_attribute = DBInstance.has_cfn_attr


def create_instance(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
    properties = dict(cloudformation_json["Properties"])
    group = properties.get("DBParameterGroupName")
    properties["DBParameterGroupName"] = getattr(group, "name", group)  # moto hands over the group itself, and wants its name
    if "DBSnapshotIdentifier" in properties:
        snapshot = rds_backends[account_id][region_name].get_db_snapshot(properties["DBSnapshotIdentifier"])
        properties.update(
            KmsKeyId=snapshot.kms_key_id, StorageEncrypted=snapshot.encrypted, MasterUsername=snapshot.database.master_username
        )
    instance = plain_create(resource_name, {**cloudformation_json, "Properties": properties}, account_id, region_name, **kwargs)
    if properties.get("ManageMasterUserPassword"):
        instance.manage_master_user_password = True
        instance.master_user_secret = MasterUserSecret(instance, properties.get("MasterUserSecret", {}).get("KmsKeyId"))
    return instance


def attribute(self, name):
    return ATTRIBUTES[name](self) if name in ATTRIBUTES else plain_attribute(self, name)


# moto's own cluster has neither a name for CloudFormation nor a deletion: it would outlive its stack.
def delete_cluster(self, account_id, region_name):
    redshift_backends[account_id][region_name].delete_cluster(
        cluster_identifier=self.cluster_identifier, skip_final_snapshot=True, final_cluster_snapshot_identifier=None
    )


Cluster.physical_resource_id = property(lambda self: self.cluster_identifier)
Cluster.delete = delete_cluster
DBInstance.create_from_cloudformation_json = classmethod(create_instance)
DBInstance.get_cfn_attribute = attribute
DBInstance.has_cfn_attr = classmethod(lambda cls, name: name in ATTRIBUTES or plain_has_attribute(name))
