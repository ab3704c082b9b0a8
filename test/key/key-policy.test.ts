import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, FactConfidence, KmsService } from '../../src';
import { keyPolicyOf, policySids, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newRole, newStack, OTHER_ACCOUNT, ROOT } from '../support/key-stack';

const FACTS = { name: 'Amazon Data', viaServices: ['data'], useActions: ['kms:Decrypt'], sources: ['https://docs.aws.amazon.com/data/'] };

function newKey() {
  return new CustomerManagedKey(newStack(), 'Key');
}

describe('services with the same actions', () => {
  test('share a statement, whose Sid names them and whose condition lists them', () => {
    const key = newKey();
    [KmsService.SQS, KmsService.S3].forEach((service) => key.via(service));
    expect(keyPolicyOf(key).at(-1)).toEqual({
      Sid: 'UseThroughS3Sqs',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': ['s3.eu-west-2.amazonaws.com', 'sqs.eu-west-2.amazonaws.com'] },
      },
    });
  });

  test('keep statements of their own where their contexts differ', () => {
    const key = newKey();
    key.via(KmsService.S3, { contexts: ['arn:aws:s3:::invoices'] });
    key.via(KmsService.SQS);
    expect(useSids(key)).toEqual(['UseThroughS3', 'UseThroughSqs']);
  });
});

describe('services that make grants', () => {
  test('share one statement for the key, with nothing but grants in it', () => {
    const key = newKey();
    [KmsService.RDS, KmsService.EBS].forEach((service) => key.via(service));
    expect(statement(key, 'GrantsThroughServices')).toEqual({
      Sid: 'GrantsThroughServices',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': ['ec2.eu-west-2.amazonaws.com', 'rds.eu-west-2.amazonaws.com'] },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    });
  });
});

describe('service principals', () => {
  test('with the same conditions share a statement, whose Sid names them', () => {
    const key = newKey();
    key.via(KmsService.SQS).grantDecrypt(new iam.ServicePrincipal('s3.amazonaws.com'));
    key.via(KmsService.SQS).grantDecrypt(new iam.ServicePrincipal('sns.amazonaws.com'));
    expect(statement(key, 'UseByS3Sns')).toEqual({
      Sid: 'UseByS3Sns',
      Effect: 'Allow',
      Principal: { Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
    });
  });

  test('with conditions of their own keep statements of their own', () => {
    const key = newKey();
    key.via(KmsService.SNS).grantDecrypt(new iam.ServicePrincipal('events.amazonaws.com'));
    key.via(KmsService.SNS).grantDecrypt(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
    expect(useSids(key)).toEqual(['UseThroughSns', 'UseByCloudwatch', 'UseByEvents']);
  });

  test.each([
    ['logs.eu-west-2.amazonaws.com', 'UseByLogs'],
    ['events.rds.amazonaws.com', 'UseByEventsRds'],
    ['ssm-contacts.amazonaws.com', 'UseBySsmContacts'],
    ['s3.amazonaws.com.cn', 'UseByS3'],
  ])('%s is named %s', (servicePrincipal, sid) => {
    const key = newKey();
    const facts = { servicePrincipal, actions: ['kms:Decrypt'], sourceAccount: FactConfidence.CONFIRMED };
    key.via(KmsService.of('Data', { ...FACTS, servicePrincipals: [facts] }));
    expect(policySids(key)).toContain(sid);
  });
});

describe('roles of the key\'s stack', () => {
  test('with the same actions share a statement', () => {
    const key = newKey();
    [newRole(key.stack, 'Writer'), newRole(key.stack, 'Reader')].forEach((role) => key.grantDecrypt(role));
    expect(statement(key, 'DirectDecrypt').Principal).toEqual({
      AWS: [{ 'Fn::GetAtt': ['ReaderF7BF189D', 'Arn'] }, { 'Fn::GetAtt': ['Writer3ED51D24', 'Arn'] }],
    });
  });

  test('stand once in it however often they ask', () => {
    const key = newKey();
    const role = newRole(key.stack);
    [1, 2, 3].forEach(() => key.grantDecrypt(role));
    expect(statement(key, 'DirectDecrypt').Principal).toEqual({ AWS: { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] } });
  });

  test('with further conditions have a statement of their own, with a number in its Sid', () => {
    const key = newKey();
    const role = newRole(key.stack);
    key.grantDecrypt(role);
    key.grantDecrypt(new iam.PrincipalWithConditions(role, { StringEquals: { 'aws:RequestedRegion': 'eu-west-2' } }));
    expect(useSids(key)).toEqual(['DirectDecrypt', 'DirectDecrypt2']);
  });
});

describe('the order of the calls', () => {
  type Call = (key: CustomerManagedKey) => void;
  const calls: Call[] = [
    (key) => key.via(KmsService.S3),
    (key) => key.via(KmsService.EBS),
    (key) => key.via(KmsService.CLOUDWATCH_LOGS),
    (key) => key.via(KmsService.SQS).grantDecrypt(new iam.ServicePrincipal('sns.amazonaws.com')),
    (key) => key.via(KmsService.S3).grantDecrypt(new iam.AccountPrincipal(OTHER_ACCOUNT)),
    (key) => key.via(KmsService.S3).grant(new iam.AccountPrincipal(OTHER_ACCOUNT), 'kms:GenerateDataKey'),
    (key) => key.grantDecrypt(newRole(key.stack, 'A')),
    (key) => key.grantDecrypt(newRole(key.stack, 'B')),
    (key) => key.grantDecrypt(new iam.PrincipalWithConditions(newRole(key.stack, 'C'), { StringEquals: { 'aws:RequestedRegion': 'a' } })),
    (key) => key.grantDecrypt(new iam.PrincipalWithConditions(newRole(key.stack, 'D'), { StringEquals: { 'aws:RequestedRegion': 'b' } })),
  ];

  function policyAfter(inOrder: Call[]) {
    const key = newKey();
    inOrder.forEach((call) => call(key));
    return keyPolicyOf(key);
  }

  test.each([
    ['reversed', [...calls].reverse()],
    ['rotated', [...calls.slice(5), ...calls.slice(0, 5)]],
    ['interleaved', [...calls.filter((_, index) => index % 2), ...calls.filter((_, index) => index % 2 === 0)]],
  ])('%s makes no difference', (_name, inOrder) => {
    expect(policyAfter(inOrder)).toEqual(policyAfter(calls));
  });
});

test('what single principals were given is sorted by its Sids', () => {
  const key = newKey();
  ['sns', 'events', 's3'].forEach((name) => key.via(KmsService.SQS).grantDecrypt(new iam.ServicePrincipal(`${name}.amazonaws.com`)));
  key.via(KmsService.SNS).grantDecrypt(new iam.ServicePrincipal('events.amazonaws.com'));
  key.via(KmsService.CLOUDWATCH_LOGS);
  const sids = useSids(key).filter((sid) => !sid?.includes('Through'));
  expect(sids.length).toBeGreaterThan(3);
  expect(sids).toEqual([...sids].sort());
});

test('statements of the owner come last, as they were given', () => {
  const key = newKey();
  key.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Auditors', principals: [new iam.AccountRootPrincipal()], actions: ['kms:GetPublicKey'], resources: ['*'] }));
  key.via(KmsService.S3);
  expect(useSids(key)).toEqual(['UseThroughS3', 'Auditors']);
});

test('fails where a statement of the owner takes a Sid of ours', () => {
  const key = newKey();
  key.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Administer', principals: [new iam.AccountRootPrincipal()], actions: ['kms:Decrypt'], resources: ['*'] }));
  expect(() => keyPolicyOf(key)).toThrow(new Error('Validation failed with the following errors:\n'
    + '  [Keys/Key] SidTwice: two statements of the key policy have the Sid Administer; give the statement or the KmsService that you added another'));
});
