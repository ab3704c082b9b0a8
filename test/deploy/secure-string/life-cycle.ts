import { DeployedLifeCycle } from './deployed-life-cycle';
import { type LifeCycleSources, NAMES, STACK_TAGS } from './life-cycle-app';
import { LifeCycleSecret } from './life-cycle-secret';
import { type Secrecy } from './secrecy';
import { everyValue, putByHand, sealedValue, type StoredParameter, storedParameters } from './stored-parameters';
import { type Checks } from '../checks';

type Parameters = Record<string, StoredParameter>;

const TAKEN = 'Making the parameter /life-cycle/taken failed: a parameter of this name exists, and belongs to no stack or to another resource; '
  + 'give another parameterName, or delete that one';

/** What is to be there after each step. */
export class LifeCycle {
  private keys = { first: '', second: '' };
  private sources!: LifeCycleSources;
  private secret!: LifeCycleSecret;
  private readonly sealed: string;
  /** What somebody else made stays as it is through all of this. */
  private others: Parameters = {};

  constructor(private readonly checks: Checks, private readonly secrecy: Secrecy, private readonly deployed: DeployedLifeCycle) {
    this.sealed = secrecy.secret();
  }

  public async run(): Promise<void> {
    await this.prepare();
    const made = await this.make();
    const changed = await this.change(made);
    await this.rollBack(changed);
    const renamed = await this.rename(changed);
    await this.destroy(renamed);
  }

  private async prepare(): Promise<void> {
    const { aws } = this.deployed;
    this.keys = await this.deployed.keys();
    this.secret = await LifeCycleSecret.create(aws, this.secrecy);
    this.sources = { secretArn: this.secret.arn, ciphertext: await sealedValue(aws, this.keys.first, NAMES.sealed, this.sealed) };
    await putByHand(aws, NAMES.taken, this.secrecy.secret(), this.keys.second);
    this.others = await storedParameters(aws);
  }

  private async make(): Promise<Parameters> {
    const { password, whole } = this.secret;
    await this.deployed.deploy('made', this.sources);
    const made = await this.read();
    const { session, token } = { session: made[NAMES.session]?.value, token: made[NAMES.token]?.value };
    this.checks.equal('a generated value is as long as asked for, and has the characters asked for', /^[A-Za-z0-9]{40}$/.test(session ?? ''), true);
    this.checks.equal('a generated value has 32 characters, of every kind', [token?.length, /[a-z]/.test(token ?? ''), /\W/.test(token ?? '')], [32, true, true]);
    return this.check('made', made, {
      [NAMES.session]: this.parameter({ value: session, description: 'Signs sessions', tags: { owner: 'billing', stage: 'test' } }),
      [NAMES.token]: this.parameter({ value: token }),
      [NAMES.field]: this.parameter({ value: password, tier: 'Advanced' }),
      [NAMES.whole]: this.parameter({ value: whole }),
      [NAMES.sealed]: this.parameter({ value: this.sealed }),
    });
  }

  private async change(made: Parameters): Promise<Parameters> {
    await this.secret.change();
    await this.deployed.deploy('changed', this.sources);
    const changed = await this.read();
    const [token, before] = [changed[NAMES.token]?.value, made[NAMES.token].value];
    this.checks.equal('another revision generates another value', [token?.length, token === before], [32, false]);
    return this.check('changed: values stay under other tiers, tags, descriptions and keys', changed, {
      [NAMES.session]: this.parameter({ value: made[NAMES.session].value, description: 'Signs all sessions', tier: 'Advanced', tags: { owner: 'accounting' } }),
      [NAMES.token]: this.parameter({ value: token }),
      [NAMES.field]: this.parameter({ value: this.secret.password, tier: 'Advanced' }),
      [NAMES.whole]: this.parameter({ value: made[NAMES.whole].value, key: this.keys.second }),
      [NAMES.sealed]: this.parameter({ value: this.sealed, key: this.keys.second }),
    });
  }

  private async rollBack(changed: Parameters): Promise<void> {
    await this.secret.change();
    const printed = await this.deployed.deployInVain('failing', this.sources);
    this.checks.equal('CloudFormation says why the update failed', await this.deployed.reasons(), [TAKEN]);
    this.checks.equal('the CDK CLI says so too', printed.includes(TAKEN), true);
    this.checks.equal('the stack is rolled back', (await this.deployed.status()).status, 'UPDATE_ROLLBACK_COMPLETE');
    this.check('rolled back: every parameter has the value, key and name that it had', await this.read(), changed);
  }

  private async rename(changed: Parameters): Promise<Parameters> {
    await this.deployed.deploy('renamed', this.sources);
    const { [NAMES.session]: session, [NAMES.field]: _, ...left } = changed;
    return this.check('renamed: the value goes along, and what left the template is gone or retained', await this.read(), {
      ...left, [NAMES.renamed]: { ...session, description: '' },
    });
  }

  private async destroy(renamed: Parameters): Promise<void> {
    const { id } = await this.deployed.status();
    await this.secrecy.hearEndpoint(this.deployed.aws, id);
    await this.deployed.destroy();
    this.checks.equal('the stack is gone', (await this.deployed.status(id)).status, 'DELETE_COMPLETE');
    this.check('destroyed: only what is retained is left', await this.read(), { [NAMES.sealed]: renamed[NAMES.sealed] });
  }

  private async read(): Promise<Parameters> {
    const parameters = await storedParameters(this.deployed.aws);
    this.secrecy.keep(...await everyValue(this.deployed.aws, Object.keys(parameters)));
    return parameters;
  }

  /** Holds all parameters against what is expected of ours, and returns that. */
  private check(step: string, found: Parameters, expected: Parameters): Parameters {
    const ours = Object.fromEntries(Object.entries(expected).filter(([name]) => !(name in this.others)));
    this.checks.equal(`${step} (${Object.keys(ours).length} parameters)`, found, { ...ours, ...this.others });
    return ours;
  }

  private parameter({ tags, ...given }: Partial<StoredParameter>): StoredParameter {
    return { type: 'SecureString', value: undefined, key: this.keys.first, tier: 'Standard', description: '', ...given, tags: { ...STACK_TAGS, ...tags } };
  }
}
