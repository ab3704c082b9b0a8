import { EbsEncryptionByDefault, InstanceLauncher } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { ACCOUNT, OTHER_ACCOUNT, REGION, ThreeStacks } from '../../support/three-stacks';

const linked = (service: string, name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/aws-service-role/${service}.amazonaws.com/${name}`;
const THROUGH_EC2 = { operator: 'StringEquals', key: 'kms:ViaService', values: [`ec2.${REGION}.amazonaws.com`] };
const FOR_AWS = { operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] };
const DENIED = { verdict: 'denied', conditions: [] };
const ALLOWED = { verdict: 'allowed', conditions: [] };
const if_ = (...conditions: object[]) => ({ verdict: 'conditional', conditions: [conditions] });

let model: AccessModel;
let setter: string;

beforeAll(() => {
  const stacks = new ThreeStacks();
  const launchedBy = [InstanceLauncher.autoScaling('blue'), InstanceLauncher.ec2Fleet(), InstanceLauncher.spotFleet()];
  const encryption = new EbsEncryptionByDefault(stacks.data, 'Encryption', { encryptionKey: stacks.key, launchedBy });
  encryption.grantUse(stacks.role('Operator'));
  stacks.role('Bystander');
  setter = `${encryption.node.path}/Role`;
  model = new AccessModel(readAssembly(stacks.app.synth().directory));
});

describe.each([
  ['Auto Scaling', linked('autoscaling', 'AWSServiceRoleForAutoScaling'), true],
  ['Auto Scaling with a custom suffix', linked('autoscaling', 'AWSServiceRoleForAutoScaling_blue'), true],
  ['EC2 Fleet', linked('ec2fleet', 'AWSServiceRoleForEC2Fleet'), true],
  ['Spot Fleet', linked('spotfleet', 'AWSServiceRoleForEC2SpotFleet'), true],
  ['Spot Instances', linked('spot', 'AWSServiceRoleForEC2Spot'), true],
  ['Auto Scaling with another suffix', linked('autoscaling', 'AWSServiceRoleForAutoScaling_green'), false],
  ['Auto Scaling of another account', linked('autoscaling', 'AWSServiceRoleForAutoScaling', OTHER_ACCOUNT), false],
])('the service-linked role of %s', (_who, principal, launches) => {
  test.each<[string, object]>([
    ['Decrypt', ALLOWED],
    ['GenerateDataKeyWithoutPlaintext', ALLOWED],
    ['ReEncryptFrom', ALLOWED],
    ['CreateGrant', if_(FOR_AWS)],
  ])(`${launches ? 'launches' : 'does not launch'} with the default key: %s`, (action, decision) => {
    expect(model.decide({ principal, key: 'Keys/Key', action: `kms:${action}` })).toMatchObject(launches ? decision : DENIED);
  });
});

test.each<[string, string, object]>([
  ['Operator', 'CreateGrant', if_(THROUGH_EC2, FOR_AWS)],
  ['Operator', 'Decrypt', if_(THROUGH_EC2)],
  ['Operator', 'GenerateDataKeyWithoutPlaintext', if_(THROUGH_EC2)],
  ['Operator', 'ReEncryptTo', if_(THROUGH_EC2)],
  ['Operator', 'Encrypt', DENIED],
  ['Operator', 'PutKeyPolicy', DENIED],
  ['Bystander', 'CreateGrant', DENIED],
  ['Bystander', 'Decrypt', DENIED],
  ['the function', 'DescribeKey', ALLOWED],
  ['the function', 'Decrypt', DENIED],
  ['the function', 'CreateGrant', DENIED],
  ['the function', 'TagResource', DENIED],
  ['the function', 'PutKeyPolicy', DENIED],
])('%s asks for %s', (who, does, decision) => {
  const principal = who === 'the function' ? setter : `Users/${who}`;

  expect(model.decide({ principal, key: 'Keys/Key', action: `kms:${does}` })).toMatchObject(decision);
});
