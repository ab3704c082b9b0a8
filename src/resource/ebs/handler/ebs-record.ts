import { RECORD_NAME } from './ebs-encryption-properties';
import { AWS_MANAGED, EbsEncryption } from './ebs-setting';
import { RecordOwner } from './record-owner';
import { Refusal } from '../../../private/custom-resource/refusal';

/** A parameter has room for 4,096 characters. */
const MOST_REQUESTS = 20;

/** Who set EBS encryption by default, and what it was before: a request may come twice, and the function may end between any two calls. */
export class EbsRecord {
  public static of(text: string): EbsRecord {
    try {
      const { owner, former, keys, requests } = JSON.parse(text);
      return new EbsRecord({ stack: owner.stack, resource: owner.resource }, { enabled: former.enabled, key: former.key }, [...keys], [...requests]);
    } catch {
      throw new Refusal(`the record of what it was before cannot be read; delete the parameter ${RECORD_NAME}`);
    }
  }

  /** Written down before anything is changed. */
  public static begun(owner: RecordOwner, former: EbsEncryption, key: string): EbsRecord {
    return new EbsRecord(owner, former, [key], []);
  }

  private constructor(
    public readonly owner: RecordOwner,
    public readonly former: EbsEncryption,
    /** What its owner made the default key; two where it is not known whether the second one came to be it. */
    public readonly keys: readonly string[],
    private readonly requests: readonly string[],
  ) {}

  public get key(): string {
    return this.keys[this.keys.length - 1];
  }

  /** Whether the owner has set it, and did not only begin to set or to restore it. */
  public get finished(): boolean {
    return this.requests.length > 0;
  }

  public isOf({ stack, resource }: RecordOwner): boolean {
    return this.owner.stack === stack && this.owner.resource === resource;
  }

  /** Whether the request was done before. */
  public did(request: string): boolean {
    return this.requests.includes(request);
  }

  /** What somebody else did to what the owner set. */
  public changedByOthers({ enabled, key }: EbsEncryption): string | undefined {
    return !this.hasKey(key) ? `the default key was changed to ${key} by somebody else`
      : this.finished && !enabled ? 'encryption by default was switched off by somebody else' : undefined;
  }

  /** Whether nobody else changed the default key. The AWS managed one takes the place of a former one that cannot be used. */
  public hasKey(key: string): boolean {
    return this.keys.includes(key) || (!this.finished && [this.former.key, AWS_MANAGED].includes(key));
  }

  public changing(key: string): EbsRecord {
    return new EbsRecord(this.owner, this.former, [...this.keys.filter((other) => other !== key), key], this.requests);
  }

  public restoring(): EbsRecord {
    return new EbsRecord(this.owner, this.former, this.keys, []);
  }

  public done(key: string, request: string): EbsRecord {
    return new EbsRecord(this.owner, this.former, [key], [...this.requests, request].slice(-MOST_REQUESTS));
  }

  public toString(): string {
    const { owner, former, keys, requests } = this;
    return JSON.stringify({ owner, former, keys, requests });
  }
}
