import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { referencesIn } from '../private/references';

/** Refuses a value that stands in the template, or that everybody sees who can look at the stack. */
export function assertRefers(secret: IConstruct, field: string, value: SecretValue): void {
  const text = value.unsafeUnwrap();
  const references = [...referencesIn(secret, text)];
  const open = references.find((target): target is CfnParameter => target instanceof CfnParameter && isOpen(target));
  // Of the dynamic references, CloudFormation resolves those to other secrets only in a secret:
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html
  const refers = references.length > 0 || JSON.stringify(Stack.of(secret).resolve(text)).includes('{{resolve:secretsmanager:');
  const problem = open ? `the parameter ${open.node.path}, which has a default or no noEcho, for '${field}'`
    : refers ? undefined : `'${field}' without a reference`;
  if (problem) {
    throw new KmsPatternsError('SecretInTemplate',
      `the template would hold the value in plain text, given: ${problem}; have it generated, or refer to a field of another secret with SecretValue.secretsManager, `
      + 'or to an attribute of a resource, or put it into the secret after it was made', secret);
  }
}

function isOpen({ noEcho, default: byDefault }: CfnParameter): boolean {
  return !noEcho || byDefault !== undefined;
}
