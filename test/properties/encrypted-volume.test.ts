import { Fn, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EncryptedVolume, EncryptedVolumeProps, KmsService } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const KEYS: Record<string, (scope: Construct) => EncryptedVolumeProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services: [KmsService.EBS] }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN),
};
const GRANTEES: Record<string, (scope: Construct) => iam.IGrantable> = {
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  imported: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/operator'),
  foreign: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::444455556666:role/operator'),
  arn: () => new iam.ArnPrincipal('arn:aws:iam::111122223333:role/operator'),
  everyone: () => new iam.AnyPrincipal(),
};

type Storage = Pick<EncryptedVolumeProps, 'size' | 'snapshotId' | 'volumeType' | 'iops' | 'throughput' | 'enableMultiAttach'>;

const shapes = fc.record({
  storage: mostly<Storage>(
    fc.constantFrom<Storage>(
      { size: Size.gibibytes(10) },
      { snapshotId: 'snap-1234567890abcdef0' },
      { size: Size.gibibytes(500), volumeType: ec2.EbsDeviceVolumeType.COLD_HDD },
      { size: Size.gibibytes(500), throughput: 500, iops: 4000 },
      { size: Size.gibibytes(10), volumeType: ec2.EbsDeviceVolumeType.PROVISIONED_IOPS_SSD_IO2, iops: 500, enableMultiAttach: true },
    ),
    fc.record({
      size: orNothing(Size.gibibytes(10), Size.gibibytes(500), Size.mebibytes(1)),
      snapshotId: orNothing('snap-1234567890abcdef0'),
      volumeType: orNothing(...Object.values(ec2.EbsDeviceVolumeType)),
      iops: orNothing(3000, 5),
      throughput: orNothing(125, 10),
      enableMultiAttach: orNothing(true),
    }),
  ),
  props: fc.record({
    volumeName: orNothing('ledger', ''),
    autoEnableIo: fc.boolean(),
    removalPolicy: mostly(orNothing(RemovalPolicy.SNAPSHOT, RemovalPolicy.DESTROY), fc.constantFrom(...Object.values(RemovalPolicy))),
  }, { requiredKeys: [] }),
  // What the type does not offer, and a variable or another language may bring along.
  smuggled: fc.constantFrom<object>({}, { encrypted: false }),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  grantee: mostly(fc.constantFrom('role', 'imported'), fc.constantFrom(...Object.keys(GRANTEES))),
  verbs: fc.subarray(['grantAttachVolume', 'grantDetachVolume', 'grantStartInstances'] as const),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): Record<string, any> {
  return templateOf((scope) => {
    const volume = new EncryptedVolume(scope, 'Ledger', {
      availabilityZone: Fn.select(0, Fn.getAzs()), ...shape.smuggled, ...shape.storage, ...shape.props, encryptionKey: KEYS[shape.key](scope),
    });
    const grantee = GRANTEES[shape.grantee](scope);
    shape.verbs.forEach((verb) => volume[verb](grantee));
  }, shape).Resources;
}

function assertPromise(resources: Record<string, any>): void {
  const { Encrypted, KmsKeyId } = resources.LedgerB7379752.Properties;
  expect(Encrypted).toBe(true);
  expect(typeof KmsKeyId === 'string' ? 'AWS::KMS::Key' : resources[KmsKeyId['Fn::GetAtt'][0]].Type).toBe('AWS::KMS::Key');

  const identities = Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap((policy) => policy.Properties.PolicyDocument.Statement);
  for (const { Action, Condition, Resource } of identities.filter(({ Action: action }: any) => JSON.stringify(action).includes('kms:'))) {
    expect([Action, Resource]).toEqual(['kms:CreateGrant', KmsKeyId]);
    expect(Condition.StringEquals['kms:ViaService']).toBe('ec2.eu-west-2.amazonaws.com');
    expect(String(Condition.Bool['kms:GrantIsForAWSResource'])).toBe('true');
  }
}

test('every volume keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
