"""AWS::IAM::ServiceLinkedRole for moto's CloudFormation: without it the ARNs that are put together from a role's name are errors."""

from moto.core.common_models import CloudFormationModel
from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition


class CloudFormationServiceLinkedRole(CloudFormationModel):
    __module__ = "moto.iam"  # moto files its models by the second word

    def __init__(self, role):
        self.role = role

    @property
    def physical_resource_id(self):
        return self.role.name

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::IAM::ServiceLinkedRole"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "RoleName"

    def get_cfn_attribute(self, attribute_name):
        return self.role.name

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        properties = cloudformation_json["Properties"]
        backend = iam_backends[account_id][get_partition(region_name)]
        return cls(backend.create_service_linked_role(properties["AWSServiceName"], properties.get("Description"), properties.get("CustomSuffix")))

    def delete(self, account_id, region_name):
        iam_backends[account_id][get_partition(region_name)].delete_service_linked_role(self.role.name)
