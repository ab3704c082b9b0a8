import { Fn, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedVolume, EncryptedVolumeProps, KmsService } from '../../../src';
import { templateOf } from '../../support/template-difference';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ThreeStacks } from '../../support/three-stacks';

const SIZED = { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) };
const VIA_EC2 = `ec2.${REGION}.amazonaws.com`;

function properties(props: Partial<EncryptedVolumeProps> = {}): any {
  return templateOf((scope) => new EncryptedVolume(scope, 'Ledger', { ...SIZED, ...props })).Resources.LedgerB7379752.Properties;
}

function granted(grant: (volume: EncryptedVolume, stacks: ThreeStacks) => void, references: 'weak' | 'strong' = 'weak') {
  const stacks = new ThreeStacks(references);
  stacks.role('Bystander');
  grant(new EncryptedVolume(stacks.data, 'Ledger', { ...SIZED, encryptionKey: stacks.key }), stacks);
  return stacks.synth();
}

/** All statements of the users' stack. */
function statements(synthesized: ReturnType<typeof granted>): any[] {
  return synthesized.resources('Users').filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

test('is encrypted under a new key, retained, of the type gp3', () => {
  expect(properties()).toMatchObject({ Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['LedgerKeyA5F78EAE', 'Arn'] }, VolumeType: 'gp3' });
});

test('is encrypted under a given key', () => {
  const { Resources } = templateOf((scope) => new EncryptedVolume(scope, 'Ledger', { ...SIZED, encryptionKey: new CustomerManagedKey(scope, 'Key') }));

  expect(Resources.LedgerB7379752.Properties).toMatchObject({ Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } });
});

test.each([
  ['the type', { volumeType: ec2.EbsDeviceVolumeType.COLD_HDD, size: Size.gibibytes(125) }, { VolumeType: 'sc1' }],
  ['the snapshot', { size: undefined, snapshotId: 'snap-1234567890abcdef0' }, { SnapshotId: 'snap-1234567890abcdef0', Encrypted: true }],
  ['the name', { volumeName: 'ledger' }, { Tags: [{ Key: 'Name', Value: 'ledger' }] }],
])('takes %s that is given', (_property, props, expected) => {
  expect(properties(props)).toMatchObject(expected);
});

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  const createGrant = (further: object = {}) => ({
    Action: 'kms:CreateGrant',
    Condition: { StringEquals: { 'kms:ViaService': VIA_EC2, ...further }, Bool: { 'kms:GrantIsForAWSResource': expect.anything() } },
    Effect: 'Allow',
    Resource: KEY_ARN,
  });

  test.each<[string, (volume: EncryptedVolume, role: iam.IRole, scope: Construct) => void, object]>([
    ['attaches', (volume, role) => volume.grantAttachVolume(role), createGrant({ 'kms:GrantConstraintType': 'EncryptionContextSubset' })],
    ['attaches by a tag', (volume, role, scope) => volume.grantAttachVolumeByResourceTag(role, [scope]),
      createGrant({ 'kms:GrantConstraintType': 'EncryptionContextSubset' })],
    ['starts instances', (volume, role) => volume.grantStartInstances(role), createGrant()],
  ])('whoever %s makes grants on the key, for AWS resources only', (_verb, grant, expected) => {
    const synthesized = granted((volume, stacks) => grant(volume, stacks.role(), stacks.users), references);

    expect(synthesized.identityStatements('Users')).toEqual([expected]);
    expect(synthesized.keyPolicy()).toContainEqual({
      Sid: 'GrantsThroughServices',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA_EC2 }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
  });

  test.each<[string, (volume: EncryptedVolume, role: iam.IRole, scope: Construct) => void]>([
    ['detaches', (volume, role) => volume.grantDetachVolume(role)],
    ['detaches by a tag', (volume, role, scope) => volume.grantDetachVolumeByResourceTag(role, [scope])],
  ])('whoever %s needs nothing of the key', (_verb, grant) => {
    const synthesized = granted((volume, stacks) => grant(volume, stacks.role(), stacks.users), references);

    expect(synthesized.identityStatements('Users')).toEqual([]);
    expect(statements(synthesized).map(({ Action }) => Action)).toEqual(['ec2:DetachVolume']);
  });
});

test('starts any instance of the account and Region, or those that are named', () => {
  const instances = (prefix: string) => `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${prefix}`;
  const started = (ids?: string[]) => statements(granted((volume, stacks) => volume.grantStartInstances(
    stacks.role(), ids?.map((instanceId) => ({ instanceId } as ec2.IInstance)),
  ))).filter(({ Action }) => Action === 'ec2:StartInstances').map(({ Resource }) => Resource);

  expect(started()).toEqual([instances('*')]);
  expect(started(['i-1', 'i-2'])).toEqual([[instances('i-1'), instances('i-2')]]);
});

test('the ARN of a role of the app stands for the role', () => {
  const synthesized = granted((volume, stacks) => volume.grantAttachVolume(new iam.ArnPrincipal(stacks.role().roleArn)));

  expect(statements(synthesized).map(({ Action }) => Action)).toEqual(['ec2:AttachVolume', 'kms:CreateGrant']);
});

describe('who has no IAM policy here', () => {
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/operator`;
  const VERBS: [string, string, (volume: EncryptedVolume, grantee: iam.IGrantable, scope: Construct) => void][] = [
    ['grantAttachVolume', 'ec2:AttachVolume and kms:CreateGrant', (volume, grantee) => volume.grantAttachVolume(grantee)],
    ['grantAttachVolumeByResourceTag', 'ec2:AttachVolume and kms:CreateGrant',
      (volume, grantee, scope) => volume.grantAttachVolumeByResourceTag(grantee, [scope])],
    ['grantDetachVolume', 'ec2:DetachVolume', (volume, grantee) => volume.grantDetachVolume(grantee)],
    ['grantDetachVolumeByResourceTag', 'ec2:DetachVolume', (volume, grantee, scope) => volume.grantDetachVolumeByResourceTag(grantee, [scope])],
    ['grantStartInstances', 'ec2:StartInstances and kms:CreateGrant', (volume, grantee) => volume.grantStartInstances(grantee)],
  ];
  const GRANTEES: [string, (stacks: ThreeStacks) => iam.IGrantable, string][] = [
    ['an ARN', () => new iam.ArnPrincipal(ROLE), `ArnPrincipal(${ROLE})`],
    ['an account', () => new iam.AccountPrincipal(ACCOUNT), `AccountPrincipal(${ACCOUNT})`],
    ['a service', () => new iam.ServicePrincipal('ec2.amazonaws.com'), 'ServicePrincipal(ec2.amazonaws.com)'],
    ['an imported role, not to be changed', ({ users }) => iam.Role.fromRoleArn(users, 'Operator', ROLE, { mutable: false }), 'Users/Operator'],
    ['an imported role of another account', ({ users }) => iam.Role.fromRoleArn(users, 'Operator', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`),
      'Users/Operator'],
    ['a role of another account', (stacks) => new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Operator', {
      roleName: 'operator', assumedBy: new iam.AccountRootPrincipal(),
    }), `Of${OTHER_ACCOUNT}/Operator`],
  ];

  test.each(VERBS.flatMap(([verb, actions, grant]) => GRANTEES.map(([name, grantee, text]) => [verb, name, actions, grant, grantee, text] as const)))(
    'fails %s for %s', (_verb, _name, actions, grant, grantee, text) => {
      expect(() => granted((volume, stacks) => grant(volume, grantee(stacks), stacks.users))).toThrow(
        'GranteeOutOfReach: Amazon EC2 looks at the IAM policy of the caller only, and at callers of the volume\'s account only, '
        + `given: ${text}, whose policy is out of reach here or elsewhere; grant to a role or user of this account that the app can change, `
        + `or allow ${actions} there [at Data/Ledger]`);
    });
});

test('fails for a key of another Region', () => {
  const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

  expect(() => templateOf((scope) => new EncryptedVolume(scope, 'Ledger', {
    ...SIZED, encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', arn, { services: [KmsService.EBS] }),
  }))).toThrow('KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
    + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Ledger]');
});
