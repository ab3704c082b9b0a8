import { randomUUID } from 'node:crypto';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateClusterCommand, CreateSnapshotCopyGrantCommand, DeleteClusterCommand, DescribeClustersCommand, DescribeSnapshotCopyGrantsCommand,
  DisableSnapshotCopyCommand, EnableSnapshotCopyCommand, RedshiftClient,
} from '@aws-sdk/client-redshift';
import { FaultyEndpoint, RecordedAnswer } from './faulty-endpoint';
import { startLocalAws, trueAws } from './local-aws';
import { PlayedStack } from './played-stack';
import { handleSnapshotCopy } from '../../../src/copy/redshift/handler/handle-snapshot-copy';
import { SnapshotCopyProperties } from '../../../src/copy/redshift/handler/snapshot-copy-properties';

export const SYDNEY = 'ap-southeast-2';

/** An error of Amazon Redshift. @see https://docs.aws.amazon.com/redshift/latest/APIReference/CommonErrors.html */
export function redshiftError(code: string, message: string, status = 400): RecordedAnswer {
  const body = `<ErrorResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`
    + '<RequestId>0f9b04ee-ab13-4f35-a2b2-d0902bfe6a1e</RequestId></ErrorResponse>';
  return { status, type: 'text/xml', body };
}

/** The function that copies the snapshots of a cluster, with CloudFormation on its one side and Amazon Redshift of two Regions on the other. */
export class SnapshotCopyWorld {
  public static async start(region: string): Promise<SnapshotCopyWorld> {
    return new SnapshotCopyWorld(await startLocalAws(region), region);
  }

  public stack!: PlayedStack<SnapshotCopyProperties>;
  public cluster = '';
  /** A key that the template gives, in Sydney. */
  public key = '';
  private count = 0;
  /** Files that follow one another in one process share the endpoint, so that neither a process id nor a count tells them apart. */
  private readonly id = randomUUID().slice(0, 8);
  private readonly stacks: PlayedStack<SnapshotCopyProperties>[] = [];
  private readonly redshift: RedshiftClient;

  private constructor(public readonly endpoint: FaultyEndpoint, region: string) {
    this.redshift = new RedshiftClient(trueAws(region));
    // moto takes the days of manual snapshots for those of automated ones.
    const kept = (body: string) => new URLSearchParams(body).get('Manual') === 'true';
    endpoint.supplement('ModifySnapshotCopyRetentionPeriod', {
      instead: (body) => kept(body) ? {
        status: 200,
        type: 'text/xml',
        body: '<ModifySnapshotCopyRetentionPeriodResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><ModifySnapshotCopyRetentionPeriodResult/>'
          + '</ModifySnapshotCopyRetentionPeriodResponse>',
      } : undefined,
    });
  }

  /** A cluster whose snapshots go nowhere, and a stack. */
  public async next(): Promise<void> {
    this.endpoint.forget();
    this.cluster = await this.anotherCluster();
    this.key = await this.anotherKey();
    this.stack = await PlayedStack.start<SnapshotCopyProperties>((event, context) => handleSnapshotCopy(event, context, [0, 0, 0]));
    this.stack.logicalId = 'Copies';
    this.stacks.push(this.stack);
  }

  public async stop(): Promise<void> {
    await Promise.all(this.stacks.map((stack) => stack.stop()));
    await this.endpoint.stop();
  }

  public properties(given: Partial<SnapshotCopyProperties> = {}): SnapshotCopyProperties {
    return {
      ClusterIdentifier: this.cluster,
      DestinationRegion: SYDNEY,
      DestinationKeyArn: this.key,
      GrantName: `copy-${this.cluster}`,
      MakesGrant: 'true',
      AutomatedSnapshotRetentionPeriod: '7',
      ManualSnapshotRetentionPeriod: '-1',
      ...given,
    };
  }

  public async anotherCluster(): Promise<string> {
    const ClusterIdentifier = `sales-${this.id}-${++this.count}`;
    await this.redshift.send(new CreateClusterCommand({
      ClusterIdentifier, NodeType: 'ra3.large', MasterUsername: 'admin', MasterUserPassword: 'Passw0rd', Encrypted: true,
    }));
    return ClusterIdentifier;
  }

  public async deleteCluster(ClusterIdentifier = this.cluster): Promise<void> {
    await this.redshift.send(new DeleteClusterCommand({ ClusterIdentifier, SkipFinalClusterSnapshot: true }));
  }

  public async anotherKey(region = SYDNEY): Promise<string> {
    return (await new KMSClient(trueAws(region)).send(new CreateKeyCommand({}))).KeyMetadata!.Arn!;
  }

  public async makeGrant(SnapshotCopyGrantName: string, KmsKeyId = this.key, region = SYDNEY): Promise<void> {
    await new RedshiftClient(trueAws(region)).send(new CreateSnapshotCopyGrantCommand({ SnapshotCopyGrantName, KmsKeyId }));
  }

  /** What somebody does by hand. */
  public async copyByHand(DestinationRegion: string, SnapshotCopyGrantName: string): Promise<void> {
    await this.redshift.send(new EnableSnapshotCopyCommand({ ClusterIdentifier: this.cluster, DestinationRegion, SnapshotCopyGrantName }));
  }

  public async stopByHand(): Promise<void> {
    await this.redshift.send(new DisableSnapshotCopyCommand({ ClusterIdentifier: this.cluster }));
  }

  /** Where the snapshots of a cluster go, by which grant, and how long automated ones are kept there. */
  public async copies(ClusterIdentifier = this.cluster): Promise<[region: string, grant: string, days: number] | undefined> {
    const { Clusters = [] } = await this.redshift.send(new DescribeClustersCommand({ ClusterIdentifier }));
    const status = Clusters[0].ClusterSnapshotCopyStatus;
    return status?.DestinationRegion ? [status.DestinationRegion, status.SnapshotCopyGrantName!, status.RetentionPeriod!] : undefined;
  }

  /** The key of each grant in a Region whose name has these words. */
  public async grants(words = this.cluster, region = SYDNEY): Promise<Record<string, string>> {
    const { SnapshotCopyGrants = [] } = await new RedshiftClient(trueAws(region)).send(new DescribeSnapshotCopyGrantsCommand({}));
    return Object.fromEntries(SnapshotCopyGrants.filter(({ SnapshotCopyGrantName: name = '' }) => name.includes(words))
      .map(({ SnapshotCopyGrantName, KmsKeyId }) => [SnapshotCopyGrantName!, KmsKeyId!]));
  }
}
