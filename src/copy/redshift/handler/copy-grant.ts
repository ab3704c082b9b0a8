import { CreateSnapshotCopyGrantCommand, DeleteSnapshotCopyGrantCommand, DescribeSnapshotCopyGrantsCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { Refusal } from '../../../private/custom-resource/refusal';
import { RETRIES } from '../../../private/custom-resource/retries';

/** How a call is made: again where what stands against it passes. */
export type Call = <T>(attempt: () => Promise<T>) => Promise<T>;

/** A snapshot copy grant, which lets Amazon Redshift encrypt copies under a key of the Region that they go to. */
export class CopyGrant {
  private readonly redshift: RedshiftClient;

  constructor(
    public readonly name: string,
    public readonly region: string,
    private readonly keyArn: string,
    private readonly call: Call,
  ) {
    this.redshift = new RedshiftClient({ ...RETRIES, region });
  }

  /** Makes it, where it is not there. */
  public async make(): Promise<void> {
    const command = new CreateSnapshotCopyGrantCommand({ SnapshotCopyGrantName: this.name, KmsKeyId: this.keyArn });
    await this.unless('SnapshotCopyGrantAlreadyExistsFault', () => this.redshift.send(command));
    await this.assertOfKey();
  }

  /** A grant for another key would have the copies encrypted under that one. */
  public async assertOfKey(): Promise<void> {
    const command = new DescribeSnapshotCopyGrantsCommand({ SnapshotCopyGrantName: this.name });
    const found = await this.unless('SnapshotCopyGrantNotFoundFault', () => this.redshift.send(command));
    const grant = found?.SnapshotCopyGrants?.[0];
    if (!grant) {
      throw new Refusal(`there is no snapshot copy grant ${this.name} in ${this.region}; make it there, for the key ${this.keyArn}`);
    }
    if (grant.KmsKeyId !== this.keyArn && grant.KmsKeyId !== this.keyArn.split('/')[1]) {
      throw new Refusal(`the snapshot copy grant ${this.name} in ${this.region} is for the key ${grant.KmsKeyId}, not for ${this.keyArn}; `
        + 'take the copies out and deploy, then put them back');
    }
  }

  /** Deletes it. A deletion is never blocked by a grant that something else uses, or by a key that does not let this role in any more: returns why it is left. */
  public async delete(): Promise<string[]> {
    try {
      await this.unless('SnapshotCopyGrantNotFoundFault', () => this.redshift.send(new DeleteSnapshotCopyGrantCommand({ SnapshotCopyGrantName: this.name })));
      return [];
    } catch (error) {
      const { name, $metadata: { httpStatusCode: status = 0 } = {} } = error as Error & { $metadata?: { httpStatusCode?: number } };
      if (status < 400 || status >= 500) {
        throw error;
      }
      return [`the snapshot copy grant ${this.name} in ${this.region} is left, because its deletion is refused with ${name}`];
    }
  }

  private async unless<T>(error: string, attempt: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.call(attempt);
    } catch (thrown) {
      if ((thrown as Error).name === error) {
        return undefined;
      }
      throw thrown;
    }
  }
}
