import { BACKUP } from './backup';
import { CLOUDFRONT } from './cloudfront';
import { CLOUDWATCH_ALARMS } from './cloudwatch-alarms';
import { CLOUDWATCH_LOGS } from './cloudwatch-logs';
import { CODEPIPELINE } from './codepipeline';
import { DYNAMODB } from './dynamodb';
import { EBS } from './ebs';
import { EBS_COPIES } from './ebs-copies';
import { EC2_AUTO_SCALING } from './ec2-auto-scaling';
import { EC2_FLEET } from './ec2-fleet';
import { EC2_SPOT } from './ec2-spot';
import { EC2_SPOT_FLEET } from './ec2-spot-fleet';
import { ECR } from './ecr';
import { EFS } from './efs';
import { ELASTICACHE } from './elasticache';
import { EVENT_BUS } from './event-bus';
import { EVENTBRIDGE } from './eventbridge';
import { FIREHOSE } from './firehose';
import { KINESIS } from './kinesis';
import { KmsServiceFacts } from './kms-service-facts';
import { LAMBDA } from './lambda';
import { OPENSEARCH } from './opensearch';
import { PARAMETER_STORE } from './parameter-store';
import { RDS } from './rds';
import { RDS_COPIES } from './rds-copies';
import { RDS_MASTER_SECRET } from './rds-master-secret';
import { REDSHIFT } from './redshift';
import { REDSHIFT_ADMIN_SECRET } from './redshift-admin-secret';
import { REDSHIFT_SERVERLESS } from './redshift-serverless';
import { S3 } from './s3';
import { S3_REPLICATION } from './s3-replication';
import { SECRETS_MANAGER } from './secrets-manager';
import { SNS } from './sns';
import { SQS } from './sqs';
import { STEP_FUNCTIONS } from './step-functions';
import { validateFacts } from './validate-facts';
import { KmsPatternsError } from '../private/kms-patterns-error';

/**
 * An AWS service that uses keys, with what it needs of them.
 *
 * Hand a key to a resource with `key.via(KmsService.S3)`.
 *
 * @example
 * declare const key: CustomerManagedKey;
 * new sqs.Queue(this, 'Orders', { encryptionMasterKey: key.via(KmsService.SQS) });
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
 */
export class KmsService {
  /**
   * AWS Backup: the vault, and what AWS Backup fully manages in it. Another key replaces the vault.
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
   */
  public static readonly BACKUP = new KmsService('Backup', BACKUP);
  /**
   * Amazon CloudFront distributions that read an encrypted bucket with origin access control. AWS CDK's origin asks for it by itself.
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
   */
  public static readonly CLOUDFRONT = new KmsService('CloudFront', CLOUDFRONT);
  /** Amazon CloudWatch alarms that notify an encrypted topic. */
  public static readonly CLOUDWATCH_ALARMS = new KmsService('CloudWatchAlarms', CLOUDWATCH_ALARMS);
  /** Amazon CloudWatch Logs. */
  public static readonly CLOUDWATCH_LOGS = new KmsService('CloudWatchLogs', CLOUDWATCH_LOGS);
  /**
   * AWS CodePipeline: the artifacts of a pipeline, which its roles, also those of actions in other accounts, read and write through Amazon S3.
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/S3-artifact-encryption.html
   */
  public static readonly CODEPIPELINE = new KmsService('CodePipeline', CODEPIPELINE);
  /**
   * Amazon DynamoDB: tables, global tables, their streams and backups. Another key is taken in place, the former is needed until then.
   *
   * AWS KMS bills a decryption for each caller that did not use a table for five minutes.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
   */
  public static readonly DYNAMODB = new KmsService('DynamoDb', DYNAMODB);
  /** Amazon EBS: volumes, snapshots, and the instances that use them. */
  public static readonly EBS = new KmsService('Ebs', EBS);
  /**
   * Copies of Amazon EBS snapshots, also those of Amazon Data Lifecycle Manager. Both keys need it.
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
   */
  public static readonly EBS_COPIES = new KmsService('EbsCopies', EBS_COPIES);
  /** Amazon EC2 Auto Scaling, which launches instances with its service-linked role. */
  public static readonly EC2_AUTO_SCALING = new KmsService('AutoScaling', EC2_AUTO_SCALING);
  /**
   * Amazon EC2 Fleet, which launches instances with its service-linked role; those of a fleet of type `instant` are its caller's.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html
   */
  public static readonly EC2_FLEET = new KmsService('Ec2Fleet', EC2_FLEET);
  /**
   * Spot Instances, also those of a fleet, which Amazon EC2 launches with a service-linked role.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
   */
  public static readonly EC2_SPOT = new KmsService('Ec2Spot', EC2_SPOT);
  /**
   * Amazon EC2 Spot Fleet, which launches instances with its service-linked role.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-prerequisites.html
   */
  public static readonly EC2_SPOT_FLEET = new KmsService('Ec2SpotFleet', EC2_SPOT_FLEET);
  /**
   * Amazon ECR. Another key replaces the repository, its images stay behind.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
   */
  public static readonly ECR = new KmsService('Ecr', ECR);
  /**
   * Amazon EFS. Another key replaces the file system, its files stay behind.
   * @see https://docs.aws.amazon.com/efs/latest/ug/EFSKMS.html
   */
  public static readonly EFS = new KmsService('Efs', EFS);
  /**
   * Amazon ElastiCache: replication groups, serverless caches and their backups. Another key replaces the cache.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
   */
  public static readonly ELASTICACHE = new KmsService('ElastiCache', ELASTICACHE);
  /**
   * Amazon EventBridge event buses: their events, rules, archives and logs. Another key is taken in place.
   *
   * Make an archive with `new events.Archive`: `EventBus.archive` of AWS CDK takes its key and drops it.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
   */
  public static readonly EVENT_BUS = new KmsService('EventBus', EVENT_BUS);
  /** Amazon EventBridge rules that deliver to an encrypted topic or queue. */
  public static readonly EVENTBRIDGE = new KmsService('EventBridge', EVENTBRIDGE);
  /**
   * Amazon Data Firehose: records that are put into a stream. A key serves 500 streams; another key is taken in place.
   * @see https://docs.aws.amazon.com/firehose/latest/dev/encryption.html
   */
  public static readonly FIREHOSE = new KmsService('Firehose', FIREHOSE);
  /**
   * Amazon Kinesis Data Streams. Another key is taken in place, the former is needed for what is in the stream.
   * @see https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
   */
  public static readonly KINESIS = new KmsService('Kinesis', KINESIS);
  /**
   * AWS Lambda: the environment of functions, their code in .zip files, the filters of event source mappings. Another key is taken in place.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/security-encryption-at-rest.html
   */
  public static readonly LAMBDA = new KmsService('Lambda', LAMBDA);
  /**
   * Amazon OpenSearch Service: domains, also of Elasticsearch. Another key replaces the domain, its indexes stay behind.
   * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
   */
  public static readonly OPENSEARCH = new KmsService('OpenSearch', OPENSEARCH);
  /** AWS Systems Manager Parameter Store: SecureString parameters. */
  public static readonly PARAMETER_STORE = new KmsService('ParameterStore', PARAMETER_STORE);
  /** Amazon RDS and Amazon Aurora. */
  public static readonly RDS = new KmsService('Rds', RDS);
  /**
   * Copies of Amazon RDS and Amazon Aurora: snapshots that are copied, and automated backups that are replicated to another Region. Both keys need it.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
   */
  public static readonly RDS_COPIES = new KmsService('RdsCopies', RDS_COPIES);
  /** The master user password that Amazon RDS and Amazon Aurora manage in AWS Secrets Manager. */
  public static readonly RDS_MASTER_SECRET = new KmsService('RdsMasterSecret', RDS_MASTER_SECRET);
  /**
   * Amazon Redshift: provisioned clusters and their snapshots, and queries through the Data API. Another key is taken in place.
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-kms-customer-managed-key.html
   */
  public static readonly REDSHIFT = new KmsService('Redshift', REDSHIFT);
  /**
   * The admin password that Amazon Redshift, also Serverless, manages in AWS Secrets Manager. Another key is taken in place.
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
   */
  public static readonly REDSHIFT_ADMIN_SECRET = new KmsService('RedshiftAdminSecret', REDSHIFT_ADMIN_SECRET);
  /**
   * Amazon Redshift Serverless: namespaces and their snapshots, and queries through the Data API. Another key is taken in place.
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html
   */
  public static readonly REDSHIFT_SERVERLESS = new KmsService('RedshiftServerless', REDSHIFT_SERVERLESS);
  /** Amazon S3. */
  public static readonly S3 = new KmsService('S3', S3);
  /**
   * Amazon S3 replication: what is replicated into a bucket, under its key. The key of the source needs `S3` only.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
   */
  public static readonly S3_REPLICATION = new KmsService('S3Replication', S3_REPLICATION);
  /** AWS Secrets Manager. */
  public static readonly SECRETS_MANAGER = new KmsService('SecretsManager', SECRETS_MANAGER);
  /** Amazon SNS. */
  public static readonly SNS = new KmsService('Sns', SNS);
  /** Amazon SQS. */
  public static readonly SQS = new KmsService('Sqs', SQS);
  /**
   * AWS Step Functions: definitions, histories, logs and activities.
   *
   * Execution roles use the key by themselves, not through the service: the account's IAM decides which, and their calls are told by
   * the encryption context of a state machine, an activity or the account's logs. Another key replaces an activity, and is taken in place
   * by a state machine. AWS KMS bills a data key for each reuse period, 300 seconds by default. Grant the key to a state machine
   * without `stateMachineName`: AWS CDK writes the condition of its role with the name only.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
   */
  public static readonly STEP_FUNCTIONS = new KmsService('StepFunctions', STEP_FUNCTIONS);

  /**
   * Every service of the catalogue, by name.
   */
  public static all(): KmsService[] {
    return Object.values(KmsService)
      .filter((value): value is KmsService => value instanceof KmsService)
      .sort((a, b) => a.facts.name.localeCompare(b.facts.name, 'en'));
  }

  /**
   * A service that the catalogue does not list, with facts of your own.
   *
   * @param id letters and digits; it names the statements in key policies, so keep it
   * @param facts what the service needs of a key, as its documentation says
   */
  public static of(id: string, facts: KmsServiceFacts): KmsService {
    const service = new KmsService(id, facts);
    service.validate();
    return service;
  }

  private constructor(
    /** Names the statements of the service in key policies. */
    public readonly id: string,
    /** What the service needs of a key. */
    public readonly facts: KmsServiceFacts,
  ) {}

  private validate(): void {
    validateFacts(this.id, this.facts);
    const listed = KmsService.all().find((service) => service.id.toLowerCase() === this.id.toLowerCase());
    if (listed) {
      throw new KmsPatternsError('KmsServiceIdTaken',
        `the id of a service names its statements, and ${listed.facts.name} has this one, given: '${this.id}'; write another`);
    }
  }
}
