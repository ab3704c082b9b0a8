import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ValueSource } from './handler/wanted-parameter';
import { ParameterOfValue, ParameterSource } from './parameter-source';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A value that the function copies from a secret. */
export class SecretSource implements ParameterSource {
  constructor(private readonly secret: secretsmanager.ISecret, private readonly field?: string, private readonly revision?: string) {}

  public bind({ construct }: ParameterOfValue, role: iam.IRole): ValueSource {
    const { region } = Stack.of(construct);
    if (Token.compareStrings(this.secret.env.region, region) === TokenComparison.DIFFERENT) {
      throw new KmsPatternsError('SecretOfAnotherRegion',
        `a secret is copied within its Region, given: ${this.secret.node.path} in ${this.secret.env.region}, for ${region}; `
        + `give its replica in ${region}, or a secret there`, construct);
    }
    if (this.field === '') {
      throw new KmsPatternsError('SecretFieldEmpty', 'a field of a secret has a name, given: \'\'; write one, or leave it out for the whole secret', construct);
    }
    this.secret.grantRead(role);
    return { Secret: { SecretId: this.secret.secretFullArn ?? this.secret.secretArn, Field: this.field, Revision: this.revision } };
  }
}
