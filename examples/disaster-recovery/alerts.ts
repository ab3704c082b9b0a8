import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { type IConstruct } from 'constructs';
import { type KeysStack } from '../data-platform/keys-stack';
import { KmsService } from 'cdk-kms-patterns';

/** A topic for the alarms of the Region that keys are in. */
export function alertsBeside(keys: KeysStack): sns.Topic {
  const alerts = new sns.Topic(keys, 'Alerts', { masterKey: keys.operations.via(KmsService.SNS), enforceSSL: true });
  keys.operations.via(KmsService.CLOUDWATCH_ALARMS);
  alerts.grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': keys.account } } }));
  return alerts;
}

/** Has all alarms within a construct tell a topic. */
export function tell(alerts: sns.ITopic, scope: IConstruct): void {
  scope.node.findAll().filter((child) => child instanceof cloudwatch.Alarm).forEach((alarm) => alarm.addAlarmAction(new SnsAction(alerts)));
}
