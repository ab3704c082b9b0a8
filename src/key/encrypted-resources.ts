import { CfnResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { propertyText, referencesOf } from '../private/references';
import { KmsService } from '../service/kms-service';
import { EncryptedResourceFacts } from '../service/kms-service-facts';

/** A resource that names a key in a property that the catalogue knows. */
export interface Encrypted {
  readonly resource: CfnResource;
  readonly facts: EncryptedResourceFacts;
}

/** The resources of the app that are encrypted under a key of the app, by the properties that the catalogue knows. */
export function encryptedUnder(cfnKey: CfnResource): Encrypted[] {
  return encryptedResources(cfnKey, (resource, property) => referencesOf(resource, property).has(cfnKey));
}

/** The resources of the app that are encrypted under a key that another app owns. */
export function encryptedUnderArn(scope: IConstruct, keyArn: string): Encrypted[] {
  return encryptedResources(scope, (resource, property) => propertyText(resource, property).includes(keyArn));
}

/** A key and what is encrypted under it must be in one Region, copies apart. */
export function keyOfAnotherRegion(region: string, encrypted: Encrypted[], instead: (there: string) => string): string[] {
  const there = encrypted
    .filter(({ resource, facts }) => !facts.ofCopies && Token.compareStrings(Stack.of(resource).region, region) === TokenComparison.DIFFERENT)
    .map(({ resource }) => resource);
  return [...new Set(there)].map((resource) => `KeyOfAnotherRegion: ${resource.node.path} in ${Stack.of(resource).region} names this key, which is in ${region}; `
    + `a key encrypts in its own Region only: ${instead(Stack.of(resource).region)}`);
}

function encryptedResources(scope: IConstruct, isUnderKey: (resource: CfnResource, property: string) => boolean): Encrypted[] {
  const known = KmsService.all().flatMap(({ facts }) => facts.resources ?? []);
  return resourcesOf(scope.node.root).flatMap((resource) => known
    .filter(({ type, property }) => type === resource.cfnResourceType && isUnderKey(resource, property))
    .map((facts) => ({ resource, facts })));
}

/** The CloudFormation resources of an app. */
export function resourcesOf(root: IConstruct): CfnResource[] {
  return root.node.findAll().filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct));
}
