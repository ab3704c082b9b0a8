import { ClusterSnapshotCopyStatus } from '@aws-sdk/client-redshift';
import { CopiedCluster, CopyRetention } from './copied-cluster';
import { CopyGrant } from './copy-grant';
import { Call } from './redshift-call';
import { SnapshotCopyProperties } from './snapshot-copy-properties';
import { isDenied, Unsettled } from '../../../private/custom-resource/patience';
import { Refusal } from '../../../private/custom-resource/refusal';

/** The copies of a cluster's snapshots, from the request that starts them to the one that stops them. Every call may be the last before the request comes again. */
export class SnapshotCopy {
  private readonly cluster: CopiedCluster;
  private readonly grant: CopyGrant;
  private readonly makesGrant: boolean;
  private readonly retention: CopyRetention;

  constructor(properties: SnapshotCopyProperties, call: Call) {
    this.cluster = new CopiedCluster(properties.ClusterIdentifier, call);
    this.grant = new CopyGrant(properties.GrantName, properties.DestinationRegion, properties.DestinationKeyArn, call);
    this.makesGrant = properties.MakesGrant === 'true';
    this.retention = {
      automated: Number(properties.AutomatedSnapshotRetentionPeriod), manual: Number(properties.ManualSnapshotRetentionPeriod),
    };
  }

  /** Starts or changes them. Returns what of the former ones was left as it is, and why. */
  public async put(former?: SnapshotCopy): Promise<string[]> {
    await (this.makesGrant ? this.grant.make() : this.grant.assertOfKey());
    const now = await this.cluster.copies();
    if (now && this.is(now)) {
      await this.cluster.keepFor(this.retention, now);
    } else {
      await this.start(now, former);
    }
    return former ? this.release(former) : [];
  }

  /** Stops them, and deletes the grant that was made for them. Returns what was left as it is, and why. */
  public async delete(): Promise<string[]> {
    return [...await this.stop(), ...this.makesGrant ? await this.grant.delete() : []];
  }

  private async start(now: ClusterSnapshotCopyStatus | undefined, former?: SnapshotCopy): Promise<void> {
    if (now && !former?.is(now)) {
      throw this.byOthers(now);
    }
    // Amazon Redshift copies to one Region at a time, and changes neither it nor the grant of copies that go on.
    if (now) {
      await this.cluster.stop();
    }
    await this.cluster.copyTo(this.grant.region, this.grant.name, this.retention);
    const started = await this.cluster.copies();
    if (!started || !this.is(started)) {
      throw started ? this.byOthers(started) : new Unsettled(`Amazon Redshift was told to copy the snapshots of ${this.cluster.name}, and shows no copies`);
    }
  }

  /** Of former copies, what these do not go on with. The role is for the new grant and key by then: the former grant stays. */
  private async release(former: SnapshotCopy): Promise<string[]> {
    const stopped = former.cluster.name === this.cluster.name ? [] : await former.stopIfLet();
    const sameGrant = former.grant.name === this.grant.name && former.grant.region === this.grant.region;
    return [...stopped, ...former.makesGrant && !sameGrant ? [former.grant.left] : []];
  }

  /** The role is for the new cluster by then, and a former one is on its way out: neither may keep the new copies from starting. */
  private async stopIfLet(): Promise<string[]> {
    try {
      return await this.stop();
    } catch (error) {
      if (!isDenied(error) && !(error instanceof Unsettled)) {
        throw error;
      }
      return [`the snapshots of ${this.cluster.name} are still copied, ${told(this.status)}, because stopping that is refused with ${(error as Error).name}`];
    }
  }

  private async stop(): Promise<string[]> {
    const now = await this.cluster.copies();
    if (now && !this.is(now)) {
      return [`the snapshots of ${this.cluster.name} are still copied, ${told(now)}, because somebody else changed it`];
    }
    if (now) {
      await this.cluster.stop();
    }
    return [];
  }

  private byOthers(status: ClusterSnapshotCopyStatus): Refusal {
    const { name } = this.cluster;
    return new Refusal(`somebody else copies the snapshots of ${name}, ${told(status)}; stop that with `
      + `aws redshift disable-snapshot-copy --cluster-identifier ${name}, then deploy again`);
  }

  private get status(): ClusterSnapshotCopyStatus {
    return { DestinationRegion: this.grant.region, SnapshotCopyGrantName: this.grant.name };
  }

  private is({ DestinationRegion, SnapshotCopyGrantName }: ClusterSnapshotCopyStatus): boolean {
    return DestinationRegion === this.grant.region && SnapshotCopyGrantName === this.grant.name;
  }
}

function told({ DestinationRegion, SnapshotCopyGrantName }: ClusterSnapshotCopyStatus): string {
  return `to ${DestinationRegion} by ${SnapshotCopyGrantName ? `the grant ${SnapshotCopyGrantName}` : 'no grant'}`;
}
