import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { DescribeClustersCommand, DescribeSnapshotCopyGrantsCommand, DisableSnapshotCopyCommand, EnableSnapshotCopyCommand } from '@aws-sdk/client-redshift';
import { type App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { type Checks } from './checks';
import { DeployedRegions } from './deployed-regions';
import { Moto } from './moto';
import { storeKey } from './store-keys';
import { type Workspace } from './workspace';
import { EncryptedRedshiftCluster, RedshiftSnapshotCopy, SnapshotCopyGrant, SnapshotDestination } from 'cdk-kms-patterns';

const HERE = 'eu-west-2';
/** One of the Regions where CloudFormation has the type. */
const THERE = 'us-east-1';
const CLUSTER = 'Data/Warehouse';
const COPIES = 'Data/Copies/Resource';
const GRANT = `Data-copies-${THERE}/Data-Copies/Grant`;

function build(app: App): void {
  const data = new Stack(app, 'Data', { env: { region: HERE } });
  const vpc = new ec2.Vpc(data, 'Vpc', {
    availabilityZones: ['a', 'b', 'c'].map((letter) => `${HERE}${letter}`),
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    restrictDefaultSecurityGroup: false,
  });
  const source = new EncryptedRedshiftCluster(data, 'Warehouse', { vpc, nodeType: 'ra3.large' });
  new RedshiftSnapshotCopy(data, 'Copies', { source, destination: SnapshotDestination.inRegion(THERE), grant: SnapshotCopyGrant.byCloudFormation() });
}

/** A snapshot copy grant that CloudFormation makes, in the Region that snapshots go to. moto runs no function: what starts copies is called in its place. */
export class CopyGrantRun {
  public static async of(name: string, workspace: Workspace, checks: Checks, python: string): Promise<void> {
    const moto = await Moto.start(python, workspace.directory(name, 'home'));
    try {
      const deployed = await DeployedRegions.of({ name, workspace, checks, port: moto.port, build });
      await new CopyGrantRun(checks, deployed).run();
    } finally {
      moto.stop();
    }
  }

  private constructor(private readonly checks: Checks, private readonly deployed: DeployedRegions) {}

  private async run(): Promise<void> {
    const { checks, deployed: { app } } = this;
    const [here, there] = [app.aws(HERE), app.aws(THERE)];
    const [grant, copies] = [app.find(GRANT), app.find(COPIES)];
    const ClusterIdentifier = app.find(CLUSTER).physicalId!;
    const keyThere = await there.kms.send(new DescribeKeyCommand({ KeyId: app.find(`Data-copies-${THERE}/Key`).physicalId! }));
    const { from, key } = storeKey(grant)!;
    checks.equal(`${GRANT} is under the key there (from the ${from})`, await key(grant), keyThere.KeyMetadata?.Arn);
    checks.equal('the copies name the grant that is there', copies.property('GrantName'), grant.physicalId);
    checks.equal('the copies name the key of the grant', copies.property('DestinationKeyArn'), keyThere.KeyMetadata?.Arn);
    checks.equal('there is no grant in the Region of the cluster', (await here.redshift.send(new DescribeSnapshotCopyGrantsCommand())).SnapshotCopyGrants, []);

    const [DestinationRegion, SnapshotCopyGrantName] = [copies.property('DestinationRegion'), copies.property('GrantName')];
    await here.redshift.send(new EnableSnapshotCopyCommand({ ClusterIdentifier, DestinationRegion, SnapshotCopyGrantName }));
    const { Clusters } = await here.redshift.send(new DescribeClustersCommand({ ClusterIdentifier }));
    const { DestinationRegion: region, SnapshotCopyGrantName: name } = Clusters?.[0].ClusterSnapshotCopyStatus ?? {};
    checks.equal('the snapshots of the cluster go there by the grant', [region, name], [THERE, grant.physicalId]);

    await here.redshift.send(new DisableSnapshotCopyCommand({ ClusterIdentifier }));
    await this.deployed.destroy();
    checks.equal('the grant goes with its stack', (await there.redshift.send(new DescribeSnapshotCopyGrantsCommand())).SnapshotCopyGrants, []);
  }
}
