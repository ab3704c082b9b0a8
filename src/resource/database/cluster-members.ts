import { Validations } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { KmsService } from '../../service/kms-service';

/** What is looked for in every instance, and only a cluster can have. */
const CLUSTER_ONLY = [
  { id: 'CloudFormation-Validate::W9008', reason: 'The storage is that of the cluster, and encrypted with it.' },
  { id: 'HIPAA.Security-RDSInBackupPlan', reason: 'AWS Backup backs up Aurora clusters, not their instances.' },
  { id: 'NIST.800.53.R5-RDSInBackupPlan', reason: 'AWS Backup backs up Aurora clusters, not their instances.' },
];

interface MemberSettings {
  readonly insightsKey: ICustomerManagedKey;
  readonly autoMinorVersionUpgrade?: boolean;
}

/** The instances of a cluster. */
export function clusterMembers(cluster: Construct): rds.CfnDBInstance[] {
  return cluster.node.findAll().filter(rds.CfnDBInstance.isCfnDBInstance);
}

/** `rds.ClusterInstance` keeps to itself what it was given: what it leaves out is completed, and what opens or weakens it refused. */
export function secureMembers(database: Construct, members: rds.CfnDBInstance[], settings: MemberSettings): void {
  const { insightsKey, autoMinorVersionUpgrade = true } = settings;
  for (const member of members) {
    if (member.publiclyAccessible === true) {
      throw new KmsPatternsError('PubliclyAccessible',
        `a database belongs into private subnets, given: ${member.node.path} with publiclyAccessible: true; leave it out`, database);
    }
    member.publiclyAccessible = false;
    member.autoMinorVersionUpgrade ??= autoMinorVersionUpgrade;
    Validations.of(member).acknowledge(...CLUSTER_ONLY);
    if (member.enablePerformanceInsights === true) {
      member.performanceInsightsKmsKeyId ??= insightsKey.via(KmsService.RDS).keyArn;
    }
  }
}
