import { AccessModel, AccessModelOptions, AccessRequest } from '../../src/access/access-model';
import { Decision } from '../../src/access/decision/decision';
import { Deployment, readTemplate, Template } from '../../src/access/template/template';

export type Statement = Readonly<Record<string, unknown>>;

/** The account of the key, and another. */
export const A = '111122223333';
export const B = '444455556666';
export const REGION = 'eu-west-1';
/** The ARN of the key, which only its own stack knows. */
export const K = { 'Fn::ImportValue': 'KeyArn' };
export const K2 = { 'Fn::ImportValue': 'SecondKeyArn' };
export const R = `arn:aws:iam::${A}:role/R`;
export const Q = `arn:aws:iam::${A}:role/Q`;
export const U = `arn:aws:iam::${A}:user/U`;
export const RB = `arn:aws:iam::${B}:role/RB`;
export const ROOT = `arn:aws:iam::${A}:root`;
export const ROOT_B = `arn:aws:iam::${B}:root`;
export const AUTO_SCALING = `arn:aws:iam::${A}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

/** A key, and what the policies around it say. What is left out says nothing. */
export interface World extends AccessModelOptions {
  readonly keyPolicy?: readonly Statement[];
  /** IAM policies: of the roles R and Q and the user U in the key's account, and of RB in the other. */
  readonly r?: readonly Statement[];
  readonly q?: readonly Statement[];
  readonly u?: readonly Statement[];
  readonly rb?: readonly Statement[];
  /** The permissions boundary of R, U and RB. */
  readonly boundary?: readonly Statement[];
  /** Managed policies of R. */
  readonly managed?: readonly unknown[];
  readonly version?: string;
  /** Further properties of the key, of R, and further resources beside the key. */
  readonly key?: object;
  readonly role?: object;
  readonly resources?: object;
  /** Other sections of the template that makes the key. */
  readonly conditions?: object;
  readonly parameters?: object;
  readonly transform?: unknown;
  readonly deployment?: Partial<Deployment>;
}

const HOME: Deployment = { account: A, region: REGION, partition: 'aws' };

export function policy(statements: readonly Statement[], version = '2012-10-17'): object {
  return { Version: version, Statement: statements };
}

export function worldModel(world: World): AccessModel {
  return new AccessModel(worldTemplates(world), world);
}

/** The verdict on Decrypt by R, unless the question says otherwise. */
export function ask(world: World, question: Partial<AccessRequest> = {}): Decision {
  return worldModel(world).decide({ principal: R, key: 'K', action: 'kms:Decrypt', ...question });
}

export function worldTemplates(world: World): Template[] {
  return worldBodies(world).map(({ stackName, deployment, body }) => readTemplate(stackName, deployment, body));
}

/** The templates as they stand in files. */
export function worldBodies(world: World): { readonly stackName: string; readonly deployment: Deployment; readonly body: object }[] {
  const { keyPolicy = [], r, q, u, rb, boundary, managed, version, key, role, resources, conditions, parameters, transform, deployment } = world;
  const home = { ...HOME, ...deployment };
  const inline = (statements?: readonly Statement[]) => statements ? { Policies: [{ PolicyName: 'Inline', PolicyDocument: policy(statements, version) }] } : {};
  const bounded = boundary ? { PermissionsBoundary: { Ref: 'Boundary' } } : {};
  const boundaryPolicy = boundary ? { Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(boundary) } } } : {};
  return [
    {
      stackName: 'Keys',
      deployment: home,
      body: {
        Transform: transform,
        Parameters: parameters,
        Conditions: conditions,
        Resources: {
          K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(keyPolicy, version), ...key } },
          K2: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(keyPolicy, version) } },
          ...resources,
        },
        Outputs: {
          K: { Value: { 'Fn::GetAtt': ['K', 'Arn'] }, Export: { Name: 'KeyArn' } },
          K2: { Value: { 'Fn::GetAtt': ['K2', 'Arn'] }, Export: { Name: 'SecondKeyArn' } },
        },
      },
    },
    {
      stackName: 'People',
      deployment: home,
      body: {
        Resources: {
          ...boundaryPolicy,
          R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'R', ...inline(r), ...bounded, ...managed ? { ManagedPolicyArns: managed } : {}, ...role } },
          Q: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Q', ...inline(q) } },
          U: { Type: 'AWS::IAM::User', Properties: { UserName: 'U', ...inline(u), ...bounded } },
        },
      },
    },
    {
      stackName: 'Partner',
      deployment: { account: B, region: REGION, partition: 'aws' },
      body: {
        Resources: {
          ...boundaryPolicy,
          RB: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'RB', ...inline(rb), ...bounded } },
        },
        Outputs: { None: { Value: 'x' } },
      },
    },
  ];
}
