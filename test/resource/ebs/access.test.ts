import { Fn, Size } from 'aws-cdk-lib';
import { CustomerManagedKey, EncryptedLaunchTemplate, EncryptedVolume, InstanceLauncher } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { serviceGrants } from '../../../src/access/service-grants';
import { ACCOUNT, OTHER_ACCOUNT, REGION, ThreeStacks } from '../../support/three-stacks';

const ROOT = { deviceName: '/dev/xvda', size: Size.gibibytes(8) };
const linked = (service: string, name: string) => `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${service}.amazonaws.com/${name}`;
const AUTO_SCALING = linked('autoscaling', 'AWSServiceRoleForAutoScaling');
const FLEET = linked('ec2fleet', 'AWSServiceRoleForEC2Fleet');
const SPOT_FLEET = linked('spotfleet', 'AWSServiceRoleForEC2SpotFleet');
const SPOT = linked('spot', 'AWSServiceRoleForEC2Spot');

const THROUGH_EC2 = { operator: 'StringEquals', key: 'kms:ViaService', values: [`ec2.${REGION}.amazonaws.com`] };
const FOR_AWS = { operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] };
const DENIED = { verdict: 'denied', conditions: [] };
const ALLOWED = { verdict: 'allowed', conditions: [] };
const if_ = (...conditions: object[]) => ({ verdict: 'conditional', conditions: [conditions] });

/** Whoever has to do with launches, in a stack of their own, and the keys in others. */
function modelOf(...launchedBy: InstanceLauncher[]): AccessModel {
  const stacks = new ThreeStacks();
  const images = new CustomerManagedKey(stacks.keys, 'Images');
  const template = new EncryptedLaunchTemplate(stacks.data, 'Workers', { rootDevice: ROOT, encryptionKey: stacks.key, snapshotKeys: [images], launchedBy });
  template.grantLaunch(stacks.role('Operator'));
  stacks.role('Deployer', { inlinePolicies: { Deploy: stacks.key.deployPermissions() } });
  stacks.role('Bystander');
  return new AccessModel(readAssembly(stacks.app.synth().directory));
}

const LAUNCHES: [action: string, decision: object][] = [
  ...['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo']
    .map((action): [string, object] => [action, ALLOWED]),
  ['CreateGrant', if_(FOR_AWS)],
  ['PutKeyPolicy', DENIED],
];

describe.each<[string, InstanceLauncher[], string[], string[]]>([
  ['nobody', [], [], [AUTO_SCALING, FLEET, SPOT_FLEET, SPOT]],
  ['Auto Scaling', [InstanceLauncher.autoScaling()], [AUTO_SCALING], [`${AUTO_SCALING}_blue`, FLEET, SPOT]],
  ['Auto Scaling with a custom suffix', [InstanceLauncher.autoScaling('blue')], [AUTO_SCALING, `${AUTO_SCALING}_blue`], [`${AUTO_SCALING}_green`, SPOT]],
  ['fleets', [InstanceLauncher.ec2Fleet()], [FLEET], [AUTO_SCALING, SPOT_FLEET, SPOT]],
  ['Spot Fleets', [InstanceLauncher.spotFleet()], [SPOT_FLEET, SPOT], [AUTO_SCALING, FLEET]],
  ['fleets with Spot Instances', [InstanceLauncher.ec2Fleet(), InstanceLauncher.spotInstances()], [FLEET, SPOT], [AUTO_SCALING, SPOT_FLEET]],
])('launched by %s', (_who, launchers, may, mayNot) => {
  let model: AccessModel;
  beforeAll(() => {
    model = modelOf(...launchers);
  });

  test.each(['Keys/Key', 'Keys/Images'])('the service-linked roles launch with %s, and others do not', (key) => {
    for (const principal of may) {
      expect(LAUNCHES.map(([action]) => model.decide({ principal, key, action: `kms:${action}` }))).toMatchObject(LAUNCHES.map(([, decision]) => decision));
    }
    for (const principal of [...mayNot, ...may.map((arn) => arn.replace(ACCOUNT, OTHER_ACCOUNT)), 'autoscaling.amazonaws.com', 'ec2.amazonaws.com']) {
      expect(LAUNCHES.map(([action]) => model.decide({ principal, key, action: `kms:${action}` }).verdict)).toEqual(LAUNCHES.map(() => 'denied'));
    }
  });

  test.each<[string, string, object]>([
    ['Operator', 'GenerateDataKeyWithoutPlaintext', if_(THROUGH_EC2)],
    ['Operator', 'CreateGrant', if_(THROUGH_EC2, FOR_AWS)],
    ['Operator', 'Encrypt', DENIED],
    ['Operator', 'PutKeyPolicy', DENIED],
    ['Deployer', 'GenerateDataKeyWithoutPlaintext', if_(THROUGH_EC2)],
    ['Deployer', 'CreateGrant', if_(THROUGH_EC2, FOR_AWS)],
    ['Deployer', 'PutKeyPolicy', ALLOWED],
    ['Bystander', 'Decrypt', DENIED],
    ['Bystander', 'CreateGrant', DENIED],
  ])('%s asks for %s', (who, does, decision) => {
    expect(model.decide({ principal: `Users/${who}`, key: 'Keys/Key', action: `kms:${does}` })).toMatchObject(decision);
  });
});

test('whoever launches decrypts nothing without Amazon EC2 between', () => {
  const asked = { principal: 'Users/Operator', key: 'Keys/Key', action: 'kms:Decrypt', complete: true };

  expect(modelOf().decide(asked)).toMatchObject({ verdict: 'denied' });
});

describe('a volume of a snapshot under another key', () => {
  let model: AccessModel;
  beforeAll(() => {
    const stacks = new ThreeStacks();
    const snapshotKey = new CustomerManagedKey(stacks.keys, 'Snapshots');
    new EncryptedVolume(stacks.data, 'Ledger', {
      availabilityZone: Fn.select(0, Fn.getAzs()), encryptionKey: stacks.key, snapshotId: 'snap-1234567890abcdef0', snapshotKey,
    }).grantAttachVolume(stacks.role('Operator'));
    stacks.role('Deployer', { inlinePolicies: { Key: stacks.key.deployPermissions(), Snapshots: snapshotKey.deployPermissions() } });
    stacks.role('Bystander');
    model = new AccessModel(readAssembly(stacks.app.synth().directory));
  });

  test.each<[string, string, string, object]>([
    ['Deployer', 'Keys/Snapshots', 'ReEncryptFrom', if_(THROUGH_EC2)],
    ['Deployer', 'Keys/Snapshots', 'CreateGrant', if_(THROUGH_EC2, FOR_AWS)],
    ['Deployer', 'Keys/Key', 'ReEncryptTo', if_(THROUGH_EC2)],
    ['Deployer', 'Keys/Key', 'GenerateDataKeyWithoutPlaintext', if_(THROUGH_EC2)],
    ['Operator', 'Keys/Key', 'CreateGrant', { verdict: 'conditional' }],
    ['Operator', 'Keys/Snapshots', 'CreateGrant', DENIED],
    ['Operator', 'Keys/Snapshots', 'Decrypt', DENIED],
    ['Bystander', 'Keys/Snapshots', 'ReEncryptFrom', DENIED],
    ['Bystander', 'Keys/Key', 'ReEncryptTo', DENIED],
  ])('%s asks %s for %s', (who, key, does, decision) => {
    expect(model.decide({ principal: `Users/${who}`, key, action: `kms:${does}` })).toMatchObject(decision);
  });

  test('is made with grants of whoever deploys, and attached with those of the operator', () => {
    // Of volumes and of copies: both are grants through Amazon EC2.
    const makersOf = (key: string) => [...new Set(
      serviceGrants(model, model.key(key)).flatMap(({ makers }) => makers.map(({ identity }) => identity.logicalId)),
    )];

    expect(makersOf('Keys/Key')).toEqual([expect.stringMatching(/^Operator/), expect.stringMatching(/^Deployer/)]);
    expect(makersOf('Keys/Snapshots')).toEqual([expect.stringMatching(/^Deployer/)]);
  });
});
