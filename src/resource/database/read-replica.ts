import { CfnResource } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { referencesOf } from '../../private/references';

/**
 * Read replicas of an instance that Amazon RDS would refuse, in the words of an error each.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations
 */
export function refusedReadReplicas(source: rds.CfnDBInstance): string[] {
  if (source.manageMasterUserPassword !== true || source.engine?.startsWith('sqlserver-')) {
    return [];
  }
  return source.node.root.node.findAll().filter((construct): construct is CfnResource => rds.CfnDBInstance.isCfnDBInstance(construct))
    .filter((replica) => referencesOf(replica, 'SourceDBInstanceIdentifier').has(source))
    .map((replica) => `ReadReplicaRefused: Amazon RDS makes no read replicas of an instance whose password it manages, given: ${replica.node.path}; `
      + 'leave manageMasterUserPassword: true out at their source');
}
