import { App, CfnOutput } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { A, REGION } from './access-world';
import { newApp, newStack } from './key-stack';
import { ServiceWorld } from './service-world';
import { CustomerManagedKey } from '../../src/key/customer-managed-key';
import { KmsService } from '../../src/service/kms-service';

/** A service of the catalogue by its id; nothing where the catalogue has none. */
export function serviceById(id: string): KmsService | undefined {
  return KmsService.all().find((service) => service.id === id);
}

/** Hands a key to a service whose resources service principals are wired to, as L2s do. */
export function letIn(id: string, ...servicePrincipals: string[]): (key: CustomerManagedKey) => void {
  return (key) => servicePrincipals.forEach((name) => {
    key.via(serviceById(id)!).grant(new ServicePrincipal(name), 'kms:Decrypt', 'kms:GenerateDataKey*');
  });
}

/** Whether the constructs write the statements of a world. */
export function isWritten({ services, keyProps }: ServiceWorld): boolean {
  return services.every(serviceById) && (services.length > 0 || keyProps !== undefined);
}

/** The templates of keys as the constructs write them, each handed to the services of a world; all from one app. */
export function handedOverKeys(worlds: readonly ServiceWorld[], region = REGION): Map<ServiceWorld, object> {
  const app = newApp();
  worlds.forEach((world, i) => handedOver(app, `Keys${i}`, world, region));
  const assembly = app.synth();
  return new Map(worlds.map((world, i) => [world, assembly.getStackByName(`Keys${i}`).template as object]));
}

function handedOver(app: App, id: string, { services, handOver, keyProps }: ServiceWorld, region: string): void {
  const stack = newStack(app, id, { account: A, region });
  const key = new CustomerManagedKey(stack, 'K', keyProps);
  (key.node.defaultChild as CfnKey).overrideLogicalId('K');
  (handOver ?? (() => services.forEach((service) => key.via(serviceById(service)!))))(key);
  new CfnOutput(stack, 'Arn', { value: key.keyArn, exportName: 'KeyArn' });
}
