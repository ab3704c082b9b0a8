import { ACCOUNT } from './local-environment';
import { type Template } from './template';

/** `Fn::GetAtt … Arn` of the types that examples refer to; a name comes from `Ref`. */
const ARN: Record<string, (id: string, region: string, properties: Record<string, any>) => string> = {
  'AWS::KMS::Key': (id, region) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id}`,
  'AWS::SQS::Queue': (id, region) => `arn:aws:sqs:${region}:${ACCOUNT}:${id.split('/').pop()}`,
  'AWS::IAM::Role': (id, _region, properties) => `arn:aws:iam::${ACCOUNT}:role${properties.Path ?? '/'}${id}`,
};

/** Resolves the intrinsics of one deployed stack's template, independently of moto. */
export class References {
  private readonly pseudoParameters: Record<string, string | undefined>;

  constructor(
    stack: string,
    private readonly region: string,
    private readonly template: Template,
    private readonly physicalIds: Map<string, string>,
  ) {
    this.pseudoParameters = {
      'AWS::AccountId': ACCOUNT, 'AWS::Partition': 'aws', 'AWS::Region': region, 'AWS::StackName': stack, 'AWS::URLSuffix': 'amazonaws.com',
    };
  }

  public resolve(value: any): any {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [name, argument] = Object.entries<any>(value)[0] ?? [];
    switch (name) {
      case 'Ref': return argument === 'AWS::NoValue' ? undefined : this.pseudoParameters[argument] ?? this.physicalId(argument);
      case 'Fn::GetAtt': return this.attribute(argument[0], argument[1]);
      case 'Fn::Join': return this.resolve(argument[1]).join(argument[0]);
      case 'Fn::Select': return this.resolve(argument[1])[Number(argument[0])];
      case 'Fn::Split': return this.resolve(argument[1]).split(argument[0]);
    }
    if (name?.startsWith('Fn::')) {
      throw new Error(`The deploy tests cannot resolve ${name} in a template: teach test/deploy/references.ts.`);
    }
    const entries = Object.entries(value).map(([property, child]) => [property, this.resolve(child)]);
    return Object.fromEntries(entries.filter(([, child]) => child !== undefined));
  }

  private attribute(logicalId: string, attribute: string): string {
    const { Type, Properties = {} } = this.template.Resources[logicalId];
    if (attribute !== 'Arn' || !ARN[Type]) {
      throw new Error(`The deploy tests do not know the attribute ${attribute} of ${Type}: teach test/deploy/references.ts.`);
    }
    return ARN[Type](this.physicalId(logicalId), this.region, Properties);
  }

  private physicalId(logicalId: string): string {
    const id = this.physicalIds.get(logicalId);
    if (!id) {
      throw new Error(`Resource ${logicalId} is referred to, but moto did not make it.`);
    }
    return id;
  }
}
