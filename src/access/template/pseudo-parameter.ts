import { TemplateValues } from './template-values';
import { isKnown, madeUpText, Text } from '../text/text';

/** What CloudFormation gives for a name such as `AWS::Region`. */
export function pseudoParameter(name: string, { template, stackName, name: ownName }: TemplateValues): Text | undefined {
  const { account, region, partition } = template.deployment;
  switch (name) {
    case 'AWS::AccountId': return account;
    case 'AWS::Region': return region;
    case 'AWS::Partition': return partition;
    case 'AWS::StackName': return stackName;
    case 'AWS::StackId': return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${madeUpText(`${ownName}/AWS::StackId`)}`;
    case 'AWS::URLSuffix': return !isKnown(partition) ? partition.replace('AWS::Partition', 'AWS::URLSuffix') : partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default: return undefined;
  }
}
