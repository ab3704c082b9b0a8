import { CfnResource } from 'aws-cdk-lib';
import { Encrypted, resourcesOf } from './encrypted-resources';
import { propertyValues, referencesOf } from '../private/references';

const MACHINE = 'kms:EncryptionContext:aws:states:stateMachineArn';

interface Statement {
  readonly Action?: string | string[];
  readonly Condition?: unknown;
}

/** What AWS CDK leaves out where something is encrypted under a key, in the words of an error each. */
export function encryptionGaps(encrypted: Encrypted[]): string[] {
  const underKey = [...new Set(encrypted.map(({ resource }) => resource))];
  const ofType = (type: string) => underKey.filter(({ cfnResourceType }) => cfnResourceType === type);
  return [...ofType('AWS::Events::EventBus').flatMap(archivesInClear), ...ofType('AWS::StepFunctions::StateMachine').flatMap(machineWithoutKey)];
}

/** `EventBus.archive` takes a key and drops it; the events of the bus are decrypted for the archive. */
function archivesInClear(bus: CfnResource): string[] {
  return resourcesOf(bus.node.root)
    .filter((resource) => resource.cfnResourceType === 'AWS::Events::Archive' && referencesOf(resource, 'SourceArn').has(bus))
    .filter((archive) => propertyValues(archive, 'KmsKeyIdentifier').every((value) => value === ''))
    .map((archive) => `ArchiveNotEncrypted: the archive ${archive.node.path} keeps the events of a bus that is encrypted under this key, and names no key, `
      + 'given: kmsKey is dropped by EventBus.archive(), or missing; write new events.Archive(this, \'…\', { sourceEventBus, kmsKey: key.via(KmsService.EVENT_BUS), … })');
}

/** AWS CDK writes the name of the state machine into the role's condition on the encryption context, and without a name nothing. */
function machineWithoutKey(machine: CfnResource): string[] {
  const roles = [...referencesOf(machine, 'RoleArn')].filter((role): role is CfnResource => CfnResource.isCfnResource(role));
  const statements = roles.flatMap(statementsOf);
  const ofMachines = statements.filter(({ Condition }) => JSON.stringify(Condition ?? {}).includes(MACHINE));
  const nameless = ofMachines.length > 0 && ofMachines.every(({ Condition }) => JSON.stringify(Condition).includes(':stateMachine:"'));
  if (!nameless || statements.some(isFree) || roles.some((role) => propertyValues(role, 'ManagedPolicyArns').length > 0)) {
    return [];
  }
  return [`MachineCannotExecute: the role of the state machine ${machine.node.path} may use this key for a state machine without a name only, `
    + 'which AWS CDK writes where stateMachineName is missing, and every execution would fail, given: no stateMachineName; '
    + 'write one, or key.via(KmsService.STEP_FUNCTIONS).grantEncryptDecrypt(machine)'];
}

function statementsOf(role: CfnResource): Statement[] {
  const policies = resourcesOf(role.node.root)
    .filter(({ cfnResourceType }) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(cfnResourceType))
    .filter((policy) => referencesOf(policy, 'Roles').has(role));
  return [...propertyValues(role, 'Policies.PolicyDocument.Statement'), ...policies.flatMap((policy) => propertyValues(policy, 'PolicyDocument.Statement'))]
    .flat() as Statement[];
}

/** Whether a statement lets the role use keys under no condition. */
function isFree({ Action = [], Condition }: Statement): boolean {
  return Condition === undefined && [Action].flat().some((action) => ['*', 'kms:*', 'kms:Decrypt'].includes(action));
}
