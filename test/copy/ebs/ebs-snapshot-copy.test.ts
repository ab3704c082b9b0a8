import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EbsSnapshotCopy, EbsSnapshotCopyProps, KmsService, SnapshotDestination, SourceKeys } from '../../../src';
import { ACCOUNT, newApp, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { ebsCopies, THERE } from '../../support/snapshot-copies/ebs-copies';
import { definitionFindings } from '../../support/state-machine/template-definitions';

const SYDNEY = 'ap-southeast-2';
const VIA = [`ec2.${SYDNEY}.amazonaws.com`, `ec2.${REGION}.amazonaws.com`];
const THIRD = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

interface Both {
  readonly here: Template;
  readonly there: Template;
  readonly copies: EbsSnapshotCopy;
}

function templates(props: Partial<EbsSnapshotCopyProps> = {}, app: App = newApp()): Both {
  const copies = ebsCopies(newStack(app, 'Data'), props);
  const assembly = app.synth();
  const [here, there] = ['Data', THERE].map((name) => Template.fromJSON(assembly.getStackByName(name).template));
  return { here, there, copies };
}

/** The statements of the policies and managed policies of a template with an action. */
function statements(template: Template, type: string, action: string): any[] {
  return Object.values<any>(template.findResources(type)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes(action));
}

describe('with a retention and an age', () => {
  let both: Both;
  beforeAll(() => both = templates({ retention: Duration.days(35), maxAge: Duration.hours(26) }));

  test('both state machines are in order', () => {
    expect([both.here, both.there].flatMap((template) => definitionFindings(template.toJSON()))).toEqual([]);
  });

  test('the destination refers to nothing of the source', () => {
    expect(JSON.stringify(both.there.toJSON())).not.toMatch(/GetStackOutput|ImportValue/);
    expect(JSON.stringify(both.here.toJSON())).not.toMatch(/GetStackOutput|ImportValue/);
  });

  test('what is kept of copies is under the key of the destination', () => {
    const key = Object.keys(both.there.findResources('AWS::KMS::Key'))[0];
    const arn = { 'Fn::GetAtt': [key, 'Arn'] };
    both.there.hasResourceProperties('AWS::DynamoDB::Table', {
      SSESpecification: { KMSMasterKeyId: arn, SSEEnabled: true, SSEType: 'KMS' }, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    both.there.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    both.there.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: arn });
    both.there.hasResourceProperties('AWS::Events::EventBus', { KmsKeyIdentifier: arn });
    both.there.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: arn });
    both.there.hasResourceProperties('AWS::StepFunctions::StateMachine', { EncryptionConfiguration: { KmsKeyId: arn, Type: 'CUSTOMER_MANAGED_KMS_KEY' } });
  });

  test('the rule of the source forwards its own snapshots to the bus of the destination, and keeps what it cannot deliver', () => {
    const [{ Properties: bus }] = Object.values<any>(both.there.findResources('AWS::Events::EventBus'));
    both.here.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'source': ['cdk-kms-patterns'], 'detail-type': ['Snapshot To Copy'], 'detail': { copier: [bus.Name] } },
      Targets: [{ Arn: `arn:aws:events:${SYDNEY}:${ACCOUNT}:event-bus/${bus.Name}`, DeadLetterConfig: {}, RoleArn: {} }],
    });
  });

  test.each([
    ['ec2:CopySnapshot', { StringEquals: { 'aws:RequestTag/cdk-kms-patterns:copied-by': expect.stringMatching(/^Data-Copies-/) } }],
    ['ec2:CreateTags', { StringEquals: { 'ec2:CreateAction': 'CopySnapshot' } }],
    ['ec2:DeleteSnapshot', { StringEquals: { 'aws:ResourceTag/cdk-kms-patterns:copied-by': expect.stringMatching(/^Data-Copies-/) } }],
  ])('%s is for copies of its own, in the policy of the role and in its boundary', (action, Condition) => {
    const copies = `arn:aws:ec2:${SYDNEY}::snapshot/*`;
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']) {
      expect(statements(both.there, type, action).filter(({ Resource }) => Resource === copies)).toEqual([{ Action: action, Condition, Effect: 'Allow', Resource: copies }]);
    }
  });

  test('the role has its boundary', () => {
    const [boundary] = Object.keys(both.there.findResources('AWS::IAM::ManagedPolicy'));
    const copying = Object.values<any>(both.there.findResources('AWS::IAM::Role'))
      .filter(({ Properties }) => JSON.stringify(Properties.AssumeRolePolicyDocument).includes('states.amazonaws.com'));

    expect(copying.map(({ Properties }) => Properties.PermissionsBoundary)).toEqual([{ Ref: boundary }]);
  });

  test('the alarms ring for failures on both sides, where nothing is done on one of them, and where the newest copy is too old', () => {
    expect(both.copies.alarms).toHaveLength(5);
    const idle = { Namespace: 'AWS/States', MetricName: 'ExecutionsSucceeded', Statistic: 'Sum', ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' };
    both.there.hasResourceProperties('AWS::CloudWatch::Alarm', { ...idle, Period: 900, EvaluationPeriods: 2 });
    both.here.hasResourceProperties('AWS::CloudWatch::Alarm', { ...idle, Period: 3600, EvaluationPeriods: 26 });
    both.there.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'MatchedEvents', EvaluationPeriods: 26 });
    both.there.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.ec2'],
        'detail-type': ['EBS Snapshot Notification'],
        'detail': { event: ['copySnapshot'], source: [{ wildcard: `*:${REGION}:*snapshot/*` }], result: ['succeeded'] },
      },
    });
  });

  test('a statement of a key of the app names both Regions, and its alias is all that the role knows of it', () => {
    const key = Object.values<any>(both.here.findResources('AWS::KMS::Key')).find(({ Properties }) => JSON.stringify(Properties).includes('UseThroughEbsCopies'));
    const use = key.Properties.KeyPolicy.Statement.find(({ Sid }: { Sid: string }) => Sid === 'UseThroughEbsCopies');

    expect(use.Condition.StringEquals['kms:ViaService']).toEqual(VIA);
    expect(statements(both.there, 'AWS::IAM::Policy', 'kms:ReEncryptFrom')[1]).toMatchObject({
      Resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`,
      Condition: { 'StringEquals': { 'kms:ViaService': VIA }, 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/data' } },
    });
    const grants = statements(both.there, 'AWS::IAM::Policy', 'kms:CreateGrant').filter(({ Condition }) => !JSON.stringify(Condition).includes('dynamodb'));

    expect(grants).toHaveLength(2);
    grants.forEach(({ Condition }) => expect(Condition.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' }));
  });
});

test.each<[string, () => SourceKeys, unknown]>([
  ['given ARNs', () => SourceKeys.withArns(THIRD), { Resource: [expect.anything(), THIRD] }],
  ['aliases', () => SourceKeys.withAliases('data/*', 'alias/billing'), {
    Resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`,
    Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': ['alias/billing', 'alias/data/*'] } },
  }],
  ['every key', () => SourceKeys.anyOfAccount(), { Resource: [expect.anything(), `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`] }],
])('the role decrypts with %s', (_what, sourceKeys, statement) => {
  const { there } = templates({ sourceKeys: sourceKeys() });

  expect(statements(there, 'AWS::IAM::Policy', 'kms:ReEncryptFrom').at(-1)).toMatchObject(statement as object);
});

test('an imported key of the source is named by its ARN', () => {
  const app = newApp();
  const data = newStack(app, 'Data');
  const key = CustomerManagedKey.fromKeyArn(data, 'Imported', THIRD, { services: [KmsService.EBS_COPIES] });

  ebsCopies(data, { sourceKeys: SourceKeys.ofKeys(key) });
  const there = Template.fromJSON(app.synth().getStackByName(THERE).template);

  expect(statements(there, 'AWS::IAM::Policy', 'kms:ReEncryptFrom').at(-1).Resource).toContain(THIRD);
});

test('without a retention, nothing is ever deleted but what is surplus; without a sweep, no schedule looks at snapshots', () => {
  const { here, there } = templates({ sweep: false });

  expect(JSON.stringify(there.toJSON())).not.toContain('RemoveExpired');
  expect(JSON.stringify(here.toJSON())).not.toMatch(/ScheduleExpression|ExecutionsSucceeded/);
});

test('time-based copies say within what time, and an alarm rings where one takes longer', () => {
  const { there, copies } = templates({ completionDuration: Duration.hours(4) });
  const late = Object.entries(there.findResources('AWS::Events::Rule')).filter(([, { Properties }]) => JSON.stringify(Properties).includes('missedCompletion'));

  expect(JSON.stringify(there.toJSON())).toContain('\\"CompletionDurationMinutes\\":240');
  expect(late.map(([, { Properties }]) => Properties.EventPattern)).toEqual([{
    'source': ['aws.ec2'],
    'detail-type': ['EBS Snapshot Notification', 'EBS Copy Snapshot Missed Completion Duration'],
    'detail': { event: ['copySnapshot'], source: [{ wildcard: `*:${REGION}:*snapshot/*` }], missedCompletionDurationCause: [{ exists: true }] },
  }]);
  there.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'MatchedEvents', Dimensions: [{ Name: 'RuleName', Value: { Ref: late[0][0] } }], Threshold: 1, Period: 300, TreatMissingData: 'notBreaching',
  });
  expect(copies.alarms).toHaveLength(templates({}).copies.alarms.length + 1);
});

test('nothing is late where nothing was said of time', () => {
  expect(JSON.stringify(templates({}).there.toJSON())).not.toContain('missedCompletion');
});

test('whoever may, has existing snapshots copied', () => {
  const app = newApp();
  const data = newStack(app, 'Data');
  const operator = new iam.Role(data, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
  const copies = ebsCopies(data);
  copies.grantBackfill(operator);
  const template = Template.fromJSON(app.synth().getStackByName('Data').template);

  expect(statements(template, 'AWS::IAM::Policy', 'states:StartExecution').map(({ Resource }) => Resource))
    .toContainEqual({ Ref: Object.keys(template.findResources('AWS::StepFunctions::StateMachine'))[0] });
});

test('another retention changes the state machines in place', () => {
  const [before, after] = [Duration.days(35), Duration.days(7)].map((retention) => templates({ retention }));
  const ids = ({ here, there }: Both) => [here, there].map((template) => Object.keys(template.toJSON().Resources));

  expect(ids(after)).toEqual(ids(before));
});

test('in a Stage, both stacks belong to it', () => {
  const stage = new Stage(newApp(), 'Prod', { env: { account: ACCOUNT, region: REGION } });
  ebsCopies(new Stack(stage, 'Data'));

  expect(stage.synth().stacks.map(({ stackName }) => stackName).sort()).toEqual([`Prod-${THERE}`, 'Prod-Data'].sort());
});

test('the address of its copies is a name that Amazon EventBridge takes', () => {
  const { there } = templates();
  const [{ Properties }] = Object.values<any>(there.findResources('AWS::Events::EventBus'));

  expect(Properties.Name).toMatch(/^[\w.-]{1,256}$/);
});

test.each([[10, '10 minutes'], [20, '20 minutes'], [2895, '2 days 15 minutes']])('fails for time-based copies within %i minutes', (minutes, given) => {
  expect(() => templates({ completionDuration: Duration.minutes(minutes) })).toThrow(
    `CompletionDurationInvalid: time-based copies take a multiple of 15 minutes, up to 48 hours, given: ${given}; write for example Duration.hours(4) [at Data/Copies]`);
});

test.each<[string, (data: Stack) => SourceKeys, string]>([
  ['no key', () => SourceKeys.withAliases(), 'SourceKeysEmpty: SourceKeys without a key copy nothing that is encrypted, given: none; give an alias, or SourceKeys.anyOfAccount() [at Data/Copies]'],
  ['an alias that is none', () => SourceKeys.withAliases('data keys'), 'SourceKeyAliasInvalid: aliases of keys are literal, with a-z, A-Z, 0-9, /, _, - and * for any characters, '
    + 'given: \'data keys\'; write for example data/* [at Data/Copies]'],
  ['a key of the destination', () => SourceKeys.withArns(THIRD.replace(REGION, SYDNEY)), 'SourceKeyArnInvalid: keys of snapshots are named by literal ARNs of their Region, '
    + `${REGION}, given: '${THIRD.replace(REGION, SYDNEY)}'; write arn:aws:kms:${REGION}:ACCOUNT:key/KEY-ID, or SourceKeys.ofKeys for keys of the app [at Data/Copies]`],
  ['a key without alias', (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Bare')), 'SourceKeyWithoutAlias: what copies is in another Region, and names a key of the app by '
    + 'its alias, given: Data/Bare, which was made without one; give its alias property [at Data/Copies]'],
  ['a key of the app in another Region', (data) => SourceKeys.ofKeys(new CustomerManagedKey(newStack(data.node.root as App, 'Paris', { account: ACCOUNT, region: 'eu-west-3' }), 'Key')),
    `SourceKeyOfAnotherRegion: a snapshot is encrypted under a key of its own Region, given: Paris/Key in eu-west-3, for snapshots in ${REGION}; give the keys of ${REGION} [at Data/Copies]`],
])('fails for %s', (_what, sourceKeys, message) => {
  const data = newStack(newApp(), 'Data');

  expect(() => ebsCopies(data, { sourceKeys: sourceKeys(data) })).toThrow(message);
});

test('fails for a destination in another account', () => {
  const app = newApp();
  const there = newStack(app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });

  expect(() => ebsCopies(newStack(app, 'Data'), { destination: SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')) })).toThrow(
    `DestinationInAnotherAccount: EbsSnapshotCopy copies snapshots within an account only, given: There in ${OTHER_ACCOUNT}, for a source in ${ACCOUNT}; give a stack of ${ACCOUNT} [at Data/Copies]`);
});

test.each([[{ copiesAtOnce: 0 }, 'copiesAtOnce is 1 to 100, given: 0'], [{ attempts: 1.5 }, 'attempts is 1 to 10, given: 1.5'], [{ retention: Duration.hours(36) }, 'retention is 1 to 36500 days, given: 1.5']])(
  'fails for %j', (props, message) => {
    expect(() => templates(props)).toThrow(`CopyNumberInvalid: ${message}; write a whole number in between, or leave it out [at Data/Copies]`);
  });

test.each([
  ['of AWS', { 'aws:backup': 'daily' }, '\'aws:backup\''],
  ['without a name', { '': 'daily' }, '\'\''],
])('fails for a tag %s', (_what, tags: Record<string, string>, given) => {
  expect(() => templates({ tags })).toThrow(
    `CopyTagInvalid: snapshots are chosen by tags that people give, known before deployment, given: ${given}; write for example { backup: 'daily' } [at Data/Copies]`);
});
