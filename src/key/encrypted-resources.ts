import { CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { propertyText, referencesOf } from '../private/references';
import { KmsService } from '../service/kms-service';

/** The resources of the app that are encrypted under a key of the app, by the properties that the catalogue knows. */
export function encryptedUnder(cfnKey: CfnResource): CfnResource[] {
  return encryptedResources(cfnKey, (resource, property) => referencesOf(resource, property).has(cfnKey));
}

/** The resources of the app that are encrypted under a key that another app owns. */
export function encryptedUnderArn(scope: IConstruct, keyArn: string): CfnResource[] {
  return encryptedResources(scope, (resource, property) => propertyText(resource, property).includes(keyArn));
}

/** A key and what is encrypted under it must be in one Region. */
export function keyOfAnotherRegion(region: string, encrypted: CfnResource[]): string[] {
  return encrypted
    .filter((resource) => Token.compareStrings(Stack.of(resource).region, region) === TokenComparison.DIFFERENT)
    .map((resource) => `KeyOfAnotherRegion: ${resource.node.path} in ${Stack.of(resource).region} names this key, which is in ${region}; `
      + `a key encrypts in its own Region only: make a CustomerManagedKey in ${Stack.of(resource).region} for it`);
}

function encryptedResources(scope: IConstruct, isUnderKey: (resource: CfnResource, property: string) => boolean): CfnResource[] {
  const known = KmsService.all().flatMap(({ facts }) => facts.resources ?? []);
  return resourcesOf(scope.node.root).filter((resource) => known.some(({ type, property }) =>
    type === resource.cfnResourceType && isUnderKey(resource, property)));
}

/** The CloudFormation resources of an app. */
export function resourcesOf(root: IConstruct): CfnResource[] {
  return root.node.findAll().filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct));
}
