import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/**
 * Amazon RDS restores only what is in the Region of the database. A name is one of that Region; ARNs and Regions that are not known yet pass.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html
 */
export function assertOfRegion(database: IConstruct, given = ''): void {
  const { region } = Stack.of(database);
  const of = Token.isUnresolved(given) ? undefined : /^arn:[^:]+:rds:([^:]+):/.exec(given)?.[1];
  if (of !== undefined && !Token.isUnresolved(region) && of !== region) {
    throw new KmsPatternsError('SnapshotOfAnotherRegion',
      `Amazon RDS restores what is in the Region of the database, given: ${given}, for ${region}; `
      + `copy it to ${region} under a key there, and give the name of the copy`, database);
  }
}
