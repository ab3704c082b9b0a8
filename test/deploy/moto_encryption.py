"""Keys of tables and repositories for moto's CloudFormation, which hands them on in the words of templates, where its services expect those of their API."""

from moto.dynamodb.models.table import Table
from moto.ecr.models import Repository


def translate(model, property_name, words):
    plain_create = model.create_from_cloudformation_json.__func__

    def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = dict(cloudformation_json["Properties"])
        if property_name in properties:
            properties[property_name] = {words.get(word, word): value for word, value in properties[property_name].items()}
        return plain_create(cls, resource_name, {**cloudformation_json, "Properties": properties}, account_id, region_name, **kwargs)

    model.create_from_cloudformation_json = classmethod(create)


translate(Table, "SSESpecification", {"SSEEnabled": "Enabled"})
translate(Repository, "EncryptionConfiguration", {"EncryptionType": "encryptionType", "KmsKey": "kmsKey"})
