import fc from 'fast-check';
import { CopyIdentifier } from '../../../src/copy/rds/copy-identifier';
import { evaluated } from '../../support/state-machine/expressions';

const copies = new CopyIdentifier('Data-Copies-1234');
const [, automated, manual] = /^-a(\w{8}),-m(\w{8})$/.exec(copies.ends.join(','))!;
const MADE = '2026-11-28T05:10:12.345Z';
const MILLIS = Date.parse(MADE);

const arn = (name: string, kind = 'snapshot') => `arn:aws:rds:eu-west-2:111122223333:${kind}:${name}`;
const of = (snapshot: string, made = MADE, identifiers = copies) => evaluated(`{% ${identifiers.of('$snapshot', '$made')} %}`, { snapshot, made }) as Promise<string>;
const long = 'l'.repeat(60);

test.each([
  ['an automated snapshot', arn('rds:ledger-2026-11-28-05-10'), `ledger-2026-11-28-05-10-a${automated}`],
  ['a manual snapshot', arn('ledger-before-migration'), `ledger-before-migration-m${manual}`],
  ['one that looks as if it were automated', arn('rds-ledger-2026-11-28-05-10'), `rds-ledger-2026-11-28-05-10-m${manual}`],
  ['one of AWS Backup', arn('awsbackup:job-0a1b'), `awsbackup-job-0a1b-m${manual}`],
  ['a long one of an instance', arn(`rds:${long}-2026-11-28-05-10`), `${long}-2026-11-28-05-10-a${automated}`],
  ['an automated one of a cluster', arn('rds:catalogue-2026-11-28-05-10', 'cluster-snapshot'), `catalogue-2026-11-28-05-10-a${automated}`],
  ['a cluster whose copy has all the room that there is', arn('c'.repeat(53), 'cluster-snapshot'), `${'c'.repeat(53)}-m${manual}`],
  ['a long one of a cluster', arn(`rds:${long}-2026-11-28-05-10`, 'cluster-snapshot'), `copy-${'l'.repeat(17)}-2026-11-28-05-10-${MILLIS}-a${automated}`],
  ['a long one that is cut at a hyphen', arn(`${'l'.repeat(30)}-${'m'.repeat(33)}`, 'cluster-snapshot'), `copy-${'m'.repeat(33)}-${MILLIS}-m${manual}`],
])('the copy of %s has a name that tells of it', async (_what, snapshot, identifier) => {
  expect(await of(snapshot)).toBe(identifier);
});

test('of every snapshot it is one that Amazon RDS takes, and the same each time', async () => {
  const name = fc.stringMatching(/^(rds:)?[a-z](-?[a-z0-9]){0,62}(-\d{4}-\d{2}-\d{2}-\d{2}-\d{2})?$/);
  const kind = fc.constantFrom('snapshot', 'cluster-snapshot');
  await fc.assert(fc.asyncProperty(name, kind, async (text, resource) => {
    const identifier = await of(arn(text, resource));

    expect(identifier).toMatch(/^[a-z](-?[a-z0-9])*$/);
    expect(identifier.length).toBeLessThanOrEqual(resource === 'snapshot' ? 255 : 63);
    expect(await of(arn(text, resource))).toBe(identifier);
  }), { numRuns: 200, seed: 2026 });
});

test('two snapshots never share one, nor do two constructs', async () => {
  const name = fc.stringMatching(/^(rds:)?[a-z](-?[a-z0-9]){0,62}$/);
  await fc.assert(fc.asyncProperty(name, name, async (one, other) => {
    fc.pre(one !== other);
    // In one moment there is one snapshot of a cluster, and what is cut off is its beginning.
    expect(await of(arn(one, 'cluster-snapshot'))).not.toBe(await of(arn(other, 'cluster-snapshot'), '2026-11-28T05:10:12.346Z'));
    expect(await of(arn(one))).not.toBe(await of(arn(other)));
  }), { numRuns: 200, seed: 2026 });

  expect(await of(arn('ledger'), MADE, new CopyIdentifier('Data-Other-5678'))).not.toBe(await of(arn('ledger')));
});

test.each(['rds:ledger-2026-11-28-05-10', 'ledger-before-migration', 'rds-ledger'])('tells which snapshot it is a copy of: %s', async (name) => {
  const identifier = await of(arn(name));

  expect(await evaluated(`{% ${copies.nameOf('$identifier')} %}`, { identifier })).toBe(name);
});
