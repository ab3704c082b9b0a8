import { CliCredentialsStackSynthesizer, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CustomerManagedKey, EncryptedBucket, ICustomerManagedKey, KmsService, MultiRegionKey, MultiRegionKeyProps } from '../../src';
import { policySids, problemsAtSynth, propertiesOf, resourceOf, statement } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, REGION, ROOT, roleArn } from '../support/key-stack';
import { THERE, TwoRegionsKey } from '../support/two-regions-key';

const executionRole = (region: string) =>
  ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${region}`]] });

describe('a primary key', () => {
  test.each<[string, MultiRegionKeyProps]>([
    ['nothing', {}],
    ['an alias and administrators', { alias: 'tokens', administrators: [roleArn('admin')] }],
    ['another kind', { keySpec: kms.KeySpec.ECC_NIST_P256, keyUsage: kms.KeyUsage.SIGN_VERIFY }],
    ['a removal policy', { removalPolicy: RemovalPolicy.DESTROY }],
  ])('given %s is a CustomerManagedKey of several Regions', (_what, props) => {
    const [primary, single] = [newStack(), newStack()];
    new MultiRegionKey(primary, 'Key', props);
    new CustomerManagedKey(single, 'Key', props);
    const [of, ofSingle] = [primary, single].map((stack) => Template.fromStack(stack).toJSON());
    expect(of.Resources.Key961B73FD.Properties.MultiRegion).toBe(true);
    delete of.Resources.Key961B73FD.Properties.MultiRegion;
    expect(of).toEqual(ofSingle);
  });

  test('a key of one Region says nothing of several', () => {
    expect(propertiesOf(new CustomerManagedKey(newStack(), 'Key')).MultiRegion).toBeUndefined();
  });

  test('can be of any kind that there is', () => {
    for (const [keySpec, keyUsage] of [['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT'], ['HMAC_256', 'GENERATE_VERIFY_MAC'], ['ML_DSA_65', 'SIGN_VERIFY'], ['RSA_4096', 'ENCRYPT_DECRYPT']]) {
      const key = new MultiRegionKey(newStack(), 'Key', { keySpec: keySpec as kms.KeySpec, keyUsage: keyUsage as kms.KeyUsage });
      expect(propertiesOf(key)).toMatchObject({ KeySpec: keySpec, KeyUsage: keyUsage, MultiRegion: true });
    }
  });
});

describe('the key policy of the primary key', () => {
  test('lets nobody make replicas where none are declared', () => {
    expect(JSON.stringify(propertiesOf(new TwoRegionsKey().primary))).not.toContain('kms:ReplicateKey');
  });

  test('lets the role that deploys a replica make it, in its Region only', () => {
    const keys = new TwoRegionsKey();
    keys.replica();
    expect(statement(keys.primary, 'ReplicateToEuWest1')).toEqual({
      Sid: 'ReplicateToEuWest1',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: 'kms:ReplicateKey',
      Resource: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': executionRole(THERE) }, StringEquals: { 'kms:ReplicaRegion': THERE } },
    });
  });

  test('names another role where the replica is deployed with it', () => {
    const keys = new TwoRegionsKey();
    keys.replica({ executionRole: roleArn('deployer') });
    expect(statement(keys.primary, 'ReplicateToEuWest1').Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/deployer` });
  });

  test('leaves it to the account\'s IAM where whoever deploys is not known', () => {
    const keys = new TwoRegionsKey();
    const there = new Stack(keys.app, 'Plain', { env: { account: ACCOUNT, region: THERE }, synthesizer: new CliCredentialsStackSynthesizer() });
    keys.primary.replicaIn(there, 'Key');
    expect(statement(keys.primary, 'ReplicateToEuWest1').Condition).toEqual({ StringEquals: { 'kms:ReplicaRegion': THERE } });
  });

  test.each([[['eu-west-1', 'us-east-1']], [['us-east-1', 'eu-west-1']]])('is the same in whatever order replicas are made: %s', (regions) => {
    const keys = new TwoRegionsKey();
    keys.primary.via(KmsService.S3);
    regions.forEach((region) => keys.primary.replicaIn(newStack(keys.app, region, { account: ACCOUNT, region }), 'Key'));
    expect(policySids(keys.primary)).toEqual(['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyDirectGrants', 'ReplicateToEuWest1', 'ReplicateToUsEast1', 'UseThroughS3']);
  });

  test('says no more of users for having replicas: what was not handed over still fails', () => {
    const keys = new TwoRegionsKey();
    keys.replica();
    new sqs.CfnQueue(keys.here, 'Orders', { kmsMasterKeyId: keys.primary.keyId });
    expect(problemsAtSynth(keys.here)).toEqual([expect.stringMatching(/KeyNotHandedOver: Keys\/Orders names this key in KmsMasterKeyId/)]);
  });
});

describe('what is encrypted in another Region', () => {
  const queueThere = (keys: TwoRegionsKey) => new sqs.Queue(keys.there, 'Orders', { encryptionMasterKey: keys.primary.via(KmsService.SQS) });
  const found = (keys: TwoRegionsKey) => keys.primary.node.validate().filter((problem) => problem.startsWith('KeyOfAnotherRegion'));

  test('fails under the primary key, and is told of the replica', () => {
    const keys = new TwoRegionsKey();
    keys.replica();
    queueThere(keys);
    expect(found(keys)).toEqual(['KeyOfAnotherRegion: KeysThere/Orders/Resource in eu-west-1 names this key, which is in eu-west-2; '
      + 'a key encrypts in its own Region only: give the replica KeysThere/Key']);
  });

  test('fails under the primary key, and is told of replicas where there is none', () => {
    const keys = new TwoRegionsKey();
    queueThere(keys);
    expect(found(keys)).toEqual(['KeyOfAnotherRegion: KeysThere/Orders/Resource in eu-west-1 names this key, which is in eu-west-2; '
      + 'a key encrypts in its own Region only: make a replica there with replicaIn(), or a CustomerManagedKey in eu-west-1']);
  });

  test('fails in a construct of ours under the key of the other Region, and is told of the one there', () => {
    const keys = new TwoRegionsKey();
    const bucket = (scope: Stack, encryptionKey: ICustomerManagedKey) => () => new EncryptedBucket(scope, `In${encryptionKey.stack.region}`, { encryptionKey });
    const replica = keys.replica();

    expect(bucket(keys.there, keys.primary)).toThrow('for eu-west-1; give the replica KeysThere/Key, or leave encryptionKey out [at ');
    expect(bucket(keys.here, replica)).toThrow('for eu-west-2; give the primary key Keys/Key, or leave encryptionKey out [at ');
  });
});

test('deployPermissions are those of a key, and make the service-linked role of multi-Region keys', () => {
  const [primary, single] = [new MultiRegionKey(newStack(), 'Key'), new CustomerManagedKey(newStack(), 'Key')];
  [primary, single].forEach((key) => key.via(KmsService.RDS));
  const statementsOf = (key: MultiRegionKey | CustomerManagedKey) => key.stack.resolve(key.deployPermissions()).Statement;
  expect(statementsOf(primary)).toEqual([...statementsOf(single), {
    Sid: 'CreateServiceLinkedRole',
    Effect: 'Allow',
    Action: 'iam:CreateServiceLinkedRole',
    Resource: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/mrk.kms.amazonaws.com/AWSServiceRoleForKeyManagementServiceMultiRegionKeys`,
    Condition: { StringEquals: { 'iam:AWSServiceName': 'mrk.kms.amazonaws.com' } },
  }]);
});

test('grants, aliases and retention are those of a CustomerManagedKey', () => {
  const stack = newStack(newApp(), 'Keys', { account: ACCOUNT, region: REGION });
  const key = new MultiRegionKey(stack, 'Key');
  key.grantDecrypt(newRole(stack));
  key.addAlias('tokens');
  expect(policySids(key)).toHaveLength(5);
  expect(resourceOf(key)).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  expect(() => key.addAlias('tokens')).toThrow('AliasTwice: the alias alias/tokens was given twice; give it once [at Keys/Key]');
});
