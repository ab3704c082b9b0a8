/** Where aws-cdk-lib takes a key, and why no L2 is tried with it. */
export const EXEMPTIONS: Readonly<Record<string, string>> = {
  'aws-ecs InstanceDrainHookProps.topicEncryptionKey': 'not exported; tried with AddAutoScalingGroupCapacityOptions',
  'aws-efs OneZoneFileSystemProps.kmsKey': 'taken by nothing; tried with ReplicationConfiguration.oneZoneFileSystem',
  'aws-efs RegionalFileSystemProps.kmsKey': 'taken by nothing; tried with ReplicationConfiguration.regionalFileSystem',
  'aws-efs ReplicationConfigurationProps.kmsKey': 'taken by an abstract class; tried with its factories',
  'aws-eks ClusterResourceProps.secretsEncryptionKey': 'not exported; tried with ClusterOptions',
  'aws-glue TableClientSideEncryption.kms(key)': 'the client encrypts by itself: it is granted direct use of the CustomerManagedKey',
  'aws-route53 KeySigningKeyProps.kmsKey': 'a key that signs DNSSEC, not one of storage: via() fails with KeyNotForStorage',
  'aws-route53 ZoneSigningOptions.kmsKey': 'a key that signs DNSSEC, not one of storage: via() fails with KeyNotForStorage',
  'aws-stepfunctions-tasks EncryptionConfiguration.encryptionKey':
    'AthenaStartQueryExecution writes the construct itself into the state machine, and fails with every key, kms.Key included',
};
