import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { policySize } from '../../key/policy-size';
import { acknowledge, wildcardsOf } from '../../private/acknowledgement';

/** Of a managed policy. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LARGEST_BOUNDARY = 6144;

/**
 * The most that the role which copies may ever do, whatever is attached to it: its policy alone gives it that, and what AWS CDK adds for logs, traces and keys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function copierBoundary(scope: Construct, id: string, statements: iam.PolicyStatement[], keyArn: string): iam.ManagedPolicy {
  const boundary = new iam.ManagedPolicy(scope, id, {
    description: `The most that ${scope.node.path} may do`.slice(0, 1000),
    statements: [
      ...statements,
      new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'], resources: [keyArn] }),
      new iam.PolicyStatement({
        actions: [
          'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery',
          'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
          'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
        ],
        resources: ['*'],
      }),
    ],
  });
  boundary.node.addValidation({
    validate: () => {
      const size = policySize(boundary, boundary.document);
      return size <= LARGEST_BOUNDARY ? [] : [
        `BoundaryTooLarge: the permissions boundary of what copies has ${size} characters, and IAM takes ${LARGEST_BOUNDARY}; `
        + 'name the sourceKeys by fewer aliases, such as SourceKeys.withAliases(\'data/*\'), or give a permissionsBoundary',
      ];
    },
  });
  acknowledge(boundary, 'A boundary gives nothing, and is as narrow as the policy of the role.', ['AwsSolutions-IAM5[Resource::*]', ...wildcardsOf(scope, statements)]);
  return boundary;
}
