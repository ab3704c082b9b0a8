"""Stand-ins for resource types that moto's CloudFormation passes over, so that what refers to their attributes can be deployed.

Nothing is made in a service: the log says of them what it says of every type that moto does not know.
"""

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel

ATTRIBUTES = {
    "AWS::CodeBuild::Project": {"Arn": "arn:aws:codebuild:{region}:{account}:project/{name}"},
    "AWS::CodeConnections::Connection": {"ConnectionArn": "arn:aws:codeconnections:{region}:{account}:connection/{name}"},
    "AWS::DLM::LifecyclePolicy": {"Arn": "arn:aws:dlm:{region}:{account}:policy/{name}"},
    "AWS::KinesisFirehose::DeliveryStream": {"Arn": "arn:aws:firehose:{region}:{account}:deliverystream/{name}"},
    "AWS::OpenSearchService::Domain": {
        "Arn": "arn:aws:es:{region}:{account}:domain/{name}",
        "DomainEndpoint": "vpc-{name}.{region}.es.amazonaws.com",
    },
}


class StandIn:
    resource_type = ""

    def __init__(self, name, account, region):
        self.values = {"name": name, "account": account, "region": region}

    @property
    def physical_resource_id(self):
        return f"stand-in-{self.values['name']}"  # by which the deploy tests tell it from a resource

    @staticmethod
    def cloudformation_name_type():
        return ""

    @classmethod
    def cloudformation_type(cls):
        return cls.resource_type

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in ATTRIBUTES[cls.resource_type]

    def get_cfn_attribute(self, attribute_name):
        return ATTRIBUTES[self.resource_type][attribute_name].format(**self.values)

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        parsing.logger.warning("No Moto CloudFormation support for %s", cls.resource_type)
        return cls(resource_name, account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        return original_resource

    def delete(self, account_id, region_name):
        pass


# moto finds its models among the subclasses, and files them by the second word of their module.
CLASSES = [
    type(name.replace(":", ""), (StandIn, CloudFormationModel), {"__module__": "moto.cloudformation", "resource_type": name})
    for name in ATTRIBUTES
]
