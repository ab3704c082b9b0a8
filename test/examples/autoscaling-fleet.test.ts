import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { keyReport } from '../../src/report/key-report';
import { keyTable } from '../../src/report/key-table';
import { exampleApp, templatesOf } from '../support/example-app';

interface Resource {
  readonly Type: string;
  readonly Properties?: any;
}

const app = exampleApp('autoscaling-fleet');
const templates = templatesOf(app) as Record<string, { Resources: Record<string, Resource> }>;
const resources = Object.values(templates).flatMap(({ Resources }) => Object.values(Resources));

test('the templates are those that were read', () => {
  expect(templates).toMatchSnapshot();
});

test('the table shows every key with its policy and what is encrypted under it', () => {
  expect(`\n${keyTable(keyReport(app.synth().directory))}\n`).toMatchInlineSnapshot(`
"
KEY                                 POLICY                 ENCRYPTS
-----------------------------------------------------------------------------------------------------------------------
alias/autoscaling-fleet/operations  3,372 of 32,768 bytes  AWS::SNS::Topic           AutoscalingFleetInstances/Launches
AutoscalingFleetKeys/Operations     10 statements          AWS::Logs::LogGroup       AutoscalingFleetNetwork/Rejections

alias/autoscaling-fleet/volumes     4,510 of 32,768 bytes  AWS::EC2::Volume          AutoscalingFleetInstances/Evidence
AutoscalingFleetKeys/Volumes        12 statements          AWS::EC2::LaunchTemplate  AutoscalingFleetInstances/Workers
"
`);
});

test('references run from the people to the keys, never back', () => {
  const named = (stack: string) => [...new Set(JSON.stringify(templates[stack]).match(/AutoscalingFleet(Keys|Network|Instances|People)(?=")/g))].sort();

  expect(named('AutoscalingFleetKeys')).toEqual([]);
  expect(named('AutoscalingFleetNetwork')).toEqual(['AutoscalingFleetKeys']);
  expect(named('AutoscalingFleetInstances')).toEqual(['AutoscalingFleetKeys', 'AutoscalingFleetNetwork']);
  expect(named('AutoscalingFleetPeople')).toEqual(['AutoscalingFleetInstances', 'AutoscalingFleetKeys']);
});

test('the key policies name no principal but the account, everyone under conditions, and Amazon CloudWatch Logs', () => {
  const policies = resources.filter(({ Type }) => Type === 'AWS::KMS::Key').map(({ Properties }) => Properties.KeyPolicy.Statement);
  const principals = new Set(policies.flat().map(({ Principal }: { Principal: unknown }) => JSON.stringify(Principal)));

  expect([...principals].sort()).toEqual([
    '{"AWS":"*"}',
    '{"AWS":{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::",{"Ref":"AWS::AccountId"},":root"]]}}',
    '{"Service":{"Fn::Join":["",["logs.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"}]]}}',
  ]);
});

test('the group launches with the service-linked role that is made for it, of the suffix that the key policies name', () => {
  const { Resources } = templates.AutoscalingFleetInstances;
  const [[id, role]] = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::ServiceLinkedRole');
  const group = Object.values(Resources).find(({ Type }) => Type === 'AWS::AutoScaling::AutoScalingGroup')!;

  expect(JSON.stringify(group.Properties.ServiceLinkedRoleARN)).toContain(`role/aws-service-role/autoscaling.amazonaws.com/",{"Fn::GetAtt":["${id}","RoleName"]}`);
  expect(JSON.stringify(templates.AutoscalingFleetKeys)).toContain(`AWSServiceRoleForAutoScaling_${role.Properties.CustomSuffix}"`);
});

// The service-linked roles are in autoscaling-fleet-matrix.txt: where the account is known at deployment only, nobody can write their ARNs.
describe('who asks', () => {
  const VOLUMES = 'AutoscalingFleetKeys/Volumes';
  const OPERATIONS = 'AutoscalingFleetKeys/Operations';
  let model: AccessModel;
  beforeAll(() => {
    model = new AccessModel(readAssembly(app.synth().directory));
  });

  test.each<[who: string, does: string, key: string, verdict: string]>([
    ['AutoscalingFleetPeople/Operator', 'CreateGrant', VOLUMES, 'conditional'],
    ['AutoscalingFleetPeople/Operator', 'GenerateDataKeyWithoutPlaintext', VOLUMES, 'conditional'],
    ['AutoscalingFleetPeople/Operator', 'PutKeyPolicy', VOLUMES, 'denied'],
    ['AutoscalingFleetPeople/Operator', 'Decrypt', OPERATIONS, 'denied'],
    ['AutoscalingFleetPeople/Auditor', 'ListGrants', VOLUMES, 'allowed'],
    ['AutoscalingFleetPeople/Auditor', 'Decrypt', VOLUMES, 'denied'],
    ['AutoscalingFleetInstances/Worker', 'Decrypt', VOLUMES, 'denied'],
  ])('%s for %s with %s: %s', (who, does, key, verdict) => {
    expect(model.decide({ principal: who, key, action: `kms:${does}` })).toMatchObject({ verdict });
  });
});
