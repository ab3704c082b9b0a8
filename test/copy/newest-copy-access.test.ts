import { Duration } from 'aws-cdk-lib';
import { AccessModel } from '../../src/access/access-model';
import { keyUses } from '../../src/access/key-uses';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { describeByReferences } from '../support/by-references';
import { Copies, ledgerIn, replicated, SYDNEY } from '../support/copies';
import { ACCOUNT, REGION } from '../support/key-stack';
import { References } from '../support/three-stacks';
import { copiedServerless, namespaceIn } from '../support/warehouse-copies';

const STACK = `Data-copies-${SYDNEY}`;
const THERE = `${STACK}/Key`;
const LONDON = { account: ACCOUNT, region: REGION };
const maxAge = Duration.hours(2);

describe.each([
  ['replicated backups', 'Ledger', ({ data }: Copies) => replicated(ledgerIn(data), undefined, { maxAge })],
  ['copies of a namespace', 'Warehouse', ({ data }: Copies) => copiedServerless(namespaceIn(data), { maxAge })],
])('what looks for %s', (_what, store, build) => {
  const modelOf = (references: References) => {
    const copies = new Copies(references, LONDON);
    build(copies);
    return new AccessModel(readAssembly(copies.app.synth().directory));
  };

  describeByReferences(modelOf, (model) => {
    const looker = `${STACK}/Data-${store}Copies/Search/Role`;
    const starter = `${STACK}/Data-${store}Copies/Search/Default/EventsRole`;
    const ask = (principal: string, key: string, action: string) => model().decide({ principal, key, action: `kms:${action}` });

    test.each(['Decrypt', 'GenerateDataKey'])('has the key there for its executions and logs only: %s', (action) => {
      const { verdict, conditions } = ask(looker, THERE, action);

      expect(verdict).toBe('conditional');
      conditions.forEach((together) => expect(together.map((requirement) => 'key' in requirement ? requirement.key : '')).toContainEqual(
        expect.stringMatching(/^kms:(EncryptionContext:(aws:states:(stateMachine|activity)Arn|SourceArn)|ViaService)$/)));
    });

    test.each([[THERE, 'Encrypt'], [THERE, 'CreateGrant'], [THERE, 'ReEncryptFrom']])('is denied what copies need: %s, %s', (key, action) => {
      expect(ask(looker, key, action)).toMatchObject({ verdict: 'denied' });
    });

    test.each(['Decrypt', 'Encrypt', 'GenerateDataKey', 'CreateGrant'])('has nothing to do with the key of the source: %s', (action) => {
      expect(ask(looker, `Data/${store}/Key`, action)).toMatchObject({ verdict: 'denied' });
    });

    test.each(['Decrypt', 'GenerateDataKey'])('is started by what is denied %s', (action) => {
      expect(ask(starter, THERE, action)).toMatchObject({ verdict: 'denied' });
    });

    test('has its state machine and its log under the key there', () => {
      expect(keyUses(model(), model().key(THERE)).map(({ type }) => type)).toEqual(expect.arrayContaining(['AWS::StepFunctions::StateMachine', 'AWS::Logs::LogGroup']));
    });
  });
});
