import { Duration, NestedStack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EbsSnapshotPolicyProps, EbsSnapshotRetention, EbsSnapshotSchedule, EbsSnapshotTarget, KmsService, SnapshotDestination } from '../../../src';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { nightly, volumeIn } from '../../support/snapshots';

const THERE = `Data-copies-${SYDNEY}`;
const VIA = [`ec2.${SYDNEY}.amazonaws.com`, `ec2.${REGION}.amazonaws.com`];
const KEY_THERE = { 'Fn::GetStackOutput': { StackName: THERE, Region: SYDNEY, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };
const COPY = [
  'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
];
const inRegions = (...regions: string[]) => ({ copies: regions.map((region) => ({ destination: SnapshotDestination.inRegion(region) })) });

function templateOf(props: Partial<EbsSnapshotPolicyProps> = {}, stackName = 'Data', references: 'weak' | 'strong' = 'weak'): { Resources: Record<string, any> } {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  nightly(copies.data, { volumeKeys: [volumeIn(copies.data).encryptionKey], ...props });
  return copies.template(stackName);
}

const policyOf = (template: { Resources: object }) => theOnly(template as never, 'AWS::DLM::LifecyclePolicy').Properties;
const scheduleOf = (template: { Resources: object }) => policyOf(template).PolicyDetails.Schedules[0];
const statementsOf = (template: { Resources: object }) => theOnly(template as never, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement;

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('snapshots of what has the tag are made, kept, and copied under the key there', () => {
    expect(policyOf(templateOf({}, 'Data', references))).toEqual({
      Description: 'Snapshots of Data-Nightly',
      State: 'ENABLED',
      ExecutionRoleArn: { 'Fn::GetAtt': ['NightlyRole954B33E9', 'Arn'] },
      PolicyDetails: {
        PolicyType: 'EBS_SNAPSHOT_MANAGEMENT',
        ResourceTypes: ['VOLUME'],
        TargetTags: [{ Key: 'backup', Value: 'nightly' }],
        Schedules: [{
          Name: 'Snapshots',
          CopyTags: true,
          CreateRule: { Interval: 24, IntervalUnit: 'HOURS', Times: ['03:00'] },
          RetainRule: { Count: 7 },
          CrossRegionCopyRules: [{ Target: SYDNEY, Encrypted: true, CmkArn: KEY_THERE, CopyTags: true, RetainRule: { Interval: 30, IntervalUnit: 'DAYS' } }],
        }],
      },
    });
  });

  test('the stack there has a key and its alias, is deployed first, and refers to nothing', () => {
    const copies = new Copies(references);
    nightly(copies.data);
    const assembly = copies.app.synth();
    const there = assembly.getStackByName(THERE);

    expect(Object.values<any>(there.template.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias']);
    expect(JSON.stringify(there.template)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(assembly.getStackByName('Data').dependencies.map(({ id }) => id)).toContain(there.id);
  });

  test('both keys let in copies through Amazon EC2 of both Regions', () => {
    const shares = ['Data', THERE].map((name) => theOnly(templateOf({}, name, references) as never, 'AWS::KMS::Key').Properties.KeyPolicy.Statement
      .filter(({ Sid }: { Sid: string }) => /EbsCopies|GrantsThrough/.test(Sid)));

    shares.forEach(([use, grants]) => {
      expect(use).toMatchObject({ Sid: 'UseThroughEbsCopies', Action: COPY, Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA } } });
      expect(grants.Condition).toEqual({
        StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA }, Bool: { 'kms:GrantIsForAWSResource': 'true' },
      });
    });
  });

  test('the role uses both keys as AWS documents it, through Amazon EC2 only', () => {
    const ofKeys = statementsOf(templateOf({}, 'Data', references)).filter(({ Action }: { Action: string[] }) => Action[0].startsWith('kms:'));
    const of = (key: string) => ofKeys.filter(({ Resource }: { Resource: object }) => JSON.stringify(Resource).includes(key));
    const distinct = [...new Set(ofKeys.map(({ Resource, ...statement }: Record<string, unknown>) => JSON.stringify(statement)))];

    const condition = { StringEquals: { 'kms:ViaService': VIA } };
    const grants = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];

    expect(distinct.map((text) => JSON.parse(text as string))).toEqual([
      { Effect: 'Allow', Action: grants, Condition: { ...condition, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
      { Effect: 'Allow', Action: COPY, Condition: condition },
    ]);
    expect([`"${THERE}"`, '"LedgerKey'].map((key) => of(key).length)).toEqual([2, 2]);
  });
});

test('only policies of the account and Region assume the role', () => {
  expect(theOnly(templateOf(), 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement).toEqual([{
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'dlm.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': `arn:aws:dlm:${REGION}:${ACCOUNT}:policy/*` } },
  }]);
});

test.each([
  ['volumes', EbsSnapshotTarget.volumes('a', 'b'), 'ec2:CreateSnapshot', ['volume']],
  ['instances', EbsSnapshotTarget.instances('a', 'b'), 'ec2:CreateSnapshots', ['instance', 'volume']],
])('the role makes snapshots of %s, and shares, archives and restores nothing', (_what, target, create, of) => {
  const ec2 = statementsOf(templateOf({ target })).filter(({ Sid }: { Sid?: string }) => Sid);

  expect(ec2).toEqual([
    {
      Sid: 'Describe',
      Effect: 'Allow',
      Action: [
        'ec2:DescribeAvailabilityZones', 'ec2:DescribeFastSnapshotRestores', 'ec2:DescribeInstances', 'ec2:DescribeSnapshotAttribute',
        'ec2:DescribeSnapshotTierStatus', 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes',
      ],
      Resource: '*',
    },
    {
      Sid: 'MakeSnapshots',
      Effect: 'Allow',
      Action: create,
      Resource: [...of.map((type) => `arn:aws:ec2:${REGION}:${ACCOUNT}:${type}/*`), `arn:aws:ec2:${REGION}::snapshot/*`],
    },
    {
      Sid: 'CopyTagAndDeleteSnapshots',
      Effect: 'Allow',
      Action: ['ec2:CopySnapshot', 'ec2:CreateTags', 'ec2:DeleteSnapshot'],
      Resource: [`arn:aws:ec2:${SYDNEY}::snapshot/*`, `arn:aws:ec2:${REGION}::snapshot/*`],
    },
  ]);
});

test('what is given is what is written', () => {
  const template = templateOf({
    target: EbsSnapshotTarget.instances('tier', 'db'),
    schedule: EbsSnapshotSchedule.cron({ minute: '0', hour: '17', weekDay: 'FRI' }),
    retention: EbsSnapshotRetention.age(Duration.days(90)),
    copies: [{ destination: SnapshotDestination.inRegion(SYDNEY), copyTags: false }],
    copyTags: false,
    enabled: false,
  });

  expect(policyOf(template)).toMatchObject({ State: 'DISABLED', PolicyDetails: { ResourceTypes: ['INSTANCE'], TargetTags: [{ Key: 'tier', Value: 'db' }] } });
  expect(scheduleOf(template)).toMatchObject({
    CopyTags: false,
    CreateRule: { CronExpression: 'cron(0 17 ? * FRI *)' },
    RetainRule: { Interval: 90, IntervalUnit: 'DAYS' },
    CrossRegionCopyRules: [{ CopyTags: false, RetainRule: { Interval: 7, IntervalUnit: 'DAYS' } }],
  });
});

test('copies go to three Regions, each under a key of its own', () => {
  const regions = [SYDNEY, 'eu-west-1', 'us-east-1'];
  const copies = new Copies();
  const { destinationKeys, destinationStacks } = nightly(copies.data, inRegions(...regions));
  const rules = scheduleOf(copies.template('Data')).CrossRegionCopyRules;

  expect(rules.map(({ Target, CmkArn }: Record<string, any>) => [Target, CmkArn['Fn::GetStackOutput'].Region])).toEqual(regions.map((region) => [region, region]));
  expect(destinationStacks.map(({ region }) => region)).toEqual(regions);
  expect(new Set(destinationKeys).size).toBe(3);
});

test('volumes that are not encrypted need no key, and their copies are encrypted', () => {
  const copies = new Copies();
  nightly(copies.data);
  const template = copies.template('Data');

  expect(Object.values(template.Resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::DLM::LifecyclePolicy']);
  expect(scheduleOf(template).CrossRegionCopyRules).toMatchObject([{ Encrypted: true, CmkArn: KEY_THERE }]);
});

test('the policy waits for the permissions of its role', () => {
  expect(theOnly(templateOf(), 'AWS::DLM::LifecyclePolicy')).toMatchObject({ DependsOn: expect.arrayContaining([expect.stringMatching(/^NightlyRoleDefaultPolicy/)]) });
});

test('takes a key that is imported from there, and is in a nested stack', () => {
  const copies = new Copies();
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const keyArn = `arn:aws:kms:${SYDNEY}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const key = CustomerManagedKey.fromKeyArn(there, 'Key', keyArn, { services: [KmsService.EBS_COPIES] });
  const nested = new NestedStack(copies.data, 'Nested');
  const { policy } = nightly(nested, { copies: [{ destination: SnapshotDestination.ofStack(there, key) }] });
  copies.app.synth();

  expect(nested.resolve(policy.policyDetails).schedules[0].crossRegionCopyRules[0]).toMatchObject({ cmkArn: keyArn, encrypted: true });
});

test('a further Region changes the policy in place, and nothing of what is there', () => {
  const [before, after] = [[SYDNEY], [SYDNEY, 'eu-west-1']].map((regions) => {
    const copies = new Copies();
    nightly(copies.data, inRegions(...regions));
    return { data: copies.template('Data'), there: copies.template(THERE) };
  });

  expect(after.there).toEqual(before.there);
  expect(Object.keys(after.data.Resources)).toEqual(Object.keys(before.data.Resources));
  expect(scheduleOf(after.data).CrossRegionCopyRules[0]).toEqual(scheduleOf(before.data).CrossRegionCopyRules[0]);
});

test('the role takes a boundary, as any role of the app', () => {
  const copies = new Copies();
  const { role } = nightly(copies.data);
  iam.PermissionsBoundary.of(copies.data).apply(iam.ManagedPolicy.fromManagedPolicyName(copies.data, 'Boundary', 'boundary'));
  copies.app.synth();

  expect(role.node.defaultChild).toHaveProperty('permissionsBoundary');
});
