import { AccessModel } from '../../src/access/access-model';
import { keyUses } from '../../src/access/key-uses';
import { roleUses } from '../../src/access/role-uses';
import { serviceGrants } from '../../src/access/service-grants';
import { readTemplate } from '../../src/access/template/template';
import { A, policy, World, worldModel } from '../support/access-world';
import { DELEGATED, GRANTS_VIA_EC2, keyAllows } from './golden/statements';

const ARN = { 'Fn::GetAtt': ['K', 'Arn'] };
const resource = (Type: string, Properties: object, more: object = {}) => ({ X: { Type, Properties, ...more } });

describe('a resource names the key', () => {
  test.each<[string, object, string, string?]>([
    ['by its ARN, where the catalogue says so', resource('AWS::EC2::Volume', { KmsKeyId: ARN }), 'KmsKeyId', 'Amazon EBS'],
    ['by its id', resource('AWS::SecretsManager::Secret', { KmsKeyId: { Ref: 'K' } }), 'KmsKeyId', 'AWS Secrets Manager'],
    ['in a list', resource('AWS::EC2::Instance', { BlockDeviceMappings: [{ Ebs: { Encrypted: true } }, { Ebs: { KmsKeyId: ARN } }] }),
      'BlockDeviceMappings.Ebs.KmsKeyId', 'Amazon EBS'],
    ['by its alias', resource('AWS::SQS::Queue', { KmsMasterKeyId: 'alias/app' }), 'KmsMasterKeyId', 'Amazon SQS'],
    ['by a reference to its alias', resource('AWS::SQS::Queue', { KmsMasterKeyId: { Ref: 'Alias' } }), 'KmsMasterKeyId', 'Amazon SQS'],
    ['by the ARN of its alias', resource('AWS::Logs::LogGroup', { KmsKeyId: { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/app' } }),
      'KmsKeyId', 'Amazon CloudWatch Logs'],
    ['by an import', resource('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::ImportValue': 'KeyArn' } }), 'KmsMasterKeyId', 'Amazon SNS'],
    ['in a type that the catalogue does not know', resource('AWS::MSK::Cluster', { EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: ARN } } }),
      'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId'],
    ['around which the encryption is', resource('AWS::QLDB::Ledger', { StreamEncryption: { KeyId: ARN } }), 'StreamEncryption.KeyId'],
    ['in a rule of Data Lifecycle Manager', resource('AWS::DLM::LifecyclePolicy', { PolicyDetails: { Schedules: [{ CrossRegionCopyRules: [{ CmkArn: ARN }] }] } }),
      'PolicyDetails.Schedules.CrossRegionCopyRules.CmkArn', 'Amazon EBS copies'],
    ['in a custom resource', resource('Custom::Parameter', { EncryptionKey: ARN }), 'EncryptionKey'],
  ])('%s', (...[, resources, property, service]) => {
    const alias = { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/app', TargetKeyId: { Ref: 'K' } } } };
    const model = worldModel({ resources: { ...alias, ...resources } });
    expect(keyUses(model, model.key('K')).map((use) => [use.stack, use.logicalId, use.property, use.service?.facts.name, use.sure]))
      .toEqual([['Keys', 'X', property, service, true]]);
  });

  test.each<[string, object]>([
    ['of another key', resource('AWS::EC2::Volume', { KmsKeyId: { Ref: 'K2' } })],
    ['that only the deployment tells', resource('AWS::EC2::Volume', { KmsKeyId: { 'Fn::ImportValue': 'Other' } })],
    ['in a variable of a function', resource('AWS::Lambda::Function', { Environment: { Variables: { KMS_KEY: ARN } } })],
    ['in a statement', resource('AWS::S3::BucketPolicy', { PolicyDocument: { Statement: [{ Condition: { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': ARN } } }] } })],
    ['in a parameter of a nested stack', resource('AWS::CloudFormation::Stack', { Parameters: { KmsKeyArn: ARN } })],
    ['where a property is of another kind', resource('AWS::SSM::Parameter', { Value: ARN })],
    ['of a resource that is not made', resource('AWS::EC2::Volume', { KmsKeyId: ARN }, { Condition: 'Never' })],
  ])('but no text %s', (_, resources) => {
    const model = worldModel({ resources, conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } });
    expect(keyUses(model, model.key('K'))).toEqual([]);
  });

  test('perhaps where a condition of the template decides', () => {
    const model = worldModel({ resources: resource('AWS::EC2::Volume', { KmsKeyId: { 'Fn::If': ['Depends', ARN, { Ref: 'K2' }] } }) });
    expect(['K', 'K2'].map((name) => keyUses(model, model.key(name)).map(({ sure }) => sure))).toEqual([[false], [false]]);
  });

  test('in its own Region only, where it names it by id or alias', () => {
    const elsewhere = readTemplate('Other', { account: A, region: 'us-east-1', partition: 'aws' }, { Resources: { ...resource('AWS::SQS::Queue', { KmsMasterKeyId: 'alias/app' }) } });
    const keys = readTemplate('Keys', { account: A, region: 'eu-west-1', partition: 'aws' }, {
      Resources: { K: { Type: 'AWS::KMS::Key' }, Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/app', TargetKeyId: { Ref: 'K' } } } },
    });
    const model = new AccessModel([keys, elsewhere]);
    expect(keyUses(model, model.key('K'))).toEqual([]);
  });

  test('nested as deep as it may be', () => {
    let value: unknown = { KmsKeyId: { Ref: 'K' } };
    for (let i = 0; i < 100_000; i++) {
      value = [value];
    }
    const model = worldModel({ resources: resource('AWS::EC2::Volume', { Deep: value }) });
    expect(keyUses(model, model.key('K')).map(({ property }) => property)).toEqual(['Deep.KmsKeyId']);
  });
});

describe('a service has grants', () => {
  const grants = (world: World) => {
    const model = worldModel(world);
    return serviceGrants(model, model.key('K')).map(({ service, resources, operations, others }) => [service, resources.map(({ logicalId }) => logicalId), operations, others]);
  };

  test('for the resources that the templates put under the key', () => {
    expect(grants({ keyPolicy: [GRANTS_VIA_EC2], resources: resource('AWS::EC2::Volume', { KmsKeyId: ARN }) })).toEqual([['Amazon EBS', ['X'], ['Decrypt'], 'allowed']]);
  });

  test('for them also where nobody can make more', () => {
    expect(grants({ keyPolicy: [keyAllows('*', 'kms:Decrypt')], resources: resource('AWS::RDS::DBInstance', { KmsKeyId: ARN }) })).toEqual([
      ['Amazon RDS', ['X'], undefined, 'denied'],
    ]);
  });
});

test('a resource acts as the role that it names, or that its instance profile has', () => {
  const trust = { AssumeRolePolicyDocument: policy([{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]) };
  const model = worldModel({
    keyPolicy: [DELEGATED],
    resources: {
      Worker: { Type: 'AWS::IAM::Role', Properties: trust },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Worker' }] } },
      Function: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Worker', 'Arn'] } } },
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: { 'Fn::GetAtt': ['Worker', 'Arn'] }, ExecutionRoleArn: { 'Fn::ImportValue': 'Other' } } },
      Instance: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' } } },
      Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } } } },
      Topic: { Type: 'AWS::SNS::TopicPolicy', Properties: { PolicyDocument: { Statement: { Principal: { AWS: { 'Fn::GetAtt': ['Worker', 'Arn'] } } } } } },
    },
  });
  expect(roleUses(model, model.identities.find(({ logicalId }) => logicalId === 'Worker')!).map(({ logicalId, property }) => `${logicalId}: ${property}`)).toEqual([
    'Function: Role', 'Task: TaskRoleArn', 'Instance: IamInstanceProfile', 'Template: LaunchTemplateData.IamInstanceProfile.Arn',
  ]);
});
