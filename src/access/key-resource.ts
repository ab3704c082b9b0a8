import { KmsAction } from './policy/kms-action';
import { PolicyStatement, readPolicy, unreadable } from './policy/policy-statement';
import { AppValues } from './template/app-values';
import { readTags } from './template/tags';
import { objectOf, Template, TemplateResource } from './template/template';
import { isKnown, readable, Text, unknownText } from './text/text';

/** What CloudFormation gives a key that has no policy: `kms:*` for the account. */
const DEFAULT_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, Action: 'kms:*', Resource: '*' }],
};

/** A customer managed key, or a replica of one, that a template makes. */
export class KeyResource {
  public readonly stack: string;
  public readonly account: Text;
  public readonly region: Text;
  public readonly partition: Text;
  public readonly arn: Text;
  public readonly id: Text;
  /** All that it has, or may have. */
  public readonly aliases: Text[] = [];
  private readonly perhaps = new Set<Text>();
  private policy?: PolicyStatement[];
  private answered?: ReadonlyMap<string, readonly Text[]>;

  constructor(
    private readonly app: AppValues,
    public readonly template: Template,
    public readonly logicalId: string,
    private readonly resource: TemplateResource,
  ) {
    const values = app.of(template);
    this.stack = template.stackName;
    ({ account: this.account, region: this.region, partition: this.partition } = template.deployment);
    this.arn = values.text({ 'Fn::GetAtt': [logicalId, 'Arn'] });
    this.id = values.text({ Ref: logicalId });
  }

  public get constructPath(): string | undefined {
    return this.resource.constructPath;
  }

  /** The statements of its key policy. */
  public get statements(): readonly PolicyStatement[] {
    this.policy ??= this.readPolicy();
    return this.policy;
  }

  /** Condition keys that the key itself answers, in lower case. */
  public get conditionKeys(): ReadonlyMap<string, readonly Text[]> {
    this.answered ??= this.readConditionKeys();
    return this.answered;
  }

  private readConditionKeys(): ReadonlyMap<string, readonly Text[]> {
    const keys = new Map<string, readonly Text[]>([['aws:resourceaccount', [this.account]], ['aws:requestedregion', [this.region]]]);
    if (this.resource.type === 'AWS::KMS::ReplicaKey') {
      keys.set('kms:multiregion', ['true']).set('kms:multiregionkeytype', ['REPLICA']);
    } else {
      const [family, spec, usage] = [this.setting('MultiRegion', 'false'), this.setting('KeySpec', 'SYMMETRIC_DEFAULT'), this.setting('KeyUsage', 'ENCRYPT_DECRYPT')];
      keys.set('kms:keyspec', [spec]).set('kms:customermasterkeyspec', [spec]).set('kms:keyusage', [usage]).set('kms:customermasterkeyusage', [usage])
        .set('kms:keyorigin', [this.setting('Origin', 'AWS_KMS')]).set('kms:multiregion', [family]);
      if (isKnown(family)) {
        keys.set('kms:multiregionkeytype', family === 'true' ? ['PRIMARY'] : []);
      }
      if (spec === 'SYMMETRIC_DEFAULT') {
        // Also where the request names none. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-algorithm
        keys.set('kms:encryptionalgorithm', [spec]);
      }
    }
    if (this.aliases.length > 0) {
      keys.set('kms:resourcealiases', this.aliases.map((alias) => this.perhaps.has(alias) ? unknownText(`${this.stack}/${this.logicalId} ${readable(alias)}`) : alias));
    }
    readTags(this.property('Tags'), this.app.of(this.template), this.logicalId).forEach((value, tag) => keys.set(`aws:resourcetag/${tag}`, [value]));
    return keys;
  }

  /** An alias of the key, or what may be one. */
  public addAlias(alias: Text, sure: boolean): void {
    if (!sure) {
      this.perhaps.add(alias);
    }
    this.aliases.push(alias);
  }

  /** Why the key cannot do the action whoever asks; nothing where it can. */
  public impediment({ usage }: KmsAction): string | undefined {
    const own = this.setting('KeyUsage', 'ENCRYPT_DECRYPT');
    if (usage !== undefined && this.setting('Enabled', 'true') === 'false') {
      return 'the key is disabled';
    }
    if (usage !== undefined && this.resource.type === 'AWS::KMS::Key' && isKnown(own) && own !== usage) {
      return `the key is for ${own}, and the action needs one for ${usage}`;
    }
    return usage !== undefined && this.setting('Origin', 'AWS_KMS') === 'EXTERNAL' ? 'the key has no key material until it is imported' : undefined;
  }

  private readPolicy(): PolicyStatement[] {
    const place = { stack: this.stack, logicalId: this.logicalId };
    const statements = readPolicy(this.property('KeyPolicy') ?? DEFAULT_POLICY, this.app.of(this.template), place);
    const macros = this.template.unseen?.filter(({ mayChange }) => mayChange) ?? [];
    return [...statements, ...macros.map(({ by }, i) => unreadable({ ...place, index: statements.length + i }, `the macro ${by} may change it`))];
  }

  private setting(name: string, otherwise: string): Text {
    const value = this.property(name);
    return value === undefined ? otherwise : this.app.of(this.template).text(value);
  }

  private property(name: string): unknown {
    return this.app.of(this.template).property(objectOf(this.resource.properties), name);
  }
}

/** The keys of templates, with their aliases. */
export function keysOf(app: AppValues): KeyResource[] {
  const keys: KeyResource[] = [];
  const byText = new Map<string, KeyResource>();
  each(app, ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], (template, logicalId, resource) => {
    const key = new KeyResource(app, template, logicalId, resource);
    keys.push(key);
    byText.set(key.arn, key).set(`${key.account} ${key.region} ${key.id}`, key);
  });
  each(app, ['AWS::KMS::Alias'], (template, _, { properties }, there) => {
    const values = app.of(template);
    const { account, region } = template.deployment;
    values.branches(objectOf(properties).TargetKeyId).forEach(({ value, sure }) => {
      const target = values.text(value);
      const key = byText.get(target) ?? byText.get(`${account} ${region} ${target}`);
      key?.addAlias(values.text(objectOf(properties).AliasName), there && sure);
    });
  });
  return keys;
}

/** Visits the resources of some types that there may be, with whether they are there in every case. */
function each(
  app: AppValues, types: readonly string[], visit: (template: Template, logicalId: string, resource: TemplateResource, there: boolean) => void,
): void {
  for (const template of app.templates) {
    for (const [logicalId, resource] of template.resources) {
      const there = types.includes(resource.type) && (resource.condition === undefined || app.of(template).condition(resource.condition));
      if (there !== false) {
        visit(template, logicalId, resource, there === true);
      }
    }
  }
}
