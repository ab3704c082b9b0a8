"""Names of buckets for moto's CloudFormation, which shortens the name of the stack only, and of long logical ids makes names that Amazon S3 refuses."""

from moto.cloudformation import parsing

LONGEST_PART = 24

plain_name = parsing.generate_resource_name


def generate_resource_name(resource_type, stack_name, logical_id):
    if resource_type == "AWS::S3::Bucket":
        return f"{stack_name[:LONGEST_PART]}-{logical_id[:LONGEST_PART]}-{parsing.random_suffix()}".lower()
    return plain_name(resource_type, stack_name, logical_id)


parsing.generate_resource_name = generate_resource_name
