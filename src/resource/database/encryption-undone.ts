import { isDeepStrictEqual } from 'node:util';
import { CfnResource, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { forcesTls, isParameterGroup, parametersOf } from './forced-tls';
import { MasterUser } from './master-user';
import { referencesOf } from '../../private/references';

/** What property injectors, aspects and mixins changed of what a database promises, in the words of an error. */
export function encryptionUndone(construct: string, kept: Record<string, boolean>): string[] {
  const undone = Object.entries(kept).filter(([, isKept]) => !isKept).map(([property]) => property);
  return undone.length === 0 ? [] : [
    `EncryptionUndone: a property injector, an aspect or a mixin changed ${undone.join(', ')} of the database inside; `
    + `leave this database out of it, or give what you want to ${construct}`,
  ];
}

/** Whether a property is still what was promised. */
export function isStill(resource: CfnResource, property: unknown, promised: unknown): boolean {
  const stack = Stack.of(resource);
  return isDeepStrictEqual(stack.resolve(property), stack.resolve(promised));
}

/** Whether Performance Insights, where it is on, keeps its data under the key. */
export function insightsAreUnder({ keyArn }: kms.IKey, resource: rds.CfnDBInstance | rds.CfnDBCluster, enabled: unknown): boolean {
  const on: unknown = Stack.of(resource).resolve(enabled);
  return on === undefined || on === false || isStill(resource, resource.performanceInsightsKmsKeyId, keyArn);
}

/** Whether the master user's password is kept as it was chosen: in a secret under the key that Amazon RDS makes, or in one that the app makes. */
export function passwordIsUnder(resource: rds.CfnDBInstance | rds.CfnDBCluster, { managed, secretKey }: MasterUser): boolean {
  const managesPassword = resource.manageMasterUserPassword === true && isStill(resource, resource.masterUserSecret, { kmsKeyId: secretKey?.keyArn });
  const secrets = resource.node.scope!.node.findAll().filter(secretsmanager.CfnSecret.isCfnSecret);
  return managed ? managesPassword : secrets.every(({ kmsKeyId }) => isStill(resource, kmsKeyId, secretKey?.keyArn));
}

/** Whether log groups are still under the key. */
export function logsAreUnder(groups: logs.LogGroup[], keyArn: string): boolean {
  return groups.map(({ node }) => node.defaultChild as logs.CfnLogGroup).every((group) => isStill(group, group.kmsKeyId, keyArn));
}

/** Whether the parameter group that a database has forces TLS. */
export function tlsIsForced(resource: CfnResource, property: string, parameter: string): boolean {
  const groups = [...referencesOf(resource, property)].filter(isParameterGroup);
  return groups.length > 0 && groups.every((group) => parametersOf(group)[parameter] !== undefined && forcesTls(parametersOf(group)[parameter]));
}
