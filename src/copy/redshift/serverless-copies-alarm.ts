import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { Destination } from '../destination';
import { newestCopySearch } from '../newest-copy-search';

/** Copies of a namespace that an alarm is about. */
export interface ServerlessCopies {
  readonly namespace: redshiftserverless.CfnNamespace;
  readonly destination: Destination;
  readonly maxAge: Duration;
}

/**
 * The alarm of copies that Amazon Redshift Serverless tells nobody of. A snapshot is as good as a recovery point.
 *
 * @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListSnapshots.html
 * @see https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListRecoveryPoints.html
 */
export function serverlessCopiesAlarm(copy: Construct, { namespace, destination: { stack, key }, maxAge }: ServerlessCopies): cloudwatch.Alarm {
  const { namespaceName: name } = namespace;
  const { region } = Stack.of(namespace);
  if (Token.isUnresolved(name)) {
    throw new KmsPatternsError('NamespaceNameUnknown',
      'the copies of a namespace are looked for by its name, known before deployment, given: a namespaceName that is known at deployment only; '
      + 'write it out, or leave maxAge out', copy);
  }
  // A namespace that was restored there may have the name of its source, and recovery points of its own.
  const isCopy = `NamespaceName = '${name}' and $contains(NamespaceArn, ':${region}:')`;
  const page = { size: 'MaxResults', marker: 'NextToken' };
  return newestCopySearch(copy, {
    maxAge,
    stack,
    key,
    lists: [
      {
        ...page,
        suffix: 'ForRecoveryPoints',
        call: 'redshiftserverless:listRecoveryPoints',
        list: 'RecoveryPoints',
        isCopy,
        time: 'RecoveryPointCreateTime',
      },
      {
        ...page,
        suffix: 'ForSnapshots',
        call: 'redshiftserverless:listSnapshots',
        list: 'Snapshots',
        isCopy: `${isCopy} and Status = 'AVAILABLE'`,
        time: 'SnapshotCreateTime',
      },
    ],
    statements: [new iam.PolicyStatement({
      // AWS does not say which resources lists are asked for: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftserverless.html
      actions: ['redshift-serverless:ListRecoveryPoints', 'redshift-serverless:ListSnapshots'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': stack.region } },
    })],
    tooFew: `No copy of ${name} from ${region} is`,
  });
}
