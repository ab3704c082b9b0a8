"""Names for moto's CloudFormation, which shortens none, or the name of the stack only: of long logical ids it makes names that the services refuse."""

from moto.cloudformation import parsing

LONGEST_PART = 24
SHORTENED = ("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::StepFunctions::StateMachine")

plain_name = parsing.generate_resource_name


def generate_resource_name(resource_type, stack_name, logical_id):
    if resource_type not in SHORTENED:
        return plain_name(resource_type, stack_name, logical_id)
    name = f"{stack_name[:LONGEST_PART]}-{logical_id[:LONGEST_PART]}-{parsing.random_suffix()}"
    return name.lower() if resource_type == "AWS::S3::Bucket" else name


parsing.generate_resource_name = generate_resource_name
