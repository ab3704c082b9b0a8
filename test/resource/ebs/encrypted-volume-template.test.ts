import { Fn, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedVolume, EncryptedVolumeProps, KmsService } from '../../../src';
import { changedProperties, Place, templateDifference, templateOf } from '../../support/template-difference';

type Shape = Omit<EncryptedVolumeProps, 'encryptionKey' | 'availabilityZone'>;
type Grants = Pick<ec2.Volume, 'grantAttachVolume' | 'grantAttachVolumeByResourceTag' | 'grantDetachVolume' | 'grantDetachVolumeByResourceTag'>;

const GP3 = ec2.EbsDeviceVolumeType.GENERAL_PURPOSE_SSD_GP3;
const SHAPES: [string, Shape][] = [
  ['by size', { size: Size.gibibytes(10), volumeType: GP3 }],
  ['from a snapshot', { snapshotId: 'snap-1234567890abcdef0', volumeType: GP3, volumeInitializationRate: Size.mebibytes(200) }],
  ['for several instances', {
    size: Size.gibibytes(10), volumeType: ec2.EbsDeviceVolumeType.PROVISIONED_IOPS_SSD_IO2, iops: 500, enableMultiAttach: true,
  }],
  ['with a name', { size: Size.gibibytes(10), volumeType: GP3, volumeName: 'ledger' }],
  ['with throughput, deleted with a snapshot', {
    size: Size.gibibytes(500), volumeType: GP3, iops: 4000, throughput: 500, autoEnableIo: true, removalPolicy: RemovalPolicy.SNAPSHOT,
  }],
];
const PLACES: [string, Place][] = [
  ['with the recommended feature flags', { flags: 'recommended' }],
  ['without feature flags', { flags: 'none' }],
  ['in a nested stack', { nested: true }],
];
const availabilityZone = Fn.select(0, Fn.getAzs());

function plain(shape: Shape, place: Place = {}, then: (volume: Grants, scope: Construct) => void = () => undefined) {
  return templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key').via(KmsService.EBS);
    then(new ec2.Volume(scope, 'Ledger', { availabilityZone, encrypted: true, encryptionKey, ...shape }), scope);
  }, place);
}
function ours(shape: Shape, place: Place = {}, then: (volume: Grants, scope: Construct) => void = () => undefined) {
  return templateOf((scope) => {
    then(new EncryptedVolume(scope, 'Ledger', { availabilityZone, encryptionKey: new CustomerManagedKey(scope, 'Key'), ...shape }), scope);
  }, place);
}

describe.each(PLACES)('%s', (_place, place) => {
  test.each(SHAPES)('equals an ec2.Volume of its type under the same key: %s', (_shape, shape) => {
    expect(templateDifference(plain(shape, place), ours(shape, place))).toEqual({ added: {}, removed: {}, changed: {} });
  });
});

test.each<[string, (volume: Grants, scope: Construct, grantee: iam.Role) => void]>([
  ['attach', (volume, _scope, grantee) => volume.grantAttachVolume(grantee)],
  ['attach by a tag', (volume, scope, grantee) => volume.grantAttachVolumeByResourceTag(grantee, [scope])],
  ['detach', (volume, _scope, grantee) => volume.grantDetachVolume(grantee)],
  ['detach by a tag', (volume, scope, grantee) => volume.grantDetachVolumeByResourceTag(grantee, [scope])],
])('grants what ec2.Volume grants: %s', (_verb, grant) => {
  const shape = SHAPES[0][1];
  const then = (volume: Grants, scope: Construct) => grant(volume, scope, new iam.Role(scope, 'Operator', { assumedBy: new iam.AccountRootPrincipal() }));

  expect(templateDifference(plain(shape, {}, then), ours(shape, {}, then))).toEqual({ added: {}, removed: {}, changed: {} });
});

test.each<[Place['flags'], object]>([
  // Modified in place: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html
  ['none', { 'Resources.LedgerB7379752.Properties.VolumeType': { from: 'gp2', to: 'gp3' } }],
  ['recommended', {}],
])('has the type gp3 by itself; ec2.Volume has, with the feature flags %s: %j', (flags, changed) => {
  const shape = { size: Size.gibibytes(10) };

  expect(templateDifference(plain(shape, { flags }), ours(shape, { flags }))).toEqual({ added: {}, removed: {}, changed });
});

test('cannot take the place of a volume under another key, which Amazon EBS cannot change', () => {
  const own = templateOf((scope) => new EncryptedVolume(scope, 'Ledger', { availabilityZone, size: Size.gibibytes(10) }));

  expect(changedProperties(templateOf((scope) => {
    new ec2.Volume(scope, 'Ledger', { availabilityZone, size: Size.gibibytes(10), encrypted: true, volumeType: GP3 });
  }), own)).toEqual(['AWS::EC2::Volume.KmsKeyId']);
});
