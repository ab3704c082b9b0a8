import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KeyKind } from './key-kind';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** What AWS KMS refuses of the settings of a key, refused before it is deployed. */
export class KeySettings {
  constructor(private readonly scope: IConstruct) {}

  /** @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
  public rotation(kind: KeyKind, enableKeyRotation?: boolean, rotationPeriod?: Duration): { enabled?: boolean; days?: number } {
    if (!kind.symmetricEncryption && (enableKeyRotation || rotationPeriod)) {
      throw new KmsPatternsError('RotationNotPossible',
        `AWS KMS rotates symmetric encryption keys only, given: keySpec ${kind.spec} with rotation; leave enableKeyRotation and rotationPeriod out, `
        + 'and rotate by a new key to which the alias moves', this.scope);
    }
    if (enableKeyRotation === false && rotationPeriod) {
      throw new KmsPatternsError('RotationPeriodWithoutRotation',
        'rotationPeriod was given with enableKeyRotation: false; leave one of them out', this.scope);
    }
    return kind.symmetricEncryption
      ? { enabled: enableKeyRotation ?? true, days: this.days('RotationPeriodInvalid', 'rotationPeriod', rotationPeriod, 90, 2560) }
      : {};
  }

  /** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
  public pendingWindow(window?: Duration): number | undefined {
    return this.days('PendingWindowInvalid', 'pendingWindow', window, 7, 30);
  }

  /** The full name of an alias, `alias/` included. */
  public alias(name: string): string {
    if (Token.isUnresolved(name)) {
      throw new KmsPatternsError('AliasNotLiteral',
        'the alias was given as a token; write the name out, so that policies can name it before it is deployed', this.scope);
    }
    const full = name.startsWith('alias/') ? name : `alias/${name}`;
    if (!/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(full) || /^alias\/aws\//i.test(full)) {
      throw new KmsPatternsError('AliasInvalid',
        `'${name}' is no alias for a customer managed key: alias/aws/ belongs to AWS managed keys, and a name has at most 256 of a-z, A-Z, 0-9, /, _ and -; `
        + 'write for example alias/billing', this.scope);
    }
    return full;
  }

  private days(code: string, name: string, duration: Duration | undefined, least: number, most: number): number | undefined {
    if (!duration || duration.isUnresolved()) {
      return duration?.toDays();
    }
    const days = duration.toDays({ integral: false });
    if (!Number.isInteger(days) || days < least || days > most) {
      throw new KmsPatternsError(code, `${name} is ${least} to ${most} whole days, given: ${days} days; write for example Duration.days(${most === 30 ? 30 : 365})`, this.scope);
    }
    return days;
  }
}
