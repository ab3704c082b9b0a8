import { CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { referencesOf } from '../private/references';
import { KmsService } from '../service/kms-service';

/** What is wrong with how the app uses a key, in the words of an error each. */
export function problemsOfUse(cfnKey: CfnResource, alarmsLetIn: boolean): string[] {
  const encrypted = encryptedResources(cfnKey);
  return [...keyOfAnotherRegion(cfnKey, encrypted), ...alarmsLetIn ? [] : alarmsWithoutStatement(cfnKey, encrypted)];
}

/** The resources of the app that are encrypted under a key, by the properties that the catalogue knows. */
function encryptedResources(cfnKey: CfnResource): CfnResource[] {
  const known = KmsService.all().flatMap(({ facts }) => facts.resources ?? []);
  return resourcesOf(cfnKey.node.root).filter((resource) => known.some(({ type, property }) =>
    type === resource.cfnResourceType && referencesOf(resource, property).has(cfnKey)));
}

/** A key and what is encrypted under it must be in one Region. */
function keyOfAnotherRegion(cfnKey: CfnResource, encrypted: CfnResource[]): string[] {
  const region = Stack.of(cfnKey).region;
  return encrypted
    .filter((resource) => Token.compareStrings(Stack.of(resource).region, region) === TokenComparison.DIFFERENT)
    .map((resource) => `KeyOfAnotherRegion: ${resource.node.path} in ${Stack.of(resource).region} names this key, which is in ${region}; `
      + `a key encrypts in its own Region only: make a CustomerManagedKey in ${Stack.of(resource).region} for it`);
}

/** Alarms call AWS KMS by themselves when they notify: without their statement, notifications are dropped without a trace. */
function alarmsWithoutStatement(cfnKey: CfnResource, encrypted: CfnResource[]): string[] {
  const topics = new Set<IConstruct>(encrypted.filter(({ cfnResourceType }) => cfnResourceType === 'AWS::SNS::Topic'));
  if (topics.size === 0) {
    return [];
  }
  return resourcesOf(cfnKey.node.root)
    .filter(({ cfnResourceType }) => ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].includes(cfnResourceType))
    .filter((alarm) => ['AlarmActions', 'OKActions', 'InsufficientDataActions'].some((property) =>
      [...referencesOf(alarm, property)].some((target) => topics.has(target))))
    .map((alarm) => `AlarmCannotNotify: the alarm ${alarm.node.path} notifies a topic that is encrypted under this key, and would be dropped; `
      + 'write key.via(KmsService.CLOUDWATCH_ALARMS)');
}

function resourcesOf(root: IConstruct): CfnResource[] {
  return root.node.findAll().filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct));
}
