import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { IConstruct } from 'constructs';
import { DatabaseOperationProps } from './database-operation-props';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

/** What reads metrics of a database: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsperformanceinsights.html */
const READ_METRICS = [
  'pi:DescribeDimensionKeys', 'pi:GetDimensionKeyDetails', 'pi:GetResourceMetadata', 'pi:GetResourceMetrics',
  'pi:ListAvailableResourceDimensions', 'pi:ListAvailableResourceMetrics',
];

interface InsightsChoice extends DatabaseOperationProps {
  readonly performanceInsightEncryptionKey?: ICustomerManagedKey;
}

/** The key as Performance Insights gets it where it is on: L2s turn it on for whoever gives a key. */
export function insightsKey(choice: InsightsChoice, key: ICustomerManagedKey): kms.IKey | undefined {
  const given = choice.performanceInsightRetention ?? choice.performanceInsightEncryptionKey;
  const on = choice.enablePerformanceInsights ?? (given !== undefined || choice.databaseInsightsMode === rds.DatabaseInsightsMode.ADVANCED);
  return on ? key.via(KmsService.RDS) : undefined;
}

/** Lets the grantee see the metrics of database instances, decrypting what Performance Insights keeps of these instances only. */
export function grantViewInsights(
  database: IConstruct, grantee: iam.IGrantable, key: ICustomerManagedKey, resourceIds: string[],
): iam.Grant {
  const stack = Stack.of(database);
  const metrics = iam.Grant.addToPrincipal({
    grantee,
    actions: READ_METRICS,
    resourceArns: resourceIds.map((id) => stack.formatArn({ service: 'pi', resource: 'metrics', resourceName: `rds/${id}` })),
  });
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.cmk-policy.html
  const ofTheseInstances = new iam.PrincipalWithConditions(grantee.grantPrincipal, {
    StringEquals: {
      'kms:EncryptionContext:aws:pi:service': 'rds',
      'kms:EncryptionContext:service': 'pi',
      'kms:EncryptionContext:aws:rds:db-id': resourceIds,
    },
  });
  return metrics.combine(key.via(KmsService.RDS).grant(ofTheseInstances, 'kms:Decrypt', 'kms:GenerateDataKey'));
}
