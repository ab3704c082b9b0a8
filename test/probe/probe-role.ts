import {
  AttachRolePolicyCommand, CreateRoleCommand, DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand, ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand, ListRolesCommand, PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { Place, Sandbox, tagsOf } from './operation';
import { RegionClients } from './region-clients';
import { Sweep } from './sweep';

export const PROBE_PATH = '/kms-probe/';

export interface ProbeRole {
  readonly service: string;
  /** Actions of the service on whatever the role needs; those of AWS KMS it has on both keys. */
  readonly actions?: readonly string[];
  readonly managedPolicy?: string;
}

/** Makes a role that may do everything with both keys, so that their key policies alone decide, and returns its ARN. */
export async function makeProbeRole(sandbox: Sandbox, { service, actions = [], managedPolicy }: ProbeRole): Promise<string> {
  const { name: RoleName, source, destination, partition } = sandbox;
  const { iam } = source.aws;
  const { Role } = await iam.send(new CreateRoleCommand({
    RoleName, Path: PROBE_PATH, Tags: tagsOf(RoleName), AssumeRolePolicyDocument: policy({ Principal: { Service: service }, Action: 'sts:AssumeRole' }),
  }));
  await iam.send(new PutRolePolicyCommand({
    RoleName,
    PolicyName: 'probe',
    PolicyDocument: policy(
      { Action: 'kms:*', Resource: [source.key, destination.key] },
      ...actions.length > 0 ? [{ Action: actions, Resource: '*' }] : [],
    ),
  }));
  if (managedPolicy) {
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: `arn:${partition}:iam::aws:policy/${managedPolicy}` }));
  }
  return Role!.Arn!;
}

export async function cleanProbeRoles({ source: { iam }, prefix }: Place, sweep: Sweep): Promise<void> {
  await sweep.each('role', () => rolesOf(iam, prefix), (name) => name, async (RoleName) => {
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    await Promise.all([
      ...PolicyNames.map((PolicyName) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))),
      ...AttachedPolicies.map(({ PolicyArn }) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))),
    ]);
    await iam.send(new DeleteRoleCommand({ RoleName }));
  });
}

async function rolesOf(iam: RegionClients['iam'], prefix: string): Promise<string[]> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({ PathPrefix: PROBE_PATH, MaxItems: 1000 }));
  return Roles.map(({ RoleName }) => RoleName!).filter((name) => name.startsWith(prefix));
}

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', ...each })) });
}
