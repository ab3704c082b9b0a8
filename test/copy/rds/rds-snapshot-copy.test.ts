import { Duration, Stack } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { CopiedDatabases, EncryptedDatabaseCluster, RdsSnapshotCopyProps } from '../../../src';
import { ledgerIn, SYDNEY } from '../../support/copies';
import { AURORA_POSTGRES, theOnly, WRITER } from '../../support/databases';
import { ACCOUNT, newApp, newStack, REGION } from '../../support/key-stack';
import { rdsCopies, THERE } from '../../support/snapshot-copies/rds-copies';
import { definitionFindings } from '../../support/state-machine/template-definitions';

type Build = (data: Stack) => Partial<RdsSnapshotCopyProps>;
type Template = { readonly Resources: Record<string, any> };

/** Both templates. */
function templates(build: Build = () => ({}), flags: object = recommendedFlags): Record<'here' | 'there', Template> {
  const app = newApp(flags as Record<string, unknown>);
  const data = newStack(app, 'Data');
  rdsCopies(data, build(data));
  const assembly = app.synth();
  const [here, there] = ['Data', THERE].map((name) => assembly.getStackByName(name).template as Template);
  return { here, there };
}

const sorted = (actions: string | string[]) => [actions].flat().sort();
const ofType = ({ Resources }: Template, type: string): any[] => Object.values(Resources)
  .flatMap(({ Type, Properties }) => Type === type ? [Properties] : []);
const rulesOf = (template: Template): any[] => ofType(template, 'AWS::Events::Rule').flatMap(({ EventPattern }) => EventPattern ?? []);
const copierStatements = (there: Template) => {
  const { PolicyDocument } = ofType(there, 'AWS::IAM::Policy').find((policy) => JSON.stringify(policy).includes('rds:CopyDBSnapshot'));
  return PolicyDocument.Statement as any[];
};

describe.each([['recommended', recommendedFlags], ['no', { '@aws-cdk/core:enablePartitionLiterals': false }]])('with %s feature flags', (_flags, flags) => {
  const { here, there } = templates(() => ({ retention: Duration.days(35) }), flags);

  test('the source tells of new snapshots of all kinds, but of those of AWS Backup', () => {
    expect(rulesOf(here)).toContainEqual({
      'source': ['aws.rds'],
      'detail-type': ['RDS DB Snapshot Event', 'RDS DB Cluster Snapshot Event'],
      'detail': {
        EventID: ['RDS-EVENT-0042', 'RDS-EVENT-0091', 'RDS-EVENT-0075', 'RDS-EVENT-0169'],
        SourceIdentifier: [{ 'anything-but': { prefix: 'awsbackup:' } }],
      },
    });
  });

  test('the destination listens for the end of copies that have its names', () => {
    const [{ detail }] = rulesOf(there).filter(({ source }) => source[0] === 'aws.rds');

    expect(detail.EventID).toEqual(['RDS-EVENT-0060', 'RDS-EVENT-0197', 'RDS-EVENT-0061', 'RDS-EVENT-0190']);
    expect(detail.SourceIdentifier).toEqual([{ suffix: expect.stringMatching(/^-a[0-9a-f]{8}$/) }, { suffix: expect.stringMatching(/^-m[0-9a-f]{8}$/) }]);
  });

  test('the role copies to its own names only, with its tag, and deletes what has both', () => {
    const statements = copierStatements(there).filter(({ Action }) => JSON.stringify(Action).includes('rds:'));
    const address = theOnly(there as never, 'AWS::Events::EventBus').Properties.Name;
    const own = /:(cluster-)?snapshot:\*-[am][0-9a-f]{8}$/;
    const bound = statements.filter(({ Resource }) => [Resource].flat().every((resource) => own.test(JSON.stringify(resource).replace(/[^\w:*-]*$/, ''))));

    // AWS CDK merges and sorts statements where its flags say so.
    expect(bound.map(({ Action, Condition }) => [sorted(Action), Condition.StringEquals]).sort()).toEqual(flags === recommendedFlags ? [
      [['rds:AddTagsToResource', 'rds:CopyDBClusterSnapshot', 'rds:CopyDBSnapshot'], { 'aws:RequestTag/cdk-kms-patterns:copied-by': address }],
      [['rds:DeleteDBClusterSnapshot', 'rds:DeleteDBSnapshot'], { 'aws:ResourceTag/cdk-kms-patterns:copied-by': address }],
    ] : [
      [['rds:AddTagsToResource'], { 'aws:RequestTag/cdk-kms-patterns:copied-by': address }],
      [['rds:CopyDBClusterSnapshot', 'rds:CopyDBSnapshot'], { 'aws:RequestTag/cdk-kms-patterns:copied-by': address }],
      [['rds:DeleteDBClusterSnapshot', 'rds:DeleteDBSnapshot'], { 'aws:ResourceTag/cdk-kms-patterns:copied-by': address }],
    ]);
    expect(statements.filter((statement) => !bound.includes(statement)).map(({ Action }) => sorted(Action)).sort()).toEqual([
      ['rds:CopyDBClusterSnapshot', 'rds:CopyDBSnapshot'], ['rds:CopyDBSnapshot'], ['rds:DescribeDBClusterSnapshots', 'rds:DescribeDBSnapshots'],
    ]);
  });

  test('the role uses keys of both Regions through Amazon RDS only, and makes grants for it on both', () => {
    const via = [`rds.${SYDNEY}.amazonaws.com`, `rds.${REGION}.amazonaws.com`];
    const statements = copierStatements(there).filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes(via[0]));

    expect(statements.map(({ Action }) => [Action].flat().at(-1))).toEqual(['kms:ReEncryptTo', 'kms:CreateGrant', 'kms:ReEncryptTo', 'kms:CreateGrant']);
    statements.forEach(({ Action, Condition }) => {
      expect(sorted(Condition.StringEquals['kms:ViaService'])).toEqual(via);
      expect(Condition.Bool).toEqual(Action === 'kms:CreateGrant' ? { 'kms:GrantIsForAWSResource': 'true' } : undefined);
    });
  });

  test('both keys let Amazon RDS of both Regions in', () => {
    const policies = [here, there].flatMap((template) => ofType(template, 'AWS::KMS::Key').map(({ KeyPolicy }) => KeyPolicy.Statement as any[]));
    const lets = policies.flatMap((statements) => statements.filter(({ Sid }) => Sid === 'UseThroughRdsCopies'));

    expect(lets.map(({ Condition }) => [...Condition.StringEquals['kms:ViaService']].sort())).toEqual([
      [`rds.${SYDNEY}.amazonaws.com`, `rds.${REGION}.amazonaws.com`], [`rds.${SYDNEY}.amazonaws.com`, `rds.${REGION}.amazonaws.com`],
    ]);
  });

  test('the state machines are what AWS Step Functions takes, and the stack there refers to nothing', () => {
    // asl-validator takes no empty text for a variable.
    expect([here, there].flatMap(definitionFindings).filter((finding) => !/Start\/(Choices\/0|Assign\/problem) /.test(finding))).toEqual([]);
    expect(JSON.stringify(there)).not.toMatch(/GetStackOutput|ImportValue/);
  });
});

test('databases of the app are named by what they are called when they are deployed', () => {
  const { here } = templates((data) => {
    const ledger = ledgerIn(data);
    const cluster = new EncryptedDatabaseCluster(data, 'Catalogue', { engine: AURORA_POSTGRES, ...WRITER, vpc: data.node.findChild('Vpc') as never });
    return { databases: [CopiedDatabases.ofInstances(ledger), CopiedDatabases.ofClusters(cluster), CopiedDatabases.instancesNamed('Orders')] };
  });
  const parts: any[] = theOnly(here as never, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString['Fn::Join'][1];
  const text = parts.map((part) => typeof part === 'string' ? part : `<${part.Ref}>`).join('');

  expect(text).toMatch(/DbInstanceIdentifier in \[\$lowercase\('<LedgerB7379752>'\), \$lowercase\('Orders'\)\]/);
  expect(text).toMatch(/DbClusterIdentifier in \[\$lowercase\('<Catalogue\w+>'\)\]/);
});

test('option groups are let in by their names', () => {
  const { there } = templates(() => ({ optionGroups: { 'ledger-tde': 'tde-sydney', 'orders-tde': 'tde-sydney' } }));

  expect(copierStatements(there)).toContainEqual({
    Action: 'rds:CopyDBSnapshot', Effect: 'Allow', Resource: ['default:*', 'tde-sydney'].map((name) => `arn:aws:rds:${SYDNEY}:${ACCOUNT}:og:${name}`),
  });
});

test('what is copied and how long it is kept changes state machines only', () => {
  const [before, after] = [
    templates(() => ({ retention: Duration.days(7) })),
    templates(() => ({ retention: Duration.days(35), databases: [CopiedDatabases.instancesNamed('ledger')], tags: { backup: 'daily' }, copyTags: false })),
  ];
  const changed = (['here', 'there'] as const).flatMap((where) => {
    const [old, next] = [before[where].Resources, after[where].Resources];
    expect(Object.keys(next)).toEqual(Object.keys(old));
    return Object.keys(old).filter((id) => JSON.stringify(old[id]) !== JSON.stringify(next[id])).map((id) => old[id].Type);
  });

  expect(changed).toEqual(['AWS::StepFunctions::StateMachine', 'AWS::StepFunctions::StateMachine']);
});

test('a second one copies on its own', () => {
  const app = newApp();
  const data = newStack(app, 'Data');
  rdsCopies(data);
  rdsCopies(data, { tags: { backup: 'daily' } }, 'Daily');
  const there = app.synth().getStackByName(THERE).template as Template;
  const suffixes = rulesOf(there).filter(({ source }) => source[0] === 'aws.rds').map(({ detail }) => detail.SourceIdentifier[0].suffix);

  expect(new Set(suffixes).size).toBe(2);
});

test('alarms tell of failures on both sides, of nothing that is done on one of them, and of copies that are too old', () => {
  const copies = rdsCopies(newStack(newApp(), 'Data'), { maxAge: Duration.hours(26) });

  expect(copies.alarms.map(({ node }) => node.path.replace(/^Data(-copies-ap-southeast-2)?\//, ''))).toHaveLength(5);
  expect([copies.destinationRegion, copies.destinationStack.stackName]).toEqual([SYDNEY, THERE]);
});

describe('fails', () => {
  const make = (props: Partial<RdsSnapshotCopyProps>) => () => rdsCopies(newStack(newApp(), 'Data'), props);

  test('for databases without a name', () => {
    expect(make({ databases: [CopiedDatabases.ofInstances()] })).toThrow(
      'DatabasesEmpty: the snapshots of no database would be copied, given: databases without a name; name one, or leave databases out, which copies '
      + 'those of all [at Data/Copies]');
  });

  test.each(['1ledger', 'led--ger', 'ledger-', 'ledger_1', 'led\'ger', ''])('for the name %s, which no database has', (identifier) => {
    const message = `DatabaseIdentifierInvalid: names of databases have letters, digits and single hyphens, and begin with a letter, given: '${identifier}'; `
      + 'write for example ledger [at Data/Copies]';

    expect(make({ databases: [CopiedDatabases.instancesNamed(identifier)] })).toThrow(message);
    expect(make({ databases: [CopiedDatabases.clustersNamed(identifier)] })).toThrow(message);
  });

  test('for a database of another Region', () => {
    const app = newApp();
    const elsewhere = newStack(app, 'Elsewhere', { account: ACCOUNT, region: 'eu-west-1' });

    expect(() => rdsCopies(newStack(app, 'Data'), { databases: [CopiedDatabases.ofInstances(ledgerIn(elsewhere))] })).toThrow(
      'DatabaseOfAnotherRegion: snapshots are in the Region of their database, given: Elsewhere/Ledger/Default in eu-west-1, for copies of what is in '
      + `${REGION}; make another RdsSnapshotCopy in a stack there [at Data/Copies]`);
  });

  test.each([[{ 'led ger': 'tde' }, '\'led ger\''], [{ ledger: 'tde\'' }, '\'tde\'\''], [{ ledger: '' }, '\'\'']])('for option groups %j', (optionGroups, given) => {
    expect(make({ optionGroups: optionGroups as Record<string, string> })).toThrow(
      `OptionGroupInvalid: option groups are named by literals, that of the snapshot and that of its copy, given: ${given}; `
      + 'write for example { \'ledger-tde\': \'ledger-tde-sydney\' } [at Data/Copies]');
  });
});
