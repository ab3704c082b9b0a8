"""AWS SDK integrations of Amazon EC2 and Amazon RDS for MiniStack's Step Functions, which keeps no keys of copies, and gets types and errors of both services wrong.

They are calls of the endpoint in MOTO_URL, by the models of the services, with the names that AWS SDK for Java has, as AWS Step Functions takes and gives them.
"""

import json
import os
import re
import threading
from functools import lru_cache

import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from ministack.core.responses import get_region
from ministack.services import stepfunctions
from mini_stack_faults import next_of

SERVICES = {"ec2": "Ec2", "rds": "Rds"}

making = threading.Lock()
plain_dispatch = stepfunctions._dispatch_aws_sdk_query


@lru_cache(maxsize=None)
def client_of(service, region):
    return botocore.session.Session().create_client(
        service,
        region,
        endpoint_url=os.environ["MOTO_URL"],
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),  # what is called again is up to the definition
    )


def dispatch(service_info, service, action, arguments):
    if service not in SERVICES:
        return plain_dispatch(service_info, service, action, arguments)
    with making:  # executions are threads
        client = client_of(service, get_region())
    operation = client.meta.service_model.operation_model(action[0].upper() + action[1:])
    parameters = stepfunctions._sdk_json_param_value(arguments or {}, operation.input_shape)
    fault = next_of(operation.name)
    try:
        if fault and not fault.get("after"):
            raise of_fault(fault, operation)
        answer = getattr(client, xform_name(operation.name))(**parameters)
        if fault:
            raise of_fault(fault, operation)
    except ClientError as error:
        raise stepfunctions._ExecutionError(*told(client, service, error.response)) from error
    answer.pop("ResponseMetadata")
    plain = json.loads(json.dumps(answer, default=lambda moment: moment.timestamp()))
    return stepfunctions._sdk_json_value(plain, operation.output_shape) if operation.output_shape else {}


def of_fault(fault, operation):
    response = {"Error": {"Code": fault["code"], "Message": fault["message"]}, "ResponseMetadata": {"HTTPStatusCode": fault["status"]}}
    return ClientError(response, operation.name)


def told(client, service, response):
    """The error and the cause. Errors that a model lacks, as that of Amazon EC2 lacks all, have the name of their service."""
    code, message = response["Error"]["Code"], response["Error"]["Message"]
    shapes = client.meta.service_model
    shape = shapes.shape_for_error_code(code)
    known = shape.name if shape else code if code in shapes.shape_names else SERVICES[service]
    name = stepfunctions._api_name_to_sfn_key(re.sub("(Fault|Exception)$", "", known))
    answer = response["ResponseMetadata"]
    status, request = answer["HTTPStatusCode"], answer.get("RequestId", "")
    cause = f"{message} (Service: {SERVICES[service]}, Status Code: {status}, Request ID: {request}) (SDK Attempt Count: 1)"
    return f"{SERVICES[service]}.{name}Exception", cause


stepfunctions._dispatch_aws_sdk_query = dispatch
