/** What becomes of a fact that no page confirms: an operation shows it, or the probe cannot, for a reason. */
export type Answer = { readonly by: readonly string[] } | { readonly unprovable: string };

export interface UnconfirmedFact {
  /** Words of the sentence in the catalogue that no other sentence of the service has. */
  readonly fact: string;
  readonly answer: Answer;
}

const by = (...operations: string[]): Answer => ({ by: operations });
const unprovable = (why: string): Answer => ({ unprovable: why });

const NOT_RECORDED = unprovable('AWS CloudTrail does not record which condition keys a service sends');
const OUR_CHOICE = unprovable('a choice of ours: what AWS does is known');
const CHINA = unprovable('it is of the China Regions: run the probe there');
const NOT_OF_KMS = unprovable('it is not about calls of AWS KMS, which are all that the probe looks at');
const NOT_MADE = unprovable('the probe makes no such resource, which takes long, costs much or needs a network');

/** Every sentence of `unconfirmed` in the catalogue, by the id of its service. */
export const UNCONFIRMED: Readonly<Record<string, readonly UnconfirmedFact[]>> = {
  AutoScaling: [{ fact: 'AWS prints the service-linked role', answer: OUR_CHOICE }],
  Backup: [
    { fact: 'prints the key of the encryption context', answer: by('backup-copy') },
    { fact: 'backup.*.amazonaws.com', answer: by('backup-copy') },
    { fact: 'A copy to another account', answer: unprovable('it takes a second account') },
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
    { fact: 'in which Region AWS Backup tells', answer: NOT_OF_KMS },
  ],
  CloudFront: [
    { fact: 'the ARN of one distribution', answer: OUR_CHOICE },
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
  ],
  CloudWatchAlarms: [{ fact: 'aws:SourceAccount', answer: NOT_RECORDED }],
  CloudWatchLogs: [
    { fact: 'which calls fail without them', answer: by('log-group') },
    { fact: 'China Regions', answer: CHINA },
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
  ],
  DynamoDb: [{ fact: 'kms:GrantIsForAWSResource', answer: by('table') }],
  Ebs: [{ fact: 'creating a snapshot under the key of its volume', answer: by('ebs-copy') }],
  EbsCopies: [
    { fact: 'on the key of the source, and which on that of the copy', answer: by('ebs-copy') },
    { fact: 'which Region the `kms:ViaService`', answer: by('ebs-copy') }, // With --narrow.
    { fact: 'Amazon Data Lifecycle Manager; its copies', answer: by('dlm-copy') },
  ],
  Ec2Fleet: [{ fact: 'grant to the service-linked role', answer: OUR_CHOICE }],
  Ec2Spot: [
    { fact: 'grant to the service-linked role', answer: OUR_CHOICE },
    { fact: 'Spot Instances of an Auto Scaling group', answer: by('spot-group') },
  ],
  Ec2SpotFleet: [{ fact: 'grant to the service-linked role', answer: OUR_CHOICE }],
  Ecr: [{ fact: 'kms:GrantIsForAWSResource', answer: by('repository') }],
  Efs: [{ fact: 'kms:GrantIsForAWSResource', answer: by('backup-copy') }],
  ElastiCache: [
    { fact: 'lists no action of its caller', answer: by('cache') },
    { fact: 'kms:GrantIsForAWSResource', answer: by('cache') },
  ],
  EventBus: [
    { fact: 'none for archives', answer: by('event-bus') },
    { fact: 'what callers need for an archive', answer: by('event-bus') },
  ],
  Firehose: [
    { fact: 'lists no other action', answer: by('delivery-stream') },
    { fact: 'kms:GrantIsForAWSResource', answer: by('delivery-stream') },
  ],
  Lambda: [
    { fact: 'come through AWS CloudFormation', answer: by('function') },
    { fact: 'dies with the execution role', answer: by('function') },
    { fact: 'kms:GrantIsForAWSResource', answer: by('function') },
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
    { fact: 'China Regions', answer: CHINA },
    { fact: 'capacity providers and web functions', answer: NOT_MADE },
  ],
  OpenSearch: [
    { fact: 'permission to create grants', answer: by('domain') },
    { fact: 'cannot change the key of a domain', answer: by('domain') },
  ],
  Rds: [{ fact: 'kms:GrantIsForAWSResource', answer: by('rds-copy', 'aurora-copy') }],
  RdsCopies: [
    { fact: 'replication of automated backups', answer: by('rds-copy') },
    { fact: 'names the key of replicated backups', answer: NOT_OF_KMS },
    { fact: 'a grant on both', answer: by('rds-copy', 'aurora-copy') },
  ],
  RdsMasterSecret: [
    { fact: 'through Amazon RDS or through AWS Secrets Manager', answer: by('rds-copy', 'aurora-copy') },
    { fact: 'cannot change the key of a managed secret', answer: NOT_OF_KMS },
  ],
  Redshift: [
    { fact: 'a snapshot copy grant', answer: by('redshift-copy') },
    { fact: 'The page of the Data API', answer: by('redshift-copy') },
  ],
  RedshiftAdminSecret: [
    { fact: 'the actions on the key of a managed admin password', answer: by('redshift-copy') },
    { fact: 'how the secret of a namespace is named', answer: by('serverless-copy') },
  ],
  RedshiftServerless: [
    { fact: 'copies of snapshots in another Region', answer: by('serverless-copy') },
    { fact: '`ListSnapshots` and `ListRecoveryPoints`', answer: by('serverless-copy') },
    { fact: 'through which of its two names', answer: by('serverless-copy') },
    { fact: 'no page prints another one for namespaces', answer: by('serverless-copy') },
    { fact: 'namespace:ID', answer: by('serverless-copy') },
  ],
  S3: [{ fact: 'aws:SourceAccount', answer: NOT_RECORDED }],
  S3Replication: [
    { fact: 'One page asks for GenerateDataKey', answer: by('s3-replication') },
    { fact: 'Batch Replication', answer: by('s3-batch') },
  ],
  SecretsManager: [{ fact: 'with whose credentials a changed value reaches its replicas', answer: by('secret-replica') }],
  Sns: [
    { fact: 'which encryption context', answer: by('messages') },
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
  ],
  Sqs: [
    { fact: 'which encryption context', answer: by('messages') },
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
  ],
  StepFunctions: [
    { fact: 'aws:SourceAccount', answer: NOT_RECORDED },
    { fact: 'calls AWS KMS by itself for activities', answer: by('activity') },
  ],
};
