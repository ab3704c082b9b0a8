import { HERE, THERE } from './copies-app';
import { type CopyEndpoints, type Fault, LOST, REPEATED } from './copy-endpoints';
import { type DatabaseSnapshots } from './database-snapshots';
import { type DeployedCopy } from './deployed-copy';
import { IN_PROGRESS, MANUAL_QUOTA } from '../../support/snapshot-copies/rds-stub';
import { type Checks } from '../checks';
import { ACCOUNT } from '../local-environment';

/** More than Amazon EventBridge takes at once. */
const BEFORE = 11;
const LEDGER = `arn:aws:rds:${HERE}:${ACCOUNT}:snapshot:ledger-noon`;
const CATALOGUE = `arn:aws:rds:${HERE}:${ACCOUNT}:cluster-snapshot:catalogue-noon`;
/** One code stands for both quotas. */
const QUOTA = { code: 'SnapshotQuotaExceeded', status: 400 };
const TOO_MANY_CALLS: Fault = { code: 'Throttling', message: 'Rate exceeded', status: 400 };

type States = Record<string, string | undefined>;

/** What becomes of snapshots of an instance and of clusters. */
export class DatabaseCopies {
  constructor(
    private readonly checks: Checks,
    private readonly copy: DeployedCopy,
    private readonly snapshots: DatabaseSnapshots,
    private readonly endpoints: CopyEndpoints,
  ) {}

  public async run(): Promise<void> {
    await this.copied();
    await this.existing();
    await this.refused();
    await this.backfilled();
    await this.faults();
    await this.nameTaken();
    await this.expired();
  }

  private async copied(): Promise<void> {
    const { checks, copy, snapshots, endpoints: { keys } } = this;
    await snapshots.create('ledger-noon', [{ Key: 'team', Value: 'billing' }]);
    await snapshots.createOfCluster('catalogue', 'catalogue-noon');
    await snapshots.tellCreated('ledger-noon');
    await snapshots.tellCreated('catalogue-noon', { ofCluster: true });
    const found = await snapshots.copies();
    checks.equal('RDS: the events of snapshots of an instance and of a cluster make one copy each, under the key of the destination',
      found.map(({ id, encrypted, key }) => [id.replace(/[0-9a-f]{8}$/, ''), encrypted, key]), [['ledger-noon-m', true, keys.there], ['catalogue-noon-m', true, keys.there]]);
    const ownTags = (snapshot: string) => ({ 'cdk-kms-patterns:copy-of': snapshot, 'cdk-kms-patterns:copied-by': copy.address });
    checks.equal('RDS: the copies are tagged as their snapshots, and with whose copy they are, and who made them',
      found.map(({ tags }) => tags), [{ team: 'billing', ...ownTags(LEDGER) }, ownTags(CATALOGUE)]);
    await snapshots.tellCreated('ledger-noon');
    await snapshots.tellEnded('ledger-noon');
    await snapshots.tellEnded('catalogue-noon', { ofCluster: true });
    checks.equal('RDS: a second event makes no other copy, and the events of their end finish both', [await copy.claims(), (await snapshots.copies()).length], [{
      'ledger-noon': { state: 'COPIED', copy: found[0]?.id }, 'catalogue-noon': { state: 'COPIED', copy: found[1]?.id },
    }, 2]);
  }

  /** Amazon RDS itself refuses a copy that it has already. */
  private async existing(): Promise<void> {
    const { checks, copy } = this;
    const known = await copy.claims();
    await copy.forgetCopy(LEDGER, 'WANTED');
    await copy.forgetCopy(CATALOGUE, 'WANTED');
    await this.look(2);
    checks.equal('RDS: copies that were begun before are found when they are begun again', [await copy.claims(), (await this.snapshots.copies()).length], [known, 2]);
  }

  private async refused(): Promise<void> {
    const { checks, snapshots } = this;
    await snapshots.createOfCluster('plain', 'plain-noon');
    await snapshots.tellCreated('plain-noon', { ofCluster: true });
    await snapshots.tellCreated('deleted-noon');
    const { 'plain-noon': plain, 'deleted-noon': deleted } = await this.states();
    checks.equal('RDS: snapshots of a cluster without encryption, and one that was deleted, fail', [plain, deleted], ['FAILED', 'FAILED']);
    checks.equal('RDS: they are told of in the queue, with the reason', await this.told(),
      ['plain-noon: The snapshot is not encrypted', 'deleted-noon: The snapshot was deleted before it could be copied']);
  }

  private async backfilled(): Promise<void> {
    const { checks, copy, snapshots, endpoints: { keys } } = this;
    const before = Array.from({ length: BEFORE }, (_, i) => `before-${i}`);
    await Promise.all(before.map((name) => snapshots.create(name)));
    const known = await this.states();
    await copy.start(HERE, { days: 0 });
    await this.look(1);
    checks.equal('RDS: a distributed map has copied what was there before, in batches, and automated snapshots where Amazon RDS can', await this.states(), {
      ...known,
      ...Object.fromEntries([...before, 'ledger-automated', 'catalogue-automated'].map((name) => [name, 'COPIED'])),
      'plain-automated': 'FAILED',
    });
    const copies = await snapshots.copies();
    checks.equal('RDS: each snapshot has one copy, under the key of the destination', [copies.length, ...new Set(copies.map(({ key }) => key))], [BEFORE + 4, keys.there]);
    checks.equal('RDS: nothing else was told of', await this.told(), ['plain-automated: The snapshot is not encrypted']);
    await copy.start(HERE, { retryFailed: true });
    checks.equal('RDS: what failed is tried again where somebody asks for it', (await this.told()).sort(),
      ['plain-automated: The snapshot is not encrypted', 'plain-noon: The snapshot is not encrypted']);
  }

  private async faults(): Promise<void> {
    const { checks } = this;
    const copies = (await this.snapshots.copies()).length;
    checks.equal('RDS, stub: where calls are throttled it waits, and copies', await this.begun('ledger-four', TOO_MANY_CALLS), ['COPYING', 'COPIED', 'COPIED']);
    checks.equal('RDS, stub: a copy whose answer was lost is found', await this.begun('ledger-three', LOST), ['COPYING', 'COPIED', 'COPIED']);
    checks.equal('RDS: each of them was copied once', (await this.snapshots.copies()).length - copies, 2);
    checks.equal('RDS, stub: where too many copies are in progress, the snapshot waits for the next look',
      await this.begun('ledger-one', { ...QUOTA, message: IN_PROGRESS }), ['WANTED', 'COPYING', 'COPIED']);
    checks.equal('RDS, stub: where there are too many snapshots, it fails', await this.begun('ledger-two', { ...QUOTA, message: MANUAL_QUOTA }), ['FAILED', 'FAILED', 'FAILED']);
    checks.equal('RDS: that is told of in the queue', await this.told(), ['ledger-two: Rds.SnapshotQuotaExceededException']);
  }

  /** The states of a new snapshot, after its event, and after two looks at everything. */
  private async begun(name: string, fault: Fault): Promise<(string | undefined)[]> {
    await this.snapshots.create(name);
    this.endpoints.failNext('CopyDBSnapshot', fault);
    await this.snapshots.tellCreated(name);
    const state = async (): Promise<string | undefined> => (await this.states())[name];
    const states = [await state()];
    for (let looks = 0; looks < 2; looks++) {
      await this.look(1);
      states.push(await state());
    }
    return states;
  }

  /** Somebody else's snapshot has the name that a copy would have. */
  private async nameTaken(): Promise<void> {
    const { checks, copy, snapshots } = this;
    const name = (await copy.claims())['ledger-noon'].copy!.replace('noon', 'taken');
    await snapshots.create('ledger-taken');
    await snapshots.copyByHand('ledger-taken', name);
    await snapshots.tellCreated('ledger-taken');
    await copy.age(LEDGER.replace('noon', 'taken'), 1);
    await this.look(1);
    checks.equal('RDS: a snapshot fails whose copy would have the name of another one, and is told of with that',
      [(await this.states())['ledger-taken'], await this.told()], ['FAILED', [`ledger-taken: A snapshot called ${name}`]]);
  }

  private async expired(): Promise<void> {
    const { checks, copy } = this;
    const before = (await this.snapshots.copies()).length;
    await copy.age(LEDGER, 8);
    await copy.age(CATALOGUE, 8);
    await this.look(1);
    const { 'ledger-noon': ledger, 'catalogue-noon': catalogue } = await this.states();
    checks.equal('RDS: copies whose time has come are deleted, and forgotten', [ledger, catalogue, before - (await this.snapshots.copies()).length], [undefined, undefined, 2]);

    this.endpoints.failNext('DeleteDBSnapshot', ...Array<Fault>(REPEATED).fill({ code: 'InvalidDBSnapshotState', message: 'It is in use', status: 400 }));
    await copy.age(`arn:aws:rds:${HERE}:${ACCOUNT}:snapshot:ledger-one`, 8);
    await this.look(1);
    checks.equal('RDS, stub: one that cannot be deleted is kept, and told of in the queue', [(await this.states())['ledger-one'], await this.told()],
      ['KEPT', ['ledger-one: A copy whose time has come could not be deleted']]);
  }

  private async look(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      await this.copy.start(THERE, { reconcile: true });
    }
  }

  private async states(): Promise<States> {
    return Object.fromEntries(Object.entries(await this.copy.claims()).map(([name, { state }]) => [withoutDate(name), state]));
  }

  /** What is told of in the queue, with the first words of the reason. */
  private async told(): Promise<string[]> {
    return (await this.copy.failures()).map(({ snapshot, reason }) => `${withoutDate(snapshot.split(':').pop())}: ${reason.split(/[,:]/)[0]}`);
  }
}

/** Amazon RDS calls automated snapshots by the minute. */
function withoutDate(name: string): string {
  return name.replace(/-\d{4}(-\d\d){4}$/, '-automated');
}
