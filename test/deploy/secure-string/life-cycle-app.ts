import { App, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ParameterTier } from 'aws-cdk-lib/aws-ssm';
import { CustomerManagedKey, ParameterValue, SecureStringParameter, type SecureStringParameterProps } from 'cdk-kms-patterns';

export const REGION = 'eu-west-2';
export const KEYS = 'LifeCycleKeys';
export const PARAMETERS = 'LifeCycleParameters';
export const ALIASES = { first: 'life-cycle/first', second: 'life-cycle/second' };
/** Ours at first; after it was renamed; and a name that somebody else has taken. */
export const NAMES = {
  session: '/life-cycle/session',
  renamed: '/life-cycle/signing',
  token: 'life-cycle-token',
  field: '/life-cycle/field',
  whole: '/life-cycle/whole',
  sealed: '/life-cycle/sealed',
  taken: '/life-cycle/taken',
};
export const STACK_TAGS = { 'cost-centre': '77' };

/** What there is before the parameters. */
export interface LifeCycleSources {
  readonly secretArn: string;
  /** Made under the first key, for the parameter that is called sealed. */
  readonly ciphertext: string;
}

export type LifeCycleStep = 'made' | 'changed' | 'failing' | 'renamed';

/** The app at one step of its life, or its keys alone. */
export function lifeCycleApp(outdir: string, parameters?: { readonly step: LifeCycleStep; readonly sources: LifeCycleSources }): void {
  const app = new App({ outdir, analyticsReporting: false, context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } });
  const env = { region: REGION };
  const keys = new Stack(app, KEYS, { env });
  const first = new CustomerManagedKey(keys, 'First', { alias: ALIASES.first });
  const second = new CustomerManagedKey(keys, 'Second', { alias: ALIASES.second });
  if (parameters) {
    new ParametersStack(app, { first, second }, parameters.sources).build(parameters.step);
  }
  app.synth();
}

class ParametersStack extends Stack {
  private readonly secret: secretsmanager.ISecret;

  constructor(app: App, private readonly keys: Record<'first' | 'second', CustomerManagedKey>, private readonly sources: LifeCycleSources) {
    super(app, PARAMETERS, { env: { region: REGION }, tags: STACK_TAGS });
    this.secret = secretsmanager.Secret.fromSecretCompleteArn(this, 'Source', sources.secretArn);
  }

  public build(step: LifeCycleStep): void {
    const { first, second } = this.keys;
    if (step === 'made') {
      this.session({ encryptionKey: first, description: 'Signs sessions' }, { owner: 'billing', stage: 'test' });
      this.token({ encryptionKey: first });
      this.field({ encryptionKey: first });
      this.whole({ encryptionKey: first });
      this.sealed({ encryptionKey: first });
    } else if (step === 'changed') {
      this.session({ encryptionKey: first, description: 'Signs all sessions', tier: ParameterTier.ADVANCED }, { owner: 'accounting' });
      this.token({ encryptionKey: first }, '2');
      this.field({ encryptionKey: first }, '2');
      this.whole({ encryptionKey: second });
      this.sealed({ encryptionKey: second });
    } else if (step === 'failing') {
      const changed = [
        this.session({ encryptionKey: first, parameterName: NAMES.renamed, description: 'Signs no sessions' }, { owner: 'sales' }),
        this.token({ encryptionKey: second }, '3'),
        this.field({ encryptionKey: first, description: 'Whose' }, '3'),
        this.whole({ encryptionKey: first }),
      ];
      this.sealed({ encryptionKey: second });
      const taken = this.parameter('Taken', { parameterName: NAMES.taken, value: ParameterValue.generated(), encryptionKey: first });
      taken.node.addDependency(...changed);
    } else {
      this.session({ encryptionKey: first, parameterName: NAMES.renamed, tier: ParameterTier.ADVANCED }, { owner: 'accounting' });
      this.token({ encryptionKey: first }, '2');
      this.whole({ encryptionKey: second });
    }
  }

  private session(props: Partial<SecureStringParameterProps>, tags: Record<string, string>): SecureStringParameter {
    const value = ParameterValue.generated({ length: 40, excludePunctuation: true });
    const session = this.parameter('Session', { parameterName: NAMES.session, value, ...props });
    Object.entries(tags).forEach(([key, text]) => Tags.of(session).add(key, text));
    return session;
  }

  private token(props: Partial<SecureStringParameterProps>, revision?: string): SecureStringParameter {
    return this.parameter('Token', { parameterName: NAMES.token, value: ParameterValue.generated({ revision }), ...props });
  }

  private field(props: Partial<SecureStringParameterProps>, revision?: string): SecureStringParameter {
    const value = ParameterValue.fromSecret(this.secret, 'password', revision);
    return this.parameter('Field', { parameterName: NAMES.field, value, tier: ParameterTier.ADVANCED, ...props });
  }

  private whole(props: Partial<SecureStringParameterProps>): SecureStringParameter {
    return this.parameter('Whole', { parameterName: NAMES.whole, value: ParameterValue.fromSecret(this.secret), ...props });
  }

  private sealed(props: Partial<SecureStringParameterProps>): SecureStringParameter {
    const value = ParameterValue.fromCiphertext(this.sources.ciphertext, this.keys.first);
    return this.parameter('Sealed', { parameterName: NAMES.sealed, value, removalPolicy: RemovalPolicy.RETAIN, ...props });
  }

  private parameter(id: string, props: SecureStringParameterProps): SecureStringParameter {
    return new SecureStringParameter(this, id, props);
  }
}
