import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { grantViewInsights } from './insights';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { reachableCaller } from '../../private/reachable-caller';

interface Accessible {
  readonly inner: rds.DatabaseInstanceBase | rds.DatabaseClusterBase;
  readonly iamAuthentication?: boolean;
  readonly secret?: secretsmanager.ISecret;
  readonly secretManaged: boolean;
  readonly insightsKey: ICustomerManagedKey;
  /** The instances with Performance Insights on, by the ids that Amazon RDS gives them. */
  readonly insightsResourceIds: string[];
}

/** The grants on a database. */
export class DatabaseAccess {
  constructor(private readonly database: IConstruct, private readonly accessible: Accessible) {}

  public grantConnect(grantee: iam.IGrantable, dbUser: string): iam.Grant {
    const { inner, iamAuthentication } = this.accessible;
    if (!iamAuthentication) {
      throw this.refused('IamAuthenticationOff', 'IAM decides nothing about who connects to this database', 'grantConnect',
        'leave iamAuthentication: false out where the engine takes IAM authentication, else connect with a password: grantReadSecret');
    }
    return inner.grantConnect(this.reachable(grantee, 'rds-db:connect'), dbUser);
  }

  public grantReadSecret(grantee: iam.IGrantable): iam.Grant {
    const { secret, secretManaged } = this.accessible;
    if (!secret) {
      throw this.refused('NoSecret', 'the password of the master user is in no secret that is known here', 'grantReadSecret',
        'write manageMasterUserPassword: true, and Amazon RDS makes one');
    }
    // A secret that Amazon RDS manages has no resource policy of ours.
    return secret.grantRead(secretManaged ? this.reachable(grantee, 'secretsmanager:GetSecretValue', 'kms:Decrypt') : grantee);
  }

  public grantViewPerformanceInsights(grantee: iam.IGrantable): iam.Grant {
    const { insightsKey, insightsResourceIds } = this.accessible;
    if (insightsResourceIds.length === 0) {
      throw this.refused('InsightsOff', 'Performance Insights is off', 'grantViewPerformanceInsights', 'turn it on with enablePerformanceInsights: true');
    }
    const viewer = this.reachable(grantee, 'pi:GetResourceMetrics', 'kms:Decrypt', 'kms:GenerateDataKey');
    return grantViewInsights(this.database, viewer, insightsKey, insightsResourceIds);
  }

  public reachable(grantee: iam.IGrantable, ...actions: string[]): iam.IGrantable {
    return reachableCaller(this.database, { service: 'Amazon RDS', resource: 'database' }, grantee, actions);
  }

  private refused(code: string, problem: string, given: string, instead: string): KmsPatternsError {
    return new KmsPatternsError(code, `${problem}, given: ${given}; ${instead}`, this.database);
  }
}
