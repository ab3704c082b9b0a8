import { type TemplateResource } from '../deploy/template';

const KEY_POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }] };

/** For each control over encryption, by its name, a resource that it must find. */
export const BAD_RESOURCES: Readonly<Record<string, TemplateResource>> = {
  'CT.CLOUDTRAIL.PR.1': { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true, S3BucketName: 'trail' } },
  'CT.CLOUDTRAIL.PR.4': { Type: 'AWS::CloudTrail::EventDataStore', Properties: {} },
  'CT.EC2.PR.7': { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'eu-west-2a', Size: 10, Encrypted: false } },
  'CT.EC2.PR.14': {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: { LaunchTemplateData: { BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 10 } }] } },
  },
  'CT.KMS.PR.1': { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: KEY_POLICY } },
  'CT.KMS.PR.2': { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: KEY_POLICY, KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' } },
  'CT.KMS.PR.3': { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: KEY_POLICY, EnableKeyRotation: true } },
  'CT.RDS.PR.16': { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } },
  'CT.RDS.PR.24': { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', StorageEncrypted: false } },
  'CT.RDS.PR.30': { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', StorageEncrypted: true } },
  'CT.REDSHIFT.PR.8': { Type: 'AWS::Redshift::Cluster', Properties: { ClusterType: 'multi-node' } },
  'CT.REDSHIFT.PR.9': { Type: 'AWS::Redshift::ClusterParameterGroup', Properties: { ParameterGroupFamily: 'redshift-1.0' } },
  'CT.S3.PR.10': {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } },
  },
};
