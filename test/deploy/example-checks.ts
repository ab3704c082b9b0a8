import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { type Checks } from './checks';
import { type DeployedApp } from './deployed-app';
import { type DeployedResource } from './deployed-resource';
import { type ExampleExpectations, NO_KEY, SSE_S3 } from './example-expectations';
import { checkKey } from './key-checks';
import { canAskFor, isPresent } from './presence';
import { checkReplicas } from './replica-checks';
import { storeKey } from './store-keys';

/** Holds what an example has become against its expectations. */
export class ExampleChecks {
  private readonly arns = new Map<string, string>();

  constructor(private readonly checks: Checks, private readonly app: DeployedApp, private readonly expected: ExampleExpectations) {}

  /** `phase` 0 is the first deployment, 1 the change. */
  public async readBack(phase: 0 | 1): Promise<void> {
    await this.keys(phase);
    await this.stores({ ...this.expected.encryptedUnder, ...phase === 1 ? this.expected.restore?.encryptedUnder : {} });
    await checkReplicas(this.checks, this.app.resources);
  }

  /** Asks for everything before and after `destroy`. */
  public async afterDestroy(destroy: () => Promise<void>): Promise<void> {
    const resources = this.app.resources;
    for (const resource of resources.filter(canAskFor)) {
      this.checks.equal(`${resource.path} is there before it is destroyed`, await isPresent(resource), true);
    }
    const unaskable = resources.filter((resource) => resource.retained && !resource.skipped && !canAskFor(resource));
    unaskable.forEach((resource) => this.checks.fail(`${resource.path} is retained, and test/deploy/presence.ts cannot ask for ${resource.type}.`));

    await destroy();

    const present: string[] = [];
    for (const resource of resources.filter(canAskFor)) {
      const here = await isPresent(resource);
      const kept = this.expected.retained.includes(resource.path);
      this.checks.equal(`${resource.path} is ${kept ? 'retained' : 'gone'} after cdk destroy`, here, kept);
      present.push(...here ? [resource.path] : []);
    }
    this.expected.retained.filter((path) => !present.includes(path)).forEach((path) => this.app.find(path));
  }

  private async keys(phase: 0 | 1): Promise<void> {
    const keys = this.app.resources.filter((resource) => resource.type === 'AWS::KMS::Key');
    this.checks.equal('the keys are the expected ones', keys.map((key) => key.path).sort(), Object.keys(this.expected.keys).sort());
    for (const [path, expectation] of Object.entries(this.expected.keys)) {
      const before = this.arns.get(path);
      const arn = await checkKey(this.checks, this.app.find(path), expectation, expectation.rotationDays?.[phase]);
      if (before) {
        this.checks.equal(`${path} is the same key after the change`, arn, before);
      }
      this.arns.set(path, arn);
    }
  }

  private async stores(encryptedUnder: Record<string, string>): Promise<void> {
    const stores = this.app.resources.filter((resource) => storeKey(resource));
    this.checks.equal('the encrypted data stores are the expected ones',
      stores.map((store) => store.path).sort(), Object.keys(encryptedUnder).sort());
    for (const [path, key] of Object.entries(encryptedUnder)) {
      await this.store(this.app.find(path), key);
    }
  }

  private async store(store: DeployedResource, key: string): Promise<void> {
    const source = storeKey(store);
    if (!source) {
      return this.checks.fail(`${store.path} (${store.type}) is ${store.skipped ? 'not deployed by moto' : 'no known kind of store'}: see test/deploy/store-keys.ts.`);
    }
    const according = source.from === 'service' ? '' : ', says its template';
    const arn = [SSE_S3, NO_KEY].includes(key) ? key : this.arns.get(key) ?? `the ARN of ${key}, which is not among the expected keys`;
    this.checks.equal(`${store.path} (${store.type}) is encrypted under ${key}${according}`, await source.key(store), arn);
    if (store.type === 'AWS::S3::Bucket' && key !== SSE_S3) {
      const { ServerSideEncryptionConfiguration: encryption } = await store.aws.s3.send(new GetBucketEncryptionCommand({ Bucket: store.physicalId }));
      const rule = store.property('BucketEncryption').ServerSideEncryptionConfiguration[0];
      this.checks.equal(`${store.path} ${rule.BucketKeyEnabled ? 'has' : 'has no'} bucket key`,
        encryption?.Rules?.[0].BucketKeyEnabled ?? false, rule.BucketKeyEnabled ?? false);
    }
  }
}
