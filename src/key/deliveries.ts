import { IConstruct } from 'constructs';
import { Encrypted, resourcesOf } from './encrypted-resources';
import { referencesOf } from '../private/references';

/** A service that delivers to encrypted topics and queues by itself: without its statement, what it delivers is dropped without a trace. */
interface Delivery {
  readonly code: string;
  /** The resource types that name where to deliver, and the properties in which they do. */
  readonly types: string[];
  readonly properties: string[];
  readonly servicePrincipal: string;
  /** What it does to a topic or queue, and what lets it in. */
  readonly does: string;
  readonly write: string;
}

const DELIVERIES: Delivery[] = [
  {
    code: 'AlarmCannotNotify',
    types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
    properties: ['AlarmActions', 'OKActions', 'InsufficientDataActions'],
    servicePrincipal: 'cloudwatch.amazonaws.com',
    does: 'the alarm PATH notifies a topic',
    write: 'key.via(KmsService.CLOUDWATCH_ALARMS)',
  },
  {
    code: 'BucketCannotNotify',
    types: ['AWS::S3::Bucket', 'Custom::S3BucketNotifications'],
    properties: ['NotificationConfiguration'],
    servicePrincipal: 's3.amazonaws.com',
    does: 'PATH notifies a topic or queue',
    write: 'key.via(KmsService.SNS).grantEncryptDecrypt(new iam.ServicePrincipal(\'s3.amazonaws.com\')), with KmsService.SQS for a queue',
  },
  {
    code: 'RuleCannotDeliver',
    types: ['AWS::Events::Rule'],
    properties: ['Targets'],
    servicePrincipal: 'events.amazonaws.com',
    does: 'the rule PATH delivers to a topic or queue',
    write: 'key.via(KmsService.EVENTBRIDGE)',
  },
];

/** What would be dropped of what is delivered to the topics and queues among the encrypted resources, in the words of an error each. */
export function droppedDeliveries(encrypted: Encrypted[], letsIn: (servicePrincipal: string) => boolean): string[] {
  const destinations = new Set<IConstruct>(encrypted.map(({ resource }) => resource).filter(({ cfnResourceType }) => ['AWS::SNS::Topic', 'AWS::SQS::Queue'].includes(cfnResourceType)));
  const refused = DELIVERIES.filter(({ servicePrincipal }) => !letsIn(servicePrincipal));
  if (destinations.size === 0 || refused.length === 0) {
    return [];
  }
  return resourcesOf(encrypted[0].resource.node.root).flatMap((resource) => refused
    .filter(({ types, properties }) => types.includes(resource.cfnResourceType)
      && properties.some((property) => [...referencesOf(resource, property)].some((target) => destinations.has(target))))
    .map(({ code, does, write }) => `${code}: ${does.replace('PATH', resource.node.path)} that is encrypted under this key, and would be dropped; write ${write}`));
}
