import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CustomerManagedKey, KmsService, SnapshotDestination } from '../../src';
import { Copies, ledgerIn, replicated, SYDNEY } from '../support/copies';
import { ACCOUNT, newStack, REGION } from '../support/key-stack';
import { deployedMachines } from '../support/snapshot-copies/deployed-machine';
import { StateError } from '../support/state-machine/state-error';
import { Call, StateMachine } from '../support/state-machine/state-machine';
import { VirtualClock } from '../support/state-machine/virtual-clock';
import { copiedServerless, namespaceIn } from '../support/warehouse-copies';

const LONDON = { account: ACCOUNT, region: REGION };
const THERE = `Data-copies-${SYDNEY}`;
const NOW = Date.parse('2026-11-29T12:00:00Z');
const KEY = 'Key961B73FD.Arn';
const maxAge = Duration.hours(2);
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

/** What an execution ends with: nothing, or why it failed. */
async function looked(template: { readonly Resources: Record<string, any> }, call: Call) {
  const [definition] = deployedMachines(template);
  const clock = new VirtualClock(NOW);
  const calls: any[] = [];
  const machine = new StateMachine(definition, {
    clock,
    call: (resource, args) => {
      calls.push([resource.split(':').slice(-2).join(':'), args]);
      return call(resource, args);
    },
  });
  let failure: string | undefined;
  const done = machine.execute({}).catch((error: Error) => failure = error.message);
  await clock.run();
  await done;
  return { failure, calls, transitions: machine.transitions };
}

describe('the alarm', () => {
  const copies = new Copies('weak', LONDON);
  const { newestCopyAlarm } = replicated(ledgerIn(copies.data, 'Ledger', { instanceIdentifier: 'ledger' }), undefined, { maxAge });
  const template = Template.fromJSON(copies.template(THERE));
  const [[machine]] = Object.entries(template.findResources('AWS::StepFunctions::StateMachine'));

  test('rings in the Region of the copies when no look of an hour has found one, and when there was none', () => {
    expect(newestCopyAlarm).toBeDefined();
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: `The newest copy of ${THERE}/Data-LedgerCopies is older than 2 hours`,
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsSucceeded',
      Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: machine } }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test('has a look twice an hour', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(30 minutes)', Targets: [Match.objectLike({ Arn: { Ref: machine }, Input: '{}' })],
    });
    template.resourceCountIs('AWS::Events::Rule', 1);
  });

  test('lets the state machine read there, and nothing else', () => {
    const reads = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => JSON.stringify(Action).includes('rds:'));

    expect(reads).toEqual([{
      Action: 'rds:DescribeDBInstanceAutomatedBackups',
      Effect: 'Allow',
      Resource: ['auto-backup', 'db'].map((type) => `arn:aws:rds:${SYDNEY}:${ACCOUNT}:${type}:*`),
    }]);
  });

  test('refers to nothing in the Region of the source', () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/GetStackOutput|ImportValue/);
  });
});

describe('replicated backups of an instance', () => {
  const backup = (minutes: number | undefined, given: object = {}) => ({
    DbInstanceIdentifier: 'ledger', Region: REGION, KmsKeyId: KEY, RestoreWindow: minutes === undefined ? null : { EarliestTime: ago(9999), LatestTime: ago(minutes) }, ...given,
  });
  const named = () => {
    const copies = new Copies('weak', LONDON);
    replicated(ledgerIn(copies.data, 'Ledger', { instanceIdentifier: 'Ledger' }), undefined, { maxAge });
    return copies.template(THERE);
  };
  const pages = (...found: object[][]): Call => (_resource, { Marker = '0' }) => ({
    DbInstanceAutomatedBackups: found[Number(Marker)], ...Number(Marker) + 1 < found.length ? { Marker: `${Number(Marker) + 1}` } : { Marker: null },
  });
  const NONE = `No replicated backup of ledger from ${REGION} is younger than 2 hours in ${SYDNEY}`;

  test('are young enough, in four transitions', async () => {
    expect(await looked(named(), pages([backup(119)]))).toEqual({
      failure: undefined, calls: [['rds:describeDBInstanceAutomatedBackups', { MaxRecords: 50 }]], transitions: 4,
    });
  });

  test('are found on a further page, and no page after it is asked for', async () => {
    const { failure, calls } = await looked(named(), pages([backup(1, { DbInstanceIdentifier: 'orders' })], [backup(1)], []));

    expect(failure).toBeUndefined();
    expect(calls.map(([, args]) => args)).toEqual([{ MaxRecords: 50 }, { MaxRecords: 50, Marker: '1' }]);
  });

  test.each<[string, object[][]]>([
    ['there are none', [[]]],
    ['there are none on any page', [[], [], []]],
    ['they are older', [[backup(121)]]],
    ['they cannot be restored to any time yet', [[backup(undefined), backup(1, { RestoreWindow: {} })]]],
    ['they are of another instance', [[backup(1, { DbInstanceIdentifier: 'orders' })]]],
    ['they are of an instance that was restored there under the same name', [[backup(1, { Region: SYDNEY })]]],
  ])('fails where %s', async (_what, found) => {
    expect((await looked(named(), pages(...found))).failure).toBe(NONE);
  });

  test('are looked for again where the call is throttled', async () => {
    let calls = 0;

    expect((await looked(named(), (...args) => {
      if (calls++ < 3) {
        throw new StateError('Rds.RdsException', 'Rate exceeded');
      }
      return pages([backup(1)])(...args);
    })).failure).toBeUndefined();
  });

  test('fails where it may not look', async () => {
    expect((await looked(named(), () => {
      throw new StateError('Rds.RdsException', 'User is not authorized');
    })).failure).toBe('User is not authorized');
  });

  describe('with a generated name', () => {
    const generated = () => {
      const copies = new Copies('weak', LONDON);
      replicated(ledgerIn(copies.data), undefined, { maxAge });
      replicated(ledgerIn(copies.data, 'Orders'));
      replicated(ledgerIn(copies.data, 'Elsewhere'), SnapshotDestination.inRegion('eu-west-1'));
      return copies.template(THERE);
    };
    const [ledger, orders] = ['data-ledger-1abc', 'data-orders-2def'].map((DbInstanceIdentifier) => (minutes: number, given: object = {}) =>
      backup(minutes, { DbInstanceIdentifier, ...given }));

    test('are as many under the key as the app replicates', async () => {
      expect((await looked(generated(), pages([ledger(1)], [orders(1)]))).failure).toBeUndefined();
    });

    test.each<[string, object[]]>([
      ['those of one are older', [ledger(1), orders(121)]],
      ['one has none', [ledger(1)]],
      ['those of one are under another key', [ledger(1), orders(1, { KmsKeyId: 'another' })]],
      ['those of one come from another Region', [ledger(1), orders(1, { Region: 'us-east-1' })]],
    ])('fails where %s', async (_what, found) => {
      expect((await looked(generated(), pages(found))).failure).toBe(
        `Fewer than 2 replicated backups from ${REGION} are under this key and younger than 2 hours in ${SYDNEY}`);
    });
  });
});

describe('copies of a namespace', () => {
  const NAMESPACE = { NamespaceName: 'sales', NamespaceArn: `arn:aws:redshift-serverless:${REGION}:${ACCOUNT}:namespace/1a2b` };
  const point = (minutes: number, given: object = {}) => ({ ...NAMESPACE, RecoveryPointCreateTime: ago(minutes), ...given });
  const snapshot = (minutes: number, given: object = {}) => ({ ...NAMESPACE, SnapshotCreateTime: ago(minutes), Status: 'AVAILABLE', ...given });
  const template = () => {
    const copies = new Copies('weak', LONDON);
    copiedServerless(namespaceIn(copies.data), { maxAge });
    return copies.template(THERE);
  };
  const lists = (points: object[][], snapshots: object[][] = [[]]): Call => (resource, { NextToken = '0' }) => {
    const [list, found] = resource.endsWith(':listRecoveryPoints') ? ['RecoveryPoints', points] : ['Snapshots', snapshots];
    return { [list]: found[Number(NextToken)], ...Number(NextToken) + 1 < found.length ? { NextToken: `${Number(NextToken) + 1}` } : {} };
  };

  test('are young enough where a recovery point is, in four transitions', async () => {
    expect(await looked(template(), lists([[point(119)]]))).toEqual({
      failure: undefined, calls: [['redshiftserverless:listRecoveryPoints', { MaxResults: 50 }]], transitions: 4,
    });
  });

  test('are young enough where a snapshot is, on whatever page', async () => {
    const { failure, calls } = await looked(template(), lists([[], [point(300)]], [[snapshot(300)], [snapshot(60)], []]));

    expect(failure).toBeUndefined();
    expect(calls).toEqual([
      ['redshiftserverless:listRecoveryPoints', { MaxResults: 50 }],
      ['redshiftserverless:listRecoveryPoints', { MaxResults: 50, NextToken: '1' }],
      ['redshiftserverless:listSnapshots', { MaxResults: 50 }],
      ['redshiftserverless:listSnapshots', { MaxResults: 50, NextToken: '1' }],
    ]);
  });

  test.each<[string, object[], object[]]>([
    ['there are none', [], []],
    ['they are older', [point(121)], [snapshot(121)]],
    ['the only young one is not finished', [], [snapshot(1, { Status: 'COPYING' })]],
    ['they are of another namespace', [point(1, { NamespaceName: 'stock' })], [snapshot(1, { NamespaceName: 'stock' })]],
    ['they are of a namespace that was restored there under the same name', [point(1, { NamespaceArn: NAMESPACE.NamespaceArn.replace(REGION, SYDNEY) })], []],
  ])('fails where %s', async (_what, points, snapshots) => {
    expect((await looked(template(), lists([points], [snapshots]))).failure).toBe(`No copy of sales from ${REGION} is younger than 2 hours in ${SYDNEY}`);
  });

  test('are listed by what may do so there, and nothing else', () => {
    Template.fromJSON(template()).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Action: ['redshift-serverless:ListRecoveryPoints', 'redshift-serverless:ListSnapshots'],
          Effect: 'Allow',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestedRegion': SYDNEY } },
        }]),
      },
    });
  });
});

describe.each([
  ['replicated backups', (copies: Copies, destination: SnapshotDestination) => replicated(ledgerIn(copies.data), destination, { maxAge })],
  ['copies of a namespace', (copies: Copies, destination: SnapshotDestination) => copiedServerless(namespaceIn(copies.data), { destination, maxAge })],
])('%s under an imported key', (_what, build) => {
  const copying = [KmsService.RDS_COPIES, KmsService.REDSHIFT_SERVERLESS];
  const under = (services: KmsService[]) => () => {
    const copies = new Copies('weak', LONDON);
    const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
    const key = CustomerManagedKey.fromKeyArn(there, 'Key', `arn:aws:kms:${SYDNEY}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, { services });
    return build(copies, SnapshotDestination.ofStack(there, key));
  };

  test('are looked for where it is handed over for that', () => {
    expect(under([...copying, KmsService.STEP_FUNCTIONS, KmsService.CLOUDWATCH_LOGS])().newestCopyAlarm).toBeDefined();
  });

  test.each([
    ['KmsService.STEP_FUNCTIONS', [...copying, KmsService.CLOUDWATCH_LOGS]],
    ['KmsService.CLOUDWATCH_LOGS', [...copying, KmsService.STEP_FUNCTIONS]],
  ])('fails where its policy does not say %s', (missing, services) => {
    expect(under(services)).toThrow(`declare it with services: [${missing}]`);
  });
});
