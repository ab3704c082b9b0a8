import * as kms from 'aws-cdk-lib/aws-kms';
import { KeyBase } from './key-base';
import { KeyHalf } from './key-half';
import { KeyKind } from './key-kind';
import { ServiceKey } from './service-key';
import { ServiceUse } from './service-use';
import { ViaServiceOptions } from './via-service-options';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { KmsService } from '../service/kms-service';

/** The services that a key was handed to, each with its options and its view of the key. */
export class ServiceKeys {
  private readonly views = new Map<string, { use: ServiceUse; view: ServiceKey }>();

  constructor(
    private readonly key: KeyBase,
    private readonly env: KeyEnvironment,
    private readonly kind: KeyKind | undefined,
    private readonly keyHalf: KeyHalf,
  ) {}

  public get uses(): ServiceUse[] {
    return [...this.views.values()].map(({ use }) => use);
  }

  /** @param furtherRegions those that one resource needs, whatever the key was handed over with before */
  public via(service: KmsService, options?: ViaServiceOptions, furtherRegions: readonly string[] = []): kms.IKey {
    const known = this.views.get(service.id);
    if (known) {
      this.assertSame(service, known.use, options);
      known.use.alsoIn(furtherRegions);
      return known.view;
    }
    if (this.kind && !this.kind.symmetricEncryption) {
      throw new KmsPatternsError('KeyNotForStorage',
        `AWS services encrypt data with symmetric encryption keys only, given to ${service.facts.name}: a key with keySpec ${this.kind.spec} and keyUsage `
        + `${this.kind.usage}; use a CustomerManagedKey without keySpec and keyUsage`, this.key);
    }
    const use = new ServiceUse(this.env, service, options ?? {});
    use.alsoIn(furtherRegions);
    this.keyHalf.addService(use);
    const view = new ServiceKey(this.key, this.env, use, this.keyHalf);
    this.views.set(service.id, { use, view });
    return view;
  }

  /** Statements add up: of two sets of options the looser one would win. */
  private assertSame(service: KmsService, known: ServiceUse, options?: ViaServiceOptions): void {
    const other = known.service.facts !== service.facts;
    if (other || (options && JSON.stringify(options) !== JSON.stringify(known.options))) {
      throw new KmsPatternsError('ViaServiceGivenTwice',
        `via(${service.id}) was asked for with ${other ? 'other facts' : `the options ${JSON.stringify(options)}`}, `
        + `and before with ${other ? 'these' : JSON.stringify(known.options)}; statements add up, so that the looser ones would win: `
        + 'give the options once, where the key is made', this.key);
    }
  }
}
