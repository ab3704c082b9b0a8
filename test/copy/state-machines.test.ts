import { constructsApp } from '../support/every-construct';
import { definitionFindings, definitionsOf } from '../support/state-machine/template-definitions';

process.env.CDK_VALIDATION = 'false';
const templates = constructsApp().synth().stacks.map(({ stackName, template }) => [stackName, template] as const)
  .filter(([, template]) => Object.keys(definitionsOf(template)).length > 0);

test('copies have state machines', () => {
  expect(templates.map(([name]) => name)).toEqual(expect.arrayContaining([
    'EbsSnapshotCopy', 'RdsSnapshotCopy', 'RdsBackupReplication-copies-ap-southeast-2', 'RedshiftServerlessSnapshotCopy-copies-ap-southeast-2',
  ]));
});

test.each(templates)('asl-validator finds nothing in the state machines of %s', (_name, template) => {
  expect(definitionFindings(template)).toEqual([]);
});
