import { Lazy } from 'aws-cdk-lib';
import { CustomerManagedKey, KmsService, PrincipalMatch, ViaServiceOptions } from '../../src';
import { newStack, OTHER_ACCOUNT } from '../support/key-stack';

function keyVia(service: KmsService, options?: ViaServiceOptions) {
  const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
  key.via(service, options);
  return key;
}

describe('options that cannot be kept', () => {
  const token = Lazy.string({ produce: () => 'later' });

  test.each<[string, KmsService, ViaServiceOptions, string]>([
    ['a context that is a token', KmsService.S3, { contexts: [token] },
      "ViaServiceValueNotLiteral: 'contexts' of via(S3) takes literal values, given: a token; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['a Region that is a token', KmsService.S3, { regions: [token] },
      "ViaServiceValueNotLiteral: 'regions' of via(S3) takes literal values, given: a token; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['no context at all', KmsService.S3, { contexts: [] },
      "ViaServiceValueNotLiteral: 'contexts' of via(S3) takes literal values, given: none; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['a context that nobody confirms', KmsService.SNS, { contexts: ['arn:aws:sns:eu-west-2:111122223333:alarms'] },
      'ViaServiceContextUnknown: Amazon SNS sends no encryption context that is known before deployment, '
      + "given: arn:aws:sns:eu-west-2:111122223333:alarms; leave 'contexts' out, and narrow with a key of its own or with useOnlyBy [at Keys/Key]"],
    ['a suffix where no role has one', KmsService.S3, { serviceLinkedRoleSuffixes: ['blue'] },
      'ViaServiceNoSuffix: Amazon S3 has no service-linked role with a custom suffix, given: blue; leave it out [at Keys/Key]'],
    ['principals where nobody calls', KmsService.CLOUDWATCH_ALARMS, { useOnlyBy: PrincipalMatch.tag('a', 'b') },
      'ViaServiceNoCaller: Amazon CloudWatch alarms uses the key by itself, never for a caller, given: useOnlyBy, '
      + 'which would narrow or widen nothing; leave it out [at Keys/Key]'],
    ['accounts where no service calls by itself', KmsService.PARAMETER_STORE, { sourceAccounts: [OTHER_ACCOUNT] },
      'ViaServiceNoSource: AWS Systems Manager Parameter Store never uses the key by itself, given: sourceAccounts 444455556666; leave it out [at Keys/Key]'],
    ['an account that is none', KmsService.SNS, { sourceAccounts: ['billing'] },
      "ViaServiceSourceInvalid: 'sourceAccounts' of via(Sns) takes account ids, given: billing; write their 12 digits [at Keys/Key]"],
    ['an account that is a token', KmsService.SNS, { sourceAccounts: [token] },
      "ViaServiceValueNotLiteral: 'sourceAccounts' of via(Sns) takes literal values, given: a token; "
      + 'a reference to a resource under the key would tie the key to its users: write the value out [at Keys/Key]'],
    ['Regions where any is let in', KmsService.DYNAMODB, { regions: ['eu-west-1'] },
      'ViaServiceAnyRegion: Amazon DynamoDB is let in from any Region already, given: regions eu-west-1, which would widen nothing; leave it out [at Keys/Key]'],
    ['Regions where nobody calls', KmsService.EC2_AUTO_SCALING, { regions: ['eu-west-1'] },
      'ViaServiceNoCaller: Amazon EC2 Auto Scaling uses the key by itself, never for a caller, given: regions, '
      + 'which would narrow or widen nothing; leave it out [at Keys/Key]'],
  ])('fails on %s', (_name, service, options, message) => {
    expect(() => keyVia(service, options)).toThrow(new Error(message));
  });

  test.each([KmsService.EBS, KmsService.RDS, KmsService.RDS_MASTER_SECRET])('fails on a context that $facts.name makes up with the resource', (service) => {
    expect(() => keyVia(service, { contexts: ['id'] })).toThrow(new Error(
      `ViaServiceContextUnknown: ${service.facts.name} sends no encryption context that is known before deployment, given: id; `
      + "leave 'contexts' out, and narrow with a key of its own or with useOnlyBy [at Keys/Key]",
    ));
  });
});
