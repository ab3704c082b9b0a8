import { Token } from 'aws-cdk-lib';
import { ViaServiceOptions } from './via-service-options';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { FactConfidence } from '../service/fact-confidence';
import { KmsService } from '../service/kms-service';
import { ViaServiceScope } from '../service/kms-service-facts';

/** Refuses options that a service cannot keep. */
export function validateViaService(env: KeyEnvironment, service: KmsService, options: ViaServiceOptions): void {
  const refuseIf = (wrong: unknown, code: string, message: string) => {
    if (wrong) {
      throw new KmsPatternsError(code, message, env.scope);
    }
  };
  const { name, viaServices = [], viaServiceScope, encryptionContexts, serviceLinkedRoles, servicePrincipals, senders } = service.facts;
  const { contexts, regions, useOnlyBy, serviceLinkedRoleSuffixes, sourceAccounts } = options;
  refuseIf(viaServices.length === 0 && (regions ?? useOnlyBy), 'ViaServiceNoCaller',
    `${name} uses the key by itself, never for a caller, given: ${regions ? 'regions' : 'useOnlyBy'}, which would narrow or widen nothing; leave it out`);
  refuseIf(regions && viaServiceScope === ViaServiceScope.ANY_REGION, 'ViaServiceAnyRegion',
    `${name} is let in from any Region already, given: regions ${regions?.join(', ')}, which would widen nothing; leave it out`);
  for (const [option, values] of Object.entries({ contexts, regions, serviceLinkedRoleSuffixes, sourceAccounts })) {
    refuseIf(values && (values.length === 0 || values.some((value) => Token.isUnresolved(value))), 'ViaServiceValueNotLiteral',
      `'${option}' of via(${service.id}) takes literal values, given: ${values?.length === 0 ? 'none' : 'a token'}; `
      + 'a reference to a resource under the key would tie the key to its users: write the value out');
  }
  const [context] = encryptionContexts ?? [];
  refuseIf(contexts && (context?.confidence !== FactConfidence.CONFIRMED || context.assignedOnCreation), 'ViaServiceContextUnknown',
    `${name} sends no encryption context that is known before deployment, given: ${contexts?.join(', ')}; `
    + 'leave \'contexts\' out, and narrow with a key of its own or with useOnlyBy');
  refuseIf(serviceLinkedRoleSuffixes && !serviceLinkedRoles?.some((role) => role.customSuffix), 'ViaServiceNoSuffix',
    `${name} has no service-linked role with a custom suffix, given: ${serviceLinkedRoleSuffixes?.join(', ')}; leave it out`);
  refuseIf(serviceLinkedRoleSuffixes?.some((suffix) => !/^(?!_|AWSServiceRoleFor)[\w+=,.@-]{1,64}$/.test(suffix)), 'ViaServiceSuffixInvalid',
    `a custom suffix is what follows the name of the service-linked role and its _, given: ${serviceLinkedRoleSuffixes?.join(', ')}; `
    + 'write for example blue for AWSServiceRoleForAutoScaling_blue');
  refuseIf(sourceAccounts && !servicePrincipals && !senders, 'ViaServiceNoSource',
    `${name} never uses the key by itself, given: sourceAccounts ${sourceAccounts?.join(', ')}; leave it out`);
  refuseIf(sourceAccounts?.some((account) => !/^\d{12}$/.test(account)), 'ViaServiceSourceInvalid',
    `'sourceAccounts' of via(${service.id}) takes account ids, given: ${sourceAccounts?.join(', ')}; write their 12 digits`);
}
