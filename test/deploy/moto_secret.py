"""AWS::SecretsManager::Secret for moto's CloudFormation: without it the outputs that name a secret's ARN are missing."""

import uuid

from moto.core.common_models import CloudFormationModel
from moto.secretsmanager.models import secretsmanager_backends


class CloudFormationSecret(CloudFormationModel):
    __module__ = "moto.secretsmanager"  # moto files its models by the second word

    def __init__(self, secret):
        self.secret = secret

    @property
    def physical_resource_id(self):
        return self.secret.arn

    @staticmethod
    def cloudformation_name_type():
        return "Name"

    @staticmethod
    def cloudformation_type():
        return "AWS::SecretsManager::Secret"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        backend = secretsmanager_backends[account_id][region_name]
        backend.create_secret(
            name=resource_name,
            secret_string=properties.get("SecretString", str(uuid.uuid4())),
            secret_binary=None,
            description=properties.get("Description"),
            tags=properties.get("Tags", []),
            kms_key_id=properties.get("KmsKeyId"),
            client_request_token=None,
            replica_regions=[],
            force_overwrite=False,
        )
        return cls(backend.secrets[resource_name])

    def delete(self, account_id, region_name):
        secretsmanager_backends[account_id][region_name].delete_secret(self.secret.arn, None, True)
