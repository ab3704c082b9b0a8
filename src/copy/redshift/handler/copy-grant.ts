import { CreateSnapshotCopyGrantCommand, DeleteSnapshotCopyGrantCommand, DescribeSnapshotCopyGrantsCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { Call, unless } from './redshift-call';
import { Refusal } from '../../../private/custom-resource/refusal';
import { RETRIES } from '../../../private/custom-resource/retries';

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
    await unless('SnapshotCopyGrantAlreadyExistsFault', () => this.call(() => this.redshift.send(command)));
    await this.assertOfKey();
  }

  /** A grant for another key would have the copies encrypted under that one. */
  public async assertOfKey(): Promise<void> {
    const command = new DescribeSnapshotCopyGrantsCommand({ SnapshotCopyGrantName: this.name });
    const found = await unless('SnapshotCopyGrantNotFoundFault', () => this.call(() => this.redshift.send(command)));
    const grant = found?.SnapshotCopyGrants?.[0];
    if (!grant) {
      throw new Refusal(`there is no snapshot copy grant ${this.name} in ${this.region}; make it there, for the key ${this.keyArn}`);
    }
    if (grant.KmsKeyId !== this.keyArn && grant.KmsKeyId !== this.keyArn.split('/')[1]) {
      throw new Refusal(`the snapshot copy grant ${this.name} in ${this.region} is for the key ${grant.KmsKeyId}, not for ${this.keyArn}; `
        + 'take the copies out and deploy, delete it where it is left even then, and put them back');
    }
  }

  /** What is told of it where it stays, and how somebody deletes it. */
  public get left(): string {
    return `the snapshot copy grant ${this.name} in ${this.region} is left; delete it with aws redshift delete-snapshot-copy-grant --region ${this.region} `
      + `--snapshot-copy-grant-name ${this.name}`;
  }

  /** Deletes it. A deletion is never blocked by a grant that something else uses, or by a key that does not let this role in any more: returns why it is left. */
  public async delete(): Promise<string[]> {
    const command = new DeleteSnapshotCopyGrantCommand({ SnapshotCopyGrantName: this.name });
    try {
      await unless('SnapshotCopyGrantNotFoundFault', () => this.call(() => this.redshift.send(command)));
      return [];
    } catch (error) {
      const { name, $metadata: { httpStatusCode: status = 0 } = {} } = error as Error & { $metadata?: { httpStatusCode?: number } };
      if (status < 400 || status >= 500) {
        throw error;
      }
      return [`the snapshot copy grant ${this.name} in ${this.region} is left, because its deletion is refused with ${name}`];
    }
  }
}
