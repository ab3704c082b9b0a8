import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { KmsService } from '../../service/kms-service';

/**
 * Lets a caller launch from a launch template, and say nothing else than the template of what the template says.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances-launch-templates
 */
export function grantLaunch(template: ec2.LaunchTemplate, caller: iam.IGrantable, keys: kms.IKey[]): iam.Grant {
  const { account, partition, region } = Stack.of(template);
  const arnOf = (kind: string, id = '*') => `arn:${partition}:ec2:${region}:${account}:${kind}/${id}`;
  // Public ones belong to no account of ours: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  const publicArnOf = (kind: string) => `arn:${partition}:ec2:${region}::${kind}/*`;
  const allow = (action: string, resourceArns: string[], conditions: Record<string, Record<string, unknown>> = {}) =>
    iam.Grant.addToPrincipal({ grantee: caller, actions: [action], resourceArns, conditions });

  const { launchTemplateData } = template.node.defaultChild as ec2.CfnLaunchTemplate;
  const { imageId, instanceType, keyName, placement } = launchTemplateData as ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
  const templateArn = arnOf('launch-template', template.launchTemplateId);
  const fromIt = { ArnEquals: { 'ec2:LaunchTemplate': templateArn } };
  const asItSays = { ...fromIt, Bool: { 'ec2:IsLaunchTemplateResource': 'true' } };
  // What the template leaves open is for the caller to say.
  const left = [...instanceType ? [] : ['instance'], 'network-interface', 'security-group', 'subnet'];
  const said = [...instanceType ? ['instance'] : [], ...keyName ? ['key-pair'] : [], ...placement ? ['placement-group'] : []];
  const use = KmsService.EBS.facts.deployActions ?? [];
  return [
    allow('ec2:RunInstances', [...left.map((kind) => arnOf(kind)), ...imageId ? [] : [publicArnOf('image')]], fromIt),
    allow('ec2:RunInstances', [...said.map((kind) => arnOf(kind)), ...imageId ? [publicArnOf('image')] : [], publicArnOf('snapshot')], asItSays),
    allow('ec2:RunInstances', [arnOf('volume')], { ...asItSays, Bool: { ...asItSays.Bool, 'ec2:Encrypted': 'true' } }),
    // The template gives both a name.
    allow('ec2:CreateTags', [arnOf('instance'), arnOf('volume')], { StringEquals: { 'ec2:CreateAction': 'RunInstances' } }),
    ...template.role ? [template.role.grantPassRole(caller.grantPrincipal)] : [],
    ...keys.map((key) => key.grant(caller, ...use)),
  ].reduce((all, grant) => all.combine(grant), allow('ec2:RunInstances', [templateArn]));
}
