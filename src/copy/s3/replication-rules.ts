import { isDeepStrictEqual } from 'node:util';
import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ReplicaBucket } from './bucket-destination';
import { acknowledge, inPacks } from '../../private/acknowledgement';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { templateProperties } from '../../private/template-properties';
import { EncryptedBucket } from '../../resource/encrypted-bucket';

const ID = 'Replication';

/** A rule, and what it must still say at deployment. */
interface Promised {
  readonly rule: s3.CfnBucket.ReplicationRuleProperty;
  readonly bucketArn: string;
  readonly keyArn: string;
}

/** The replication configuration of a bucket, which has one, for all of its destinations, with one role. */
export class ReplicationRules extends Construct {
  /** The one of a bucket: made once, found again. */
  public static of(copy: Construct, source: EncryptedBucket): ReplicationRules {
    const known = source.node.tryFindChild(ID);
    const bucket = source.bucket.node.defaultChild as s3.CfnBucket;
    if (!known && bucket.replicationConfiguration === undefined) {
      return new ReplicationRules(source, bucket);
    }
    if (!(known instanceof ReplicationRules)) {
      throw new KmsPatternsError('ReplicationConfiguredTwice',
        `a bucket has one replication configuration, given: another for ${bucket.node.path}; write its rules as BucketReplication, too`, copy);
    }
    return known;
  }

  /** The role that Amazon S3 replicates with. */
  public readonly role: iam.Role;
  /** The Regions that the bucket is replicated to already. */
  public readonly regions: string[] = [];
  private readonly rules: Promised[] = [];

  private constructor(source: EncryptedBucket, private readonly bucket: s3.CfnBucket) {
    super(source, ID);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'), description: `Replicates the objects of ${source.node.path}`.slice(0, 1000),
    });
    acknowledge(this.role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
    bucket.replicationConfiguration = { role: this.role.roleArn, rules: Lazy.any({ produce: () => this.rules.map(({ rule }) => rule) }) };
    this.node.addValidation({ validate: () => this.undone() });
  }

  public add({ arn, key, region }: ReplicaBucket, rule: (priority: number) => s3.CfnBucket.ReplicationRuleProperty): void {
    this.regions.push(region);
    this.rules.push({ rule: rule(this.rules.length + 1), bucketArn: arn, keyArn: key.keyArn });
  }

  /** What aspects, mixins and escape hatches changed, in the words of an error. */
  private undone(): string[] {
    const { ReplicationConfiguration: { Role, Rules = [] } = {} as any, VersioningConfiguration } = templateProperties(this.bucket);
    const kept = this.isSame(Role, this.role.roleArn) && this.rules.every((promised) => Rules.some((rule: any) => this.keeps(rule, promised)));
    return [
      ...kept ? [] : [
        `ReplicationUndone: an aspect, a mixin or an override changed ReplicationConfiguration of ${this.bucket.node.path}; `
        + 'leave this bucket out of it, or give what you want to BucketReplication',
      ],
      ...VersioningConfiguration?.Status === 'Enabled' ? [] : [versionsLost(this.bucket)],
    ];
  }

  private keeps({ Id, Status, SourceSelectionCriteria, Destination }: any, { rule, bucketArn, keyArn }: Promised): boolean {
    return Id === rule.id && Status === 'Enabled' && SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled'
      && this.isSame(Destination?.Bucket, bucketArn) && this.isSame(Destination?.EncryptionConfiguration?.ReplicaKmsKeyID, keyArn);
  }

  private isSame(found: unknown, promised: string): boolean {
    return isDeepStrictEqual(found, Stack.of(this).resolve(promised));
  }
}

/** In the words of an error. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html */
export function versionsLost(bucket: s3.CfnBucket): string {
  return `VersionsNotKept: Amazon S3 replicates between buckets that keep all versions, given: ${bucket.node.path}, whose VersioningConfiguration was changed; `
    + 'leave it out of the aspect, mixin or override';
}
