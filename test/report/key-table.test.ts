import { type KeyRow } from '../../src/report/key-report';
import { keyTable, nagTable } from '../../src/report/key-table';

const BILLING: KeyRow = {
  path: 'Keys/Billing',
  aliases: ['alias/billing'],
  policyBytes: 2424,
  statements: 8,
  encrypts: [
    { type: 'AWS::EC2::Volume', path: 'Data/Ledger' },
    { type: 'AWS::S3::Bucket', path: 'Data/Invoices' },
    { type: 'AWS::SQS::Queue', path: 'Data/Orders' },
  ],
};

test('a key stands beside its policy and what is encrypted under it, and a line between two keys', () => {
  expect(keyTable([BILLING, { path: 'Keys/Spare', aliases: [], policyBytes: 900, statements: 1, encrypts: [] }])).toBe([
    'KEY            POLICY                 ENCRYPTS',
    '---------------------------------------------------------------------',
    'alias/billing  2,424 of 32,768 bytes  AWS::EC2::Volume  Data/Ledger',
    'Keys/Billing   8 statements           AWS::S3::Bucket   Data/Invoices',
    '                                      AWS::SQS::Queue   Data/Orders',
    '',
    'Keys/Spare     900 of 32,768 bytes    nothing known',
    '               1 statement',
  ].join('\n'));
});

test('a table that is too wide keeps the ends of its paths and fits 120 columns', () => {
  const path = `Stage/${'Nested/'.repeat(12)}Orders`;

  const lines = keyTable([{ ...BILLING, encrypts: [{ type: 'AWS::SQS::Queue', path }] }]).split('\n');

  expect(lines[2]).toBe('alias/billing  2,424 of 32,768 bytes  AWS::SQS::Queue  ...Nested/Nested/Nested/Nested/Nested/Nested/Nested/Nested/Orders');
  expect(Math.max(...lines.map((line) => line.length))).toBe(120);
});

test('an app without keys says so', () => {
  expect(keyTable([])).toBe('No keys.');
});

test('a pack of cdk-nag has a line with its numbers below each other', () => {
  expect(nagTable([
    { pack: 'AwsSolutions', findings: 0, acknowledged: 9 },
    { pack: 'PCI.DSS.321', findings: 2, acknowledged: 11 },
  ])).toBe([
    'CDK-NAG       FINDINGS  ACKNOWLEDGED',
    'AwsSolutions         0             9',
    'PCI.DSS.321          2            11',
  ].join('\n'));
});
