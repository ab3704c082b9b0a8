import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { BackupCopy, BackupVaultLock, CustomerManagedKey, EncryptedBucket, KmsService, SnapshotDestination } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { backedUp, diskIn, filesIn, ordersIn } from '../support/backups';
import { ledgerIn } from '../support/copies';
import { newApp, OTHER_ACCOUNT } from '../support/key-stack';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS } from '../support/template-difference';

const ACCOUNT = '111122223333';
const HERE = 'eu-west-2';
const RETENTION = { minRetention: Duration.days(7) };
const LOCKS = { governance: BackupVaultLock.governance(RETENTION), compliance: BackupVaultLock.compliance(RETENTION, Duration.days(3)) };
const STORES: Record<string, (scope: Construct) => Construct | backup.BackupResource> = {
  disk: diskIn,
  ledger: ledgerIn,
  orders: ordersIn,
  files: filesIn,
  invoices: (scope) => backup.BackupResource.fromArn(new EncryptedBucket(scope, 'Invoices').bucket.bucketArn),
};

const shapes = fc.record({
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  account: mostly(fc.constant<string | undefined>(ACCOUNT), fc.constant<string | undefined>(undefined)),
  stores: mostly(fc.subarray(Object.keys(STORES), { minLength: 1 }), fc.constant<string[]>([])),
  regions: mostly(fc.subarray(['ap-southeast-2', 'eu-west-1', 'us-east-1'], { minLength: 1 }), fc.constantFrom<string[]>([HERE], ['eu-west-1', 'eu-west-1'])),
  otherAccount: fc.boolean(),
  days: mostly(orNothing(7, 35, 400), fc.constantFrom<number | undefined>(1)),
  cold: mostly(fc.constant<number | undefined>(undefined), fc.constantFrom<number | undefined>(1, 310, 311)),
  continuous: mostly(fc.constant(false), fc.boolean()),
  lock: orNothing(...Object.keys(LOCKS) as (keyof typeof LOCKS)[]),
  restore: fc.boolean(),
  ownVault: fc.boolean(),
  windows: fc.constantFrom<[start?: number, completion?: number]>([], [60], [60, 120], [undefined, 600]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

function make(shape: Shape): { app: App; made: BackupCopy } {
  const app = newApp(FLAGS[shape.flags]);
  const stage = shape.staged ? new Stage(app, 'Prod') : app;
  const data = new Stack(stage, 'Data', { env: { account: shape.account, region: HERE } });
  const scope = shape.nested ? new NestedStack(data, 'Nested') : data;
  const rescue = (region: string) => {
    const stack = new Stack(stage, `Rescue-${region}`, { env: { account: OTHER_ACCOUNT, region } });
    return SnapshotDestination.ofStack(stack, new CustomerManagedKey(stack, 'Key'));
  };
  const [start, completion] = shape.windows;
  const encryptionKey = shape.ownVault ? new CustomerManagedKey(data, 'Mine') : undefined;
  const sourceVault = encryptionKey && new backup.BackupVault(data, 'Vault', { encryptionKey: encryptionKey.via(KmsService.BACKUP) });
  const made = backedUp(scope, shape.stores.map((store) => STORES[store](scope)), {
    destinations: shape.regions.map((region, index) => shape.otherAccount && index === 0 ? rescue(region) : SnapshotDestination.inRegion(region)),
    rules: [{
      schedule: events.Schedule.cron({ hour: '3', minute: '0' }),
      continuous: shape.continuous,
      startWindow: start === undefined ? undefined : Duration.minutes(start),
      completionWindow: completion === undefined ? undefined : Duration.minutes(completion),
      deleteAfter: shape.days === undefined ? undefined : Duration.days(shape.days),
      moveToColdStorageAfter: shape.cold === undefined ? undefined : Duration.days(shape.cold),
    }],
    copyVaults: { lock: shape.lock && LOCKS[shape.lock] },
    encryptionKey,
    sourceVault,
  });
  if (shape.restore) {
    made.copies.forEach(({ restoreRole }) => restoreRole);
  }
  app.synth();
  return { app, made };
}

/** The statements that let in AWS Backup, alone or with services of the same actions. */
const services = (key: unknown) => JSON.stringify(key).match(new RegExp(`UseThrough${KmsService.BACKUP.id}\\w*`, 'g')) ?? [];

test('whatever is asked of it, copies are in a vault under a key of their Region, which refers to nothing, with both halves for AWS Backup', () => {
  assertKeptOrRefused(shapes, make, ({ app, made }) => {
    const templates = app.node.findAll().filter(Stage.isStage).flatMap((stage) => stage.synth().stacks);
    made.copies.forEach(({ destinationRegion, vault }) => {
      const [there, ...more] = templates.filter(({ environment }) => environment.region === destinationRegion).map(({ template }) => template);
      const [key] = Object.values<any>(there.Resources).filter(({ Type }) => Type === 'AWS::KMS::Key');
      const { encryptionKeyArn, backupVaultName } = vault.node.defaultChild as backup.CfnBackupVault;

      expect(more).toEqual([]);
      expect(JSON.stringify(there)).not.toMatch(/GetStackOutput|ImportValue/);
      expect(Stack.of(vault).resolve(encryptionKeyArn)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Key'), 'Arn'] });
      expect(backupVaultName).toMatch(/^[a-zA-Z0-9_-]{2,50}$/);
      expect(services(key)).toHaveLength(1);
    });
  });
});
