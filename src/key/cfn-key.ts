import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CustomerManagedKeyProps } from './customer-managed-key-props';
import { KeyKind } from './key-kind';
import { KeySettings } from './key-settings';

/** The resource of a key that AWS KMS makes new, with the settings that it takes. */
export function cfnKey(key: Construct, kind: KeyKind, props: CustomerManagedKeyProps, keyPolicy: unknown, multiRegion?: boolean): kms.CfnKey {
  const settings = new KeySettings(key);
  const rotation = settings.rotation(kind, props.enableKeyRotation, props.rotationPeriod);
  return new kms.CfnKey(key, 'Resource', {
    description: props.description,
    enabled: props.enabled,
    enableKeyRotation: rotation.enabled,
    rotationPeriodInDays: rotation.days,
    keySpec: props.keySpec,
    keyUsage: props.keyUsage,
    multiRegion,
    keyPolicy,
    pendingWindowInDays: settings.pendingWindow(props.pendingWindow),
  });
}
