import { type Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CustomerManagedKey, type ICustomerManagedKey, KmsService } from '../../src';
import { problemsAtSynth } from '../support/key-policy';
import { ACCOUNT, newApp, newStack, REGION } from '../support/key-stack';

type Wire = (data: Stack, key: ICustomerManagedKey) => void;
const { EVENT_BUS, STEP_FUNCTIONS } = KmsService;
const ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/0d990263-018e-4e65-a703-eff731de951e`;
const eventPattern = { source: ['billing'] };

function problems(wire: Wire): string[] {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
  const key = new CustomerManagedKey(newStack(app), 'Key');
  wire(newStack(app, 'Data'), key);
  return problemsAtSynth(key);
}

const bus = (data: Stack, key: ICustomerManagedKey) => new events.EventBus(data, 'Bus', { kmsKey: key.via(EVENT_BUS) });
const machine = (props: Partial<sfn.StateMachineProps> = {}, done?: (made: sfn.StateMachine, key: ICustomerManagedKey) => void): Wire =>
  (data, key) => {
    const made = new sfn.StateMachine(data, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(data, 'Pass')),
      encryptionConfiguration: new sfn.CustomerManagedEncryptionConfiguration(key.via(STEP_FUNCTIONS)),
      ...props,
    });
    done?.(made, key);
  };
const policyOf = (made: sfn.StateMachine, statement: iam.PolicyStatementProps) => made.addToRolePolicy(new iam.PolicyStatement(statement));

const archiveInClear: Wire = (data, key) => {
  bus(data, key).archive('Archive', { eventPattern, kmsKey: key.via(EVENT_BUS) });
};
const ARCHIVE = 'ArchiveNotEncrypted: the archive Data/Bus/Archive/Archive keeps the events of a bus that is encrypted under this key, and names no key, '
  + 'given: kmsKey is dropped by EventBus.archive(), or missing; write new events.Archive(this, \'…\', { sourceEventBus, kmsKey: key.via(KmsService.EVENT_BUS), … })';
const EXECUTE = 'MachineCannotExecute: the role of the state machine Data/Machine/Resource may use this key for a state machine without a name only, '
  + 'which AWS CDK writes where stateMachineName is missing, and every execution would fail, given: no stateMachineName; '
  + 'write one, or key.via(KmsService.STEP_FUNCTIONS).grantEncryptDecrypt(machine)';

test.each<[string, Wire, string]>([
  ['an archive whose key EventBus.archive() drops', archiveInClear, ARCHIVE],
  ['an archive of L1 without a key', (data, key) => {
    new events.CfnArchive(data, 'Archive', { sourceArn: bus(data, key).eventBusArn });
  }, ARCHIVE.replace('Data/Bus/Archive/Archive', 'Data/Archive')],
  ['a state machine without a name', machine(), EXECUTE],
  ['a state machine without a name, whose role may use another key', machine({}, (made) => {
    policyOf(made, { actions: ['kms:Decrypt'], resources: ['*'], conditions: { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } } });
  }), EXECUTE],
])('fails with %s', (_, wire, problem) => {
  expect(problems(wire)).toEqual([`[Keys/Key] ${problem}`]);
});

test('fails under an imported key as well', () => {
  const app = newApp();
  const key = CustomerManagedKey.fromKeyArn(newStack(app), 'Key', ARN, { services: [EVENT_BUS] });
  archiveInClear(newStack(app, 'Data'), key);
  expect(problemsAtSynth(key)).toEqual([`[Keys/Key] ${ARCHIVE}`]);
});

test.each<[string, Wire]>([
  ['an archive of its own', (data, key) => {
    new events.Archive(data, 'Archive', { sourceEventBus: bus(data, key), eventPattern, kmsKey: key.via(EVENT_BUS) });
  }],
  ['an archive of another bus', (data, key) => {
    bus(data, key);
    new events.EventBus(data, 'Other').archive('Archive', { eventPattern });
  }],
  ['a state machine with a name', machine({ stateMachineName: 'billing' })],
  ['a state machine that is granted the key', machine({}, (made, key) => key.via(STEP_FUNCTIONS).grantEncryptDecrypt(made))],
  ['a state machine whose role may use the key by a statement of its own', machine({}, (made) => {
    policyOf(made, {
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:*` } },
    });
  })],
  ['a state machine whose role may use every key', machine({}, (made) => policyOf(made, { actions: ['kms:*'], resources: ['*'] }))],
  ['a state machine whose role has a managed policy, which nobody reads here', machine({}, (made) => {
    (made.role as iam.Role).addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  })],
  ['a state machine whose role is of another app', (data, key) => {
    machine({ role: iam.Role.fromRoleArn(data, 'Role', `arn:aws:iam::${ACCOUNT}:role/machine`) })(data, key);
  }],
])('%s is complete', (_, wire) => {
  expect(problems(wire)).toEqual([]);
});
