import { EbsRecord } from './ebs-record';
import { AWS_MANAGED, EbsEncryption, EbsSetting } from './ebs-setting';
import { isInStack, RecordOwner } from './record-owner';
import { RecordStore } from './record-store';
import { isDenied } from '../../../private/custom-resource/patience';
import { Refusal } from '../../../private/custom-resource/refusal';

/** A request for EBS encryption by default. */
export interface EbsDefaultRequest {
  readonly id: string;
  readonly creates: boolean;
  /** The resource of a stack that asks. */
  readonly owner: RecordOwner;
  readonly keyArn: string;
  /** The key that it asked for before. */
  readonly oldKeyArn?: string;
  readonly seconds: readonly number[];
  readonly signal: AbortSignal;
}

/** EBS encryption by default from the request that sets it to the one that restores it. Every call may be the last before the request comes again. */
export class EbsDefault {
  private readonly setting: EbsSetting;
  private readonly store: RecordStore;

  constructor(private readonly request: EbsDefaultRequest) {
    this.setting = new EbsSetting(request.seconds, request.signal);
    this.store = new RecordStore(request.seconds, request.signal);
  }

  /** Sets it. Returns what was left as it is, and why. */
  public async put(): Promise<string | undefined> {
    const { creates, id, keyArn } = this.request;
    const record = await this.ownRecord();
    if (record.did(id)) {
      return undefined;
    }
    const now = await this.setting.read(record.keys);
    const changed = record.changedByOthers(now);
    if (changed && (creates || record.key !== keyArn)) {
      throw new Refusal(`${changed}; switch it on with the default key ${record.key} again, then deploy again`);
    }
    if (!changed) {
      await this.change(record, now);
    }
    await this.store.write(record.done(keyArn, id));
    return changed && `${changed}, and is left as it is`;
  }

  /** Restores what was before, where nobody else changed it. Returns what was left as it is, and why. */
  public async delete(): Promise<string | undefined> {
    const record = await this.store.read();
    if (!record?.isOf(this.request.owner)) {
      return `it is left as it is, because ${record ? `${nameOf(record.owner)} set it` : 'nothing is remembered of what it was before'}`;
    }
    const now = await this.setting.read(record.keys);
    const notes = record.hasKey(now.key) ? await this.restore(record, now)
      : [`it is left as it is, because the default key was changed to ${now.key} by somebody else`];
    await this.store.delete();
    return notes.length > 0 ? notes.join('; ') : undefined;
  }

  /** What is remembered is written down before anything is changed, and by one resource only. */
  private async ownRecord(): Promise<EbsRecord> {
    const { creates, id, keyArn, oldKeyArn, owner, seconds, signal } = this.request;
    const found = await this.store.read();
    // A finished one of the same name was retained when it left the stack before.
    if (found?.isOf(owner) && (!creates || !found.finished || found.did(id))) {
      return found;
    }
    if (found && !found.isOf(owner) && await isInStack(found.owner, seconds, signal)) {
      throw this.setByAnother(found);
    }
    const now = await this.setting.read([]);
    // Somebody deleted the record: what was before is not known, and encryption under the AWS managed key does no harm.
    const lost = !creates && [keyArn, oldKeyArn].includes(now.key);
    const own = lost ? EbsRecord.begun(owner, { enabled: true, key: AWS_MANAGED }, now.key) : EbsRecord.begun(owner, now, keyArn);
    const written = await (found ? this.store.write(own) : this.store.create(own));
    if (!written?.isOf(owner)) {
      throw written ? this.setByAnother(written) : new Refusal('another stack restores it at the same time; deploy again');
    }
    return written;
  }

  private async change(record: EbsRecord, now: EbsEncryption): Promise<void> {
    const { keyArn } = this.request;
    const problem = now.key === keyArn ? undefined : await this.setting.problemOf(keyArn);
    if (problem) {
      throw new Refusal(`the key ${keyArn} ${problem}; give a symmetric encryption key that is enabled`);
    }
    if (record.key !== keyArn) {
      await this.store.write(record.changing(keyArn));
    }
    // Before the key: nothing is made without encryption meanwhile.
    if (!now.enabled) {
      await this.setting.enable();
    }
    if (now.key !== keyArn) {
      await this.setting.useKey(keyArn);
    }
    await this.setting.assertTaken(keyArn);
  }

  private async restore(record: EbsRecord, now: EbsEncryption): Promise<string[]> {
    const { former } = record;
    await this.store.write(record.restoring());
    const notes = now.key === former.key ? [] : await this.restoreKey(former.key);
    if (now.enabled && !former.enabled) {
      notes.push(...await this.switchOff());
    } else if (!now.enabled && former.enabled) {
      notes.push('encryption by default is left off, because somebody else switched it off');
    }
    return notes;
  }

  /** A deletion is never blocked by a key that cannot be the default one any more. */
  private async restoreKey(key: string): Promise<string[]> {
    let problem = key === AWS_MANAGED ? undefined : await this.setting.problemOf(key);
    if (!problem) {
      try {
        await this.setting.useKey(key);
        return [];
      } catch (error) {
        const { name, $metadata: { httpStatusCode: status = 0 } = {} } = error as Error & { $metadata?: { httpStatusCode?: number } };
        if (key === AWS_MANAGED || status < 400 || status >= 500) {
          throw error;
        }
        problem = `is refused with ${name}`;
      }
    }
    await this.setting.useKey(AWS_MANAGED);
    return [`the default key is the AWS managed one now, because the former one, ${key}, ${problem}`];
  }

  /** Where an organization denies it, encryption stays on. */
  private async switchOff(): Promise<string[]> {
    try {
      await this.setting.disable();
      return [];
    } catch (error) {
      if (!isDenied(error)) {
        throw error;
      }
      return ['encryption by default is left on, because switching it off is denied'];
    }
  }

  private setByAnother({ owner }: EbsRecord): Refusal {
    return new Refusal(`${nameOf(owner)} sets it, and an account has one in each Region; remove it there and deploy, or leave it out here`);
  }
}

function nameOf({ stack, resource }: RecordOwner): string {
  return `${resource} of the stack ${stack}`;
}
