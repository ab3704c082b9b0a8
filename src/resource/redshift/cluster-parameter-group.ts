import * as redshift from 'aws-cdk-lib/aws-redshift';
import { Construct } from 'constructs';
import { EncryptedRedshiftClusterProps } from './encrypted-redshift-cluster-props';
import { retainWith } from './redshift-network';
import { redshiftParameters, requiresTls } from './redshift-parameters';
import { referencesOf } from '../../private/references';

/** The parameter group of a cluster. */
export function clusterParameterGroup(cluster: Construct, props: EncryptedRedshiftClusterProps): redshift.CfnClusterParameterGroup {
  const group = new redshift.CfnClusterParameterGroup(cluster, 'ParameterGroup', {
    description: `Parameter group for ${cluster.node.id} Redshift cluster`,
    parameterGroupFamily: 'redshift-1.0',
    parameters: redshiftParameters(cluster, props).map(([parameterName, parameterValue]) => ({ parameterName, parameterValue })),
  });
  retainWith(props.removalPolicy, group);
  return group;
}

/** Whether the parameter group that a cluster has refuses connections without TLS. */
export function parameterGroupRequiresTls(cluster: redshift.CfnCluster): boolean {
  const groups = [...referencesOf(cluster, 'ClusterParameterGroupName')].filter(redshift.CfnClusterParameterGroup.isCfnClusterParameterGroup);
  return groups.length > 0 && groups.every((group) => requiresTls(group, group.parameters, 'parameterName', 'parameterValue'));
}
