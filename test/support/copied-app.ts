import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { mostly, orNothing } from './arbitraries';
import { SYDNEY } from './copies';
import { ACCOUNT, newApp } from './key-stack';
import { FLAGS } from './template-difference';
import { CustomerManagedKey, ICustomerManagedKey, SnapshotDestination, SourceKeys } from '../../src';
import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';

/** What an app is like whose data is copied to Sydney: the first ones of the shapes of copies. Copies without a Region, and within Sydney, are refused. */
export const APP_SHAPE = {
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
  staged: fc.boolean(),
  nested: fc.boolean(),
  region: mostly(fc.constantFrom<string | undefined>('eu-west-2', 'eu-west-1'), fc.constantFrom<string | undefined>(undefined, SYDNEY)),
};

export interface AppShape {
  readonly flags: keyof typeof FLAGS;
  readonly staged: boolean;
  readonly nested: boolean;
  readonly region?: string;
}

/** Which of `destinationKeys` copies are under, if not under one of their own. Whom an imported key lets in, no template tells. */
export const KEY_OF_COPIES = mostly(orNothing<'new' | 'undeclared' | 'elsewhere'>('new'), orNothing<'new' | 'undeclared' | 'elsewhere'>('undeclared', 'elsewhere'));

/** Where copies find the keys of what they copy. The last two are refused. */
export const SOURCE_KEYS: Readonly<Record<string, (data: Stack) => SourceKeys>> = {
  any: () => SourceKeys.anyOfAccount(),
  alias: () => SourceKeys.withAliases('data/*'),
  key: (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Data', { alias: 'data' })),
  unnamed: (data) => SourceKeys.ofKeys(new CustomerManagedKey(data, 'Data')),
  none: () => SourceKeys.ofKeys(),
  wrong: () => SourceKeys.withArns('arn:aws:kms:us-east-1:111122223333:key/1'),
};

/** Stacks in the Region of the data, and those of its copies in Sydney. */
export class CopiedApp {
  public readonly data: Stack;
  /** What is copied is here: in the stack, or in one that is nested in it. */
  public readonly scope: Construct;
  private readonly app: App;
  private readonly stage: Construct;

  constructor({ flags, staged, nested, region }: AppShape) {
    this.app = newApp(FLAGS[flags]);
    this.stage = staged ? new Stage(this.app, 'Prod') : this.app;
    this.data = this.stack('Data', region);
    this.scope = nested ? new NestedStack(this.data, 'Nested') : this.data;
  }

  public stack(id: string, region?: string): Stack {
    return new Stack(this.stage, id, { env: { account: ACCOUNT, region } });
  }

  /** Sydney: a stack with a key of its own, or one with the key that is given. */
  public destination(keyIn?: (there: Stack) => ICustomerManagedKey): SnapshotDestination {
    if (!keyIn) {
      return SnapshotDestination.inRegion(SYDNEY);
    }
    const there = this.stack('There', SYDNEY);
    return SnapshotDestination.ofStack(there, keyIn(there));
  }

  /** Who can do what. */
  public get model(): AccessModel {
    return new AccessModel(readAssembly(this.app.synth().directory));
  }

  /** The templates of Sydney, those of users not among them. */
  public get templates(): any[] {
    const assembly = this.app.synth();
    const { stacks } = this.stage === this.app ? assembly : assembly.getNestedAssembly('assembly-Prod');
    return stacks.filter(({ stackName, environment }) => environment.region === SYDNEY && !stackName.endsWith('UsersThere')).map(({ template }) => template);
  }
}
