import { Aspects, Fn, Size } from 'aws-cdk-lib';
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

const SNAPSHOT = { availabilityZone: SIZED.availabilityZone, snapshotId: 'snap-1234567890abcdef0' };

test('lets Amazon EBS into the key of the snapshot as into its own, and takes no other key for the volume', () => {
  const { Resources } = templateOf((scope) => new EncryptedVolume(scope, 'Ledger', {
    ...SNAPSHOT, encryptionKey: new CustomerManagedKey(scope, 'Key'), snapshotKey: new CustomerManagedKey(scope, 'Snapshots'),
  }));
  const policies = Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy);

  expect(policies).toHaveLength(2);
  expect(policies[1]).toEqual(policies[0]);
  expect(Resources.LedgerB7379752.Properties.KmsKeyId).toEqual({ 'Fn::GetAtt': ['Key961B73FD', 'Arn'] });
});

test.each<[string, (scope: Construct) => Partial<EncryptedVolumeProps>, string]>([
  ['the key of a snapshot without the snapshot', (scope) => ({ ...SIZED, snapshotKey: new CustomerManagedKey(scope, 'Snapshots') }),
    'SnapshotKeyWithoutSnapshot: snapshotKey is the key of the snapshot that the volume is made of, given: Data/Snapshots without snapshotId; '
    + 'give snapshotId as well, or the key as encryptionKey [at Data/Ledger]'],
  ['the key of a snapshot of another Region', (scope) => ({
    ...SNAPSHOT,
    snapshotKey: CustomerManagedKey.fromKeyArn(scope, 'Snapshots', KEY_ARN.replace(REGION, 'eu-west-1'), { services: [KmsService.EBS] }),
  }), 'SnapshotKeyOfAnotherRegion: a snapshot is encrypted under a key of its own Region, given: Data/Snapshots in eu-west-1, for eu-west-2; '
    + 'copy the snapshot to eu-west-2, and give the key of the copy [at Data/Ledger]'],
  ['throughput that needs iops', () => ({ ...SIZED, throughput: 1000 }),
    'ThroughputNeedsIops: the volume has 3000 iops by itself, which carry 750 MiB a second, given: throughput 1000; write iops: 4000 or more [at Data/Ledger]'],
  ['no iops at all', () => ({ ...SIZED, iops: 0 }), 'VolumeOptionZero: the volume has no iops, given: 0; leave it out for what the type has by itself [at Data/Ledger]'],
  ['no throughput at all', () => ({ ...SIZED, throughput: 0 }),
    'VolumeOptionZero: the volume has no throughput, given: 0; leave it out for what the type has by itself [at Data/Ledger]'],
])('fails for %s', (_input, props, message) => {
  expect(() => templateOf((scope) => new EncryptedVolume(scope, 'Ledger', { availabilityZone: SIZED.availabilityZone, ...props(scope) }))).toThrow(new Error(message));
});

test('fails for the key of a snapshot that does not let this account in, with the statements that its owner must add', () => {
  const shared = KEY_ARN.replace(ACCOUNT, OTHER_ACCOUNT);

  expect(() => templateOf((scope) => new EncryptedVolume(scope, 'Ledger', {
    ...SNAPSHOT, snapshotKey: CustomerManagedKey.fromKeyArn(scope, 'Snapshots', shared),
  }))).toThrow(new RegExp(`^KeyPolicyNotOurs: .*"arn:aws:iam::${ACCOUNT}:root".*kms:ReEncryptFrom.*"kms:CallerAccount":"${ACCOUNT}"`));
});

test.each<[string, Partial<EncryptedVolumeProps>, string]>([
  ['several instances on gp3', { enableMultiAttach: true }, 'multi-attach is supported exclusively on `PROVISIONED_IOPS_SSD` and `PROVISIONED_IOPS_SSD_IO2` volumes.'],
  ['several instances on io2 without iops', { enableMultiAttach: true, volumeType: ec2.EbsDeviceVolumeType.IO2 },
    '`iops` must be specified if the `volumeType` is `PROVISIONED_IOPS_SSD` or `PROVISIONED_IOPS_SSD_IO2`.'],
  ['throughput on io2', { throughput: 500, iops: 500, volumeType: ec2.EbsDeviceVolumeType.IO2 }, 'throughput property requires volumeType: EbsDeviceVolumeType.GP3'],
  ['a snapshot id that is none', { snapshotId: 'ami-1234' }, '`snapshotId` does not match expected pattern.'],
  ['neither size nor snapshot', { size: undefined }, 'Must provide at least one of `size` or `snapshotId`'],
  ['a size of nothing', { size: Size.gibibytes(0) }, '`gp3` volumes must be between 1 GiB and '],
])('fails for %s, as ec2.Volume does', (_input, props, message) => {
  expect(() => properties(props)).toThrow(message);
});

test.each<[string, (resource: ec2.CfnVolume) => void]>([
  ['encryption off', (resource) => resource.addPropertyOverride('Encrypted', false)],
  ['another key', (resource) => resource.addPropertyOverride('KmsKeyId', 'alias/aws/ebs')],
])('fails for an aspect that overrides its properties with %s', (_change, change) => {
  expect(() => templateOf((scope) => Aspects.of(new EncryptedVolume(scope, 'Ledger', SIZED)).add({
    visit: (node) => node instanceof ec2.CfnVolume && change(node),
  }))).toThrow('[Data/Ledger] EncryptionUndone: ');
});
