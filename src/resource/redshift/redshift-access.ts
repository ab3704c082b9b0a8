import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { reachableCaller } from '../../private/reachable-caller';

const ON_WAREHOUSE = ['BatchExecuteStatement', 'DescribeTable', 'ExecuteStatement', 'ListDatabases', 'ListSchemas', 'ListTables'];
const ON_OWN_STATEMENTS = ['CancelStatement', 'DescribeStatement', 'GetStatementResult', 'ListStatements'];
const ON_KEY = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

interface Accessible {
  /** What it is called, such as `cluster`. */
  readonly resource: string;
  /** The ARN that the Data API goes by. */
  readonly arn: string;
  /** The key as Amazon Redshift gets it, for this warehouse only. */
  readonly key: kms.IKey;
  readonly adminSecret: secretsmanager.ISecret;
}

/** How a caller of the Data API gets a password for a while. */
interface Credentials {
  readonly action: string;
  readonly resourceArns: string[];
}

/** The grants on a data warehouse. */
export class RedshiftAccess {
  constructor(private readonly warehouse: Construct, private readonly accessible: Accessible) {}

  /** The Data API makes a grant on the key with the permissions of its caller. */
  public grantDataApi(grantee: iam.IGrantable, { action, resourceArns }: Credentials): iam.Grant {
    const { arn, key } = this.accessible;
    const caller = this.reachable(grantee, 'redshift-data:ExecuteStatement', 'kms:CreateGrant');
    const actions = (names: string[]) => names.map((name) => `redshift-data:${name}`);
    return iam.Grant.addToPrincipal({ grantee: caller, actions: actions(ON_WAREHOUSE), resourceArns: [arn] })
      // These know no resource: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-iam.html
      .combine(iam.Grant.addToPrincipal({
        grantee: caller,
        actions: actions(ON_OWN_STATEMENTS),
        resourceArns: ['*'],
        conditions: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '${aws:userid}' } },
      }))
      .combine(iam.Grant.addToPrincipal({ grantee: caller, actions: [action], resourceArns }))
      .combine(key.grant(caller, ...ON_KEY));
  }

  /** A secret that Amazon Redshift manages has no resource policy of ours. */
  public grantReadAdminSecret(grantee: iam.IGrantable): iam.Grant {
    return this.accessible.adminSecret.grantRead(this.reachable(grantee, 'secretsmanager:GetSecretValue', 'kms:Decrypt'));
  }

  private reachable(grantee: iam.IGrantable, ...actions: string[]): iam.IGrantable {
    return reachableCaller(this.warehouse, { service: 'Amazon Redshift', resource: this.accessible.resource }, grantee, actions);
  }
}
