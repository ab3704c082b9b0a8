import {
  ClusterSnapshotCopyStatus, DescribeClustersCommand, DisableSnapshotCopyCommand, EnableSnapshotCopyCommand, ModifySnapshotCopyRetentionPeriodCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { Call, unless } from './redshift-call';
import { RETRIES } from '../../../private/custom-resource/retries';

/** How long copies are kept, in days; manual ones until they are deleted where it is -1. */
export interface CopyRetention {
  readonly automated: number;
  readonly manual: number;
}

/** A cluster of the Region that the function runs in, and where its snapshots are copied to. */
export class CopiedCluster {
  private readonly redshift = new RedshiftClient(RETRIES);

  constructor(public readonly name: string, private readonly call: Call) {}

  /** Where its snapshots are copied to, if anywhere; nowhere too where the cluster is gone. */
  public async copies(): Promise<ClusterSnapshotCopyStatus | undefined> {
    const command = new DescribeClustersCommand({ ClusterIdentifier: this.name });
    const found = await unless('ClusterNotFoundFault', () => this.call(() => this.redshift.send(command)));
    const status = found?.Clusters?.[0]?.ClusterSnapshotCopyStatus;
    return status?.DestinationRegion ? status : undefined;
  }

  /** A call whose answer was lost finds them started already: where they go must be looked at afterwards. */
  public async copyTo(DestinationRegion: string, SnapshotCopyGrantName: string, { automated, manual }: CopyRetention): Promise<void> {
    const command = new EnableSnapshotCopyCommand({
      ClusterIdentifier: this.name, DestinationRegion, SnapshotCopyGrantName, RetentionPeriod: automated, ManualSnapshotRetentionPeriod: manual,
    });
    await unless('SnapshotCopyAlreadyEnabledFault', () => this.call(() => this.redshift.send(command)));
  }

  public async keepFor({ automated, manual }: CopyRetention, now: ClusterSnapshotCopyStatus): Promise<void> {
    if (now.RetentionPeriod !== automated) {
      await this.keep(automated, false);
    }
    if ((now.ManualSnapshotRetentionPeriod ?? -1) !== manual) {
      await this.keep(manual, true);
    }
  }

  public async stop(): Promise<void> {
    const command = new DisableSnapshotCopyCommand({ ClusterIdentifier: this.name });
    await unless('SnapshotCopyAlreadyDisabledFault', () => this.call(() => this.redshift.send(command)));
  }

  private async keep(RetentionPeriod: number, Manual: boolean): Promise<void> {
    const command = new ModifySnapshotCopyRetentionPeriodCommand({ ClusterIdentifier: this.name, RetentionPeriod, Manual });
    await this.call(() => this.redshift.send(command));
  }
}
