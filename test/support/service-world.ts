import { A, B, policy, REGION, Statement } from './access-world';
import { AccessModel, AccessModelOptions } from '../../src/access/access-model';
import { Decision, Verdict } from '../../src/access/decision/decision';
import { Deployment, readTemplate, Template } from '../../src/access/template/template';
import { CustomerManagedKey } from '../../src/key/customer-managed-key';
import { CustomerManagedKeyProps } from '../../src/key/customer-managed-key-props';

/** As what somebody asks. */
export type Part = 'administrator' | 'consumer' | 'deployer' | 'service' | 'service-linked role' | 'must not';

/** Who asks as what for which action, what the request says beside, and the answer. A role of the world, an ARN, or a service principal asks. */
export type ServiceRow = readonly [as: Part, principal: string, action: string, context: Readonly<Record<string, unknown>>, verdict: Verdict];

/** The IAM statements of a role, and the AWS managed policies that it has, by name. */
export type Policies = readonly (Statement | string)[];

/** The key of one use of a service, those around it, and what is asked of them. */
export interface ServiceWorld extends AccessModelOptions {
  /** A row of policy-model §1.3 or §5. */
  readonly about: string;
  /** The services of the catalogue that a key is handed to for it; none where no method of the library writes these statements. */
  readonly services: readonly string[];
  readonly source: string;
  /** Beside the administration, which is that of the account where nothing else is given. */
  readonly keyPolicy: readonly Statement[];
  readonly administration?: readonly Statement[];
  /** Roles of the key's account. Administrator, whose IAM policy allows everything, and Nobody, who has none, are always there. */
  readonly people: Readonly<Record<string, Policies>>;
  /** Roles of another account, beside Partner, whose IAM policy allows everything. */
  readonly partners?: Readonly<Record<string, Policies>>;
  /** What the key is made with. */
  readonly keyProps?: CustomerManagedKeyProps;
  /** How a key is handed over, where more is to be said than `via` each service. */
  readonly handOver?: (key: CustomerManagedKey) => void;
  readonly rows: readonly ServiceRow[];
}

const HOME: Deployment = { account: A, region: REGION, partition: 'aws' };
const EVERYTHING: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

/** The model of a world, under a key template of one's own where one is given. Its key is `Keys/K`, which it exports as `KeyArn`. */
export function serviceModel(world: ServiceWorld, keyTemplate?: object, home = HOME): AccessModel {
  return new AccessModel(serviceTemplates(world, keyTemplate, home), world);
}

export function answer(model: AccessModel, [, principal, action, context]: ServiceRow): Decision {
  return model.decide({ principal, key: 'Keys/K', action: `kms:${action}`, context, complete: true });
}

export function serviceTemplates({ keyPolicy, keyProps, people, partners }: ServiceWorld, keyTemplate?: object, home = HOME): Template[] {
  return [
    readTemplate('Keys', home, keyTemplate ?? {
      Resources: {
        K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(keyPolicy) } },
        ...keyProps?.alias === undefined ? {} : { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: `alias/${keyProps.alias}`, TargetKeyId: { Ref: 'K' } } } },
      },
      Outputs: { K: { Value: { 'Fn::GetAtt': ['K', 'Arn'] }, Export: { Name: 'KeyArn' } } },
    }),
    readTemplate('People', home, { Resources: roles({ Administrator: [EVERYTHING], Nobody: [], ...people }, home) }),
    readTemplate('Partners', { ...home, account: B }, { Resources: roles({ Partner: [EVERYTHING], ...partners }, home) }),
  ];
}

function roles(people: Readonly<Record<string, Policies>>, { partition }: Deployment): object {
  return Object.fromEntries(Object.entries(people).map(([name, policies]) => {
    const statements = policies.filter((one) => typeof one !== 'string');
    const managed = policies.filter((one) => typeof one === 'string').map((one) => `arn:${partition}:iam::aws:policy/${one}`);
    return [name, {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        ...statements.length > 0 ? { Policies: [{ PolicyName: 'Inline', PolicyDocument: policy(statements) }] } : {},
        ...managed.length > 0 ? { ManagedPolicyArns: managed } : {},
      },
    }];
  }));
}
