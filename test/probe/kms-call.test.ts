import { kmsCallsIn } from './kms-call';

// Records have the form that the pages of AWS print, and names of our own.
const [LONDON, SYDNEY] = ['eu-west-2', 'ap-southeast-2'].map((region) => `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-${region === 'eu-west-2' ? '00' : '11'}34567890ab`);
const ROLE = 'arn:aws:iam::111122223333:role/Engineer';
const session = (invokedBy?: string) => ({
  type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/Engineer/me', sessionContext: { sessionIssuer: { type: 'Role', arn: ROLE } }, ...invokedBy ? { invokedBy } : {},
});

test('a call through a service has the role that called the service, and the encryption context', () => {
  expect(kmsCallsIn({
    eventName: 'GenerateDataKey',
    userIdentity: session('secretsmanager.amazonaws.com'),
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    requestParameters: { keyId: LONDON, keySpec: 'AES_256', encryptionContext: { SecretARN: 'arn:a', SecretVersionId: 'b' } },
    resources: [{ ARN: LONDON }],
  })).toEqual([{
    key: LONDON, action: 'kms:GenerateDataKey', principal: ROLE, byService: false, via: 'secretsmanager', context: { SecretARN: 'arn:a', SecretVersionId: 'b' },
  }]);
});

test('a call of a service itself has its principal', () => {
  expect(kmsCallsIn({
    eventName: 'Decrypt',
    userIdentity: { type: 'AWSService', invokedBy: 'logs.eu-west-2.amazonaws.com' },
    requestParameters: { encryptionContext: { 'aws:logs:arn': 'arn:a' } },
    resources: [{ ARN: LONDON }],
  })).toEqual([{ key: LONDON, action: 'kms:Decrypt', principal: 'logs.eu-west-2.amazonaws.com', byService: true, context: { 'aws:logs:arn': 'arn:a' } }]);
});

test('a grant has its grantee, its operations and the context that it is bound to', () => {
  const [call] = kmsCallsIn({
    eventName: 'CreateGrant',
    userIdentity: session('rds.amazonaws.com'),
    resources: [{ ARN: LONDON }],
    requestParameters: { keyId: LONDON, granteePrincipal: 'rds.eu-west-2.amazonaws.com', operations: ['Decrypt'], constraints: { encryptionContextSubset: { 'aws:rds:db-id': 'db-1' } } },
  });

  expect(call).toMatchObject({ via: 'rds', grant: { grantee: 'rds.eu-west-2.amazonaws.com', operations: ['Decrypt'] }, context: { 'aws:rds:db-id': 'db-1' } });
});

test('a re-encryption is a call of each key', () => {
  const calls = kmsCallsIn({
    eventName: 'ReEncrypt',
    userIdentity: session('ec2.amazonaws.com'),
    resources: [{ ARN: LONDON }, { ARN: SYDNEY }],
    requestParameters: { sourceKeyId: LONDON, destinationKeyId: SYDNEY, sourceEncryptionContext: { 'aws:ebs:id': 'snap-1' }, destinationEncryptionContext: { 'aws:ebs:id': 'snap-2' } },
  });

  expect(calls.map(({ key, action, context }) => [key, action, context])).toEqual([
    [LONDON, 'kms:ReEncryptFrom', { 'aws:ebs:id': 'snap-1' }],
    [SYDNEY, 'kms:ReEncryptTo', { 'aws:ebs:id': 'snap-2' }],
  ]);
});

test('a re-encryption under the same key is both', () => {
  const calls = kmsCallsIn({
    eventName: 'ReEncrypt', userIdentity: session('ec2.amazonaws.com'), resources: [{ ARN: LONDON }], requestParameters: { sourceKeyId: LONDON, destinationKeyId: LONDON },
  });

  expect(calls.map(({ action }) => action)).toEqual(['kms:ReEncryptFrom', 'kms:ReEncryptTo']);
});

test('a refused call has its key in the message', () => {
  const errorMessage = `User: ${ROLE} is not authorized to perform: kms:CreateGrant on resource: ${SYDNEY} because no resource-based policy allows it`;

  expect(kmsCallsIn({ eventName: 'CreateGrant', userIdentity: session('ec2.amazonaws.com'), requestParameters: null, errorCode: 'AccessDenied', errorMessage })).toEqual([
    { key: SYDNEY, action: 'kms:CreateGrant', principal: ROLE, byService: false, via: 'ec2', context: {}, error: `AccessDenied: ${errorMessage}` },
  ]);
});

test.each([
  ['AWS Internal', '?'],
  ['ec2.eu-west-2.amazonaws.com', 'ec2'],
  ['ec2.cn-north-1.amazonaws.com.cn', 'ec2'],
])('what %s calls for a role comes through %s', (invokedBy, via) => {
  expect(kmsCallsIn({ eventName: 'Decrypt', userIdentity: session(invokedBy), resources: [{ ARN: LONDON }] })[0].via).toBe(via);
});

test('a service may stand in the address alone, and a call from elsewhere comes through none', () => {
  const calls = ['AWS Internal', 'ec2.amazonaws.com', '192.0.2.0'].map((sourceIPAddress) => kmsCallsIn({
    eventName: 'Decrypt', userIdentity: session(), sourceIPAddress, resources: [{ ARN: LONDON }],
  })[0].via);

  expect(calls).toEqual(['?', 'ec2', undefined]);
});
