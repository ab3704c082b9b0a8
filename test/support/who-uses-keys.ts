import { ACCOUNT } from './key-stack';
import { AccessModel } from '../../src/access/access-model';

export interface AnyRequest {
  readonly action: string;
  /** What is known of it, beside the account. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Whether nothing else is in it. */
  readonly complete?: boolean;
}

/** Who of an app has an answer other than `denied`, of which of its keys: `PRINCIPAL KEY`, by their paths. */
export function whoUsesKeys(model: AccessModel, { action, context, complete = true }: AnyRequest): string[] {
  const request = { action: `kms:${action}`, context: { 'kms:CallerAccount': ACCOUNT, ...context }, complete };
  const allowed = (principal: string, key: string) => model.decide({ principal, key, ...request }).verdict !== 'denied';
  const [principals, keys] = [model.identities, model.keys].map((things) => things.map((one) => model.nameOf(one)));
  return keys.flatMap((key) => principals.filter((principal) => allowed(principal, key)).map((principal) => `${principal} ${key}`)).sort();
}

/** The IAM policies of a template let nobody make grants but for AWS resources, through one service. */
export function assertGrantsThrough(service: string, { Resources }: { readonly Resources: Readonly<Record<string, any>> }): void {
  const statements = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const grants = statements.filter(({ Action }) => [Action].flat().includes('kms:CreateGrant'));

  expect(grants.length).toBeGreaterThan(0);
  grants.forEach(({ Action, Condition }) => {
    expect(Action).toBe('kms:CreateGrant');
    expect(Condition.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
    expect([Condition.StringEquals['kms:ViaService']].flat().filter((via) => !via.startsWith(`${service}.`))).toEqual([]);
  });
}
