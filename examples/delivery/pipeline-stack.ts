import { Stack, type StackProps } from 'aws-cdk-lib';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as connections from 'aws-cdk-lib/aws-codeconnections';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as actions from 'aws-cdk-lib/aws-codepipeline-actions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type SiteStack } from './site-stack';
import { type WorkloadStack } from './workload-stack';
import { EncryptedBucket, KmsService } from 'cdk-kms-patterns';

export interface PipelineProps extends StackProps {
  readonly keys: KeysStack;
  readonly site: SiteStack;
  readonly workload: WorkloadStack;
}

/** From the repository to the web site and to the service of another account, with every artifact under one key. */
export class PipelineStack extends Stack {
  public readonly artifacts: EncryptedBucket;
  public readonly images: ecr.Repository;
  public readonly approvals: sns.Topic;
  public readonly logGroup: logs.LogGroup;
  private readonly source = new codepipeline.Artifact('Source');
  private readonly built = new codepipeline.Artifact('Built');

  constructor(scope: Construct, id: string, private readonly props: PipelineProps) {
    super(scope, id, { env: props.env, description: 'The delivery pipeline' });
    const { artifacts: key } = props.keys;
    this.artifacts = new EncryptedBucket(this, 'Artifacts', {
      encryptionKey: key,
      // The roles of the other account are given what is in it by its name.
      bucketName: `delivery-artifacts-${this.account}-${this.region}`,
    });
    this.images = new ecr.Repository(this, 'Images', {
      repositoryName: 'delivery/storefront',
      encryption: ecr.RepositoryEncryption.KMS,
      encryptionKey: key.via(KmsService.ECR),
      imageScanOnPush: true,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
    });
    // Who pulls needs nothing of the key: Amazon ECR decrypts under its grant.
    this.images.grantPull(new iam.AccountPrincipal(props.workload.account));
    this.approvals = new sns.Topic(this, 'Approvals', { masterKey: key.via(KmsService.SNS), enforceSSL: true });
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: key.via(KmsService.CLOUDWATCH_LOGS),
      retention: logs.RetentionDays.ONE_YEAR,
    });
    new codepipeline.Pipeline(this, 'Pipeline', {
      artifactBucket: this.artifacts.bucket,
      stages: [
        { stageName: 'Source', actions: [this.checkOut()] },
        { stageName: 'Build', actions: [this.build()] },
        { stageName: 'Approve', actions: [new actions.ManualApprovalAction({ actionName: 'Approve', notificationTopic: this.approvals })] },
        { stageName: 'Deploy', actions: [this.deploySite(), this.deployService()] },
      ],
    });
  }

  private checkOut(): actions.CodeStarConnectionsSourceAction {
    const connection = new connections.CfnConnection(this, 'Connection', { connectionName: 'delivery', providerType: 'GitHub' });
    return new actions.CodeStarConnectionsSourceAction({
      actionName: 'CheckOut',
      connectionArn: connection.attrConnectionArn,
      owner: 'example-corp',
      repo: 'storefront',
      output: this.source,
    });
  }

  private build(): actions.CodeBuildAction {
    const image = '$IMAGES:$CODEBUILD_RESOLVED_SOURCE_VERSION';
    const project = new codebuild.PipelineProject(this, 'Build', {
      environment: { buildImage: codebuild.LinuxBuildImage.STANDARD_7_0, privileged: true },
      environmentVariables: { IMAGES: { value: this.images.repositoryUri } },
      logging: { cloudWatch: { logGroup: this.logGroup } },
      buildSpec: codebuild.BuildSpec.fromObject({
        version: '0.2',
        phases: {
          build: {
            commands: [
              'aws ecr get-login-password | docker login --username AWS --password-stdin "${IMAGES%%/*}"',
              `docker build --tag "${image}" . && docker push "${image}"`,
              'npm ci && npm run build',
            ],
          },
        },
        artifacts: { files: ['pages/**/*', 'service.template.json'] },
      }),
    });
    this.images.grantPullPush(project);
    return new actions.CodeBuildAction({ actionName: 'Build', project, input: this.source, outputs: [this.built] });
  }

  private deploySite(): actions.S3DeployAction {
    const { bucket } = this.props.site.pages;
    // As it is handed to this bucket: the action uses the key for no other.
    return new actions.S3DeployAction({ actionName: 'Site', input: this.built, bucket, encryptionKey: bucket.encryptionKey });
  }

  /** Both roles read the artifacts: the bucket and the key let them in here, and their policies in the other account. */
  private deployService(): actions.CloudFormationCreateUpdateStackAction {
    const { deployer, execution, account } = this.props.workload;
    this.artifacts.grantRead(execution);
    return new actions.CloudFormationCreateUpdateStackAction({
      actionName: 'Service',
      account,
      role: deployer,
      deploymentRole: execution,
      adminPermissions: false,
      stackName: 'Storefront',
      templatePath: this.built.atPath('service.template.json'),
    });
  }
}
