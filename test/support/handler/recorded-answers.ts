import { RecordedAnswer } from './faulty-endpoint';

/** An error of a service with the JSON protocol. */
export function jsonError(name: string, message: string, status = 400): RecordedAnswer {
  return { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: name, message }) };
}

/** An error of Amazon EC2. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function ec2Error(name: string, message: string, status: number): RecordedAnswer {
  const body = `<Response><Errors><Error><Code>${name}</Code><Message>${message}</Message></Error></Errors><RequestID>0f9b04ee-ab13-4f35-a2b2-d0902bfe6a1e</RequestID></Response>`;
  return { status, type: 'text/xml', body };
}

export const EC2_THROTTLED = ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503);
export const EC2_DENIED = ec2Error('UnauthorizedOperation', 'You are not authorized to perform this operation. Encoded authorization failure message: '
  + `${'x'.repeat(1500)}`, 403);

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
export function stackResourceIn(status: string): RecordedAnswer {
  return {
    status: 200,
    type: 'text/xml',
    body: '<DescribeStackResourceResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStackResourceResult><StackResourceDetail>'
      + `<LogicalResourceId>Encryption</LogicalResourceId><ResourceStatus>${status}</ResourceStatus><LastUpdatedTimestamp>2026-11-23T00:00:00Z</LastUpdatedTimestamp>`
      + '</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>',
  };
}

export const THROTTLED = jsonError('ThrottlingException', 'Rate exceeded');
export const CHANGING = jsonError('TooManyUpdates', 'There are concurrent updates for a resource that supports one update at a time.');

export function denied(action: string): RecordedAnswer {
  return jsonError('AccessDeniedException', `User: arn:aws:sts::123456789012:assumed-role/Writer/Token is not authorized to perform: ${action}`);
}

/** moto and MiniStack write parameters under keys that are disabled. The message is one of AWS KMS within one of Parameter Store. */
export function keyDisabled(keyArn: string): RecordedAnswer {
  return jsonError('InvalidKeyId', `${keyArn} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; `
    + 'Request ID: 0f9b04ee-ab13-4f35-a2b2-d0902bfe6a1e; Proxy: null)');
}

/** moto and MiniStack make standard parameters of advanced ones. */
export const NO_DOWNGRADE = jsonError('ValidationException', 'This parameter uses the advanced-parameter tier. You can\'t downgrade a parameter '
  + 'from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.');

/** The stack that these tests play: moto has none of that name. */
export function stackIn(status: string): RecordedAnswer {
  return {
    status: 200,
    type: 'text/xml',
    body: '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>'
      + `<StackName>Billing</StackName><StackStatus>${status}</StackStatus><CreationTime>2026-11-23T00:00:00Z</CreationTime>`
      + '</member></Stacks></DescribeStacksResult></DescribeStacksResponse>',
  };
}

export const ROLE_MISSING: RecordedAnswer = {
  status: 403,
  type: 'text/xml',
  body: '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: '
    + 'arn:aws:sts::123456789012:assumed-role/Function/f is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/Writer'
    + '</Message></Error><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ErrorResponse>',
};
