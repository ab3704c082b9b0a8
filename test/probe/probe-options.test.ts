import { OPERATIONS } from './operations';
import { probeOptions } from './probe-options';

const REGIONS = ['--source', 'eu-west-2', '--destination', 'ap-southeast-2'];

test('two Regions are enough: everything is done, within four hours, after a question', () => {
  expect(probeOptions(REGIONS, OPERATIONS)).toEqual({
    source: 'eu-west-2', destination: 'ap-southeast-2', account: undefined, yes: false, clean: false, narrow: false, minutes: 240, operations: OPERATIONS,
  });
});

test('operations are chosen by name', () => {
  expect(probeOptions([...REGIONS, '--only', 'table,ebs-copy'], OPERATIONS)).toMatchObject({ operations: [{ name: 'ebs-copy' }, { name: 'table' }] });
});

test.each([
  [[], 'Give two Regions, as --source and --destination.'],
  [['--source', 'eu-west-2'], 'Give two Regions, as --source and --destination.'],
  [['--source', 'eu-west-2', '--destination', 'eu-west-2'], 'Give two Regions, as --source and --destination.'],
  [['--source', 'London', '--destination', 'eu-west-2'], 'Give two Regions, as --source and --destination.'],
  [['--source', '--destination', 'eu-west-2'], '--source wants a value.'],
  [[...REGIONS, '--force'], 'There is no option --force.'],
  [[...REGIONS, '--yes'], '--yes wants the account: --account 111122223333.'],
  [[...REGIONS, '--account', 'mine'], 'An account has twelve digits, given: mine.'],
  [[...REGIONS, '--minutes', '0'], '--minutes is between 1 and 720, given: 0.'],
  [[...REGIONS, '--minutes', 'long'], '--minutes is between 1 and 720, given: long.'],
])('fails for %j', (words, sentence) => {
  expect(probeOptions(words, OPERATIONS)).toBe(sentence);
});

test('fails for an operation that is not there, with those that are', () => {
  expect(probeOptions([...REGIONS, '--only', 'ebs'], OPERATIONS)).toBe(`There is no operation ebs: there are ${OPERATIONS.map(({ name }) => name).join(', ')}.`);
});
