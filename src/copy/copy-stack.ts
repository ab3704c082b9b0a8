import { isDeepStrictEqual } from 'node:util';
import { Aspects, IReusableStackSynthesizer, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { DestinationRegionOptions } from './destination-region-options';
import { SourceTags } from './source-tags';
import { CustomerManagedKey } from '../key/customer-managed-key';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** AWS CloudFormation takes no longer name. */
const LONGEST_NAME = 128;

/** The stack of a source stack in another Region, with the key that its copies there are encrypted under. */
export class CopyStack extends Stack {
  /** The one of a source stack in a Region: made once, found again. */
  public static for(copy: IConstruct, source: Stack, region: string, options: DestinationRegionOptions): CopyStack {
    const stage = Stage.of(source)!;
    const id = `${source.node.scopes.slice(stage.node.scopes.length).map(({ node }) => node.id).join('-')}-copies-${region}`;
    const known = stage.node.tryFindChild(id);
    if (!known) {
      return new CopyStack(stage, id, source, region, options);
    }
    if (!(known instanceof CopyStack) || known.source !== source) {
      throw new KmsPatternsError('CopyStackIdTaken',
        `the copies of ${source.node.path} in ${region} have a stack of their own, given: ${known.node.path}, which is another construct; `
        + 'give one of them another id, or give a stack of yours with SnapshotDestination.ofStack', copy);
    }
    if (!isDeepStrictEqual(known.options, options)) {
      throw new KmsPatternsError('DestinationOptionsDiffer',
        `the copies of ${source.node.path} in ${region} share a stack, given: two sets of options for it; use one SnapshotDestination for all of them, `
        + 'or give a stack of yours with SnapshotDestination.ofStack', copy);
    }
    return known;
  }

  public readonly key: CustomerManagedKey;

  private constructor(
    scope: Construct, id: string, private readonly source: Stack, region: string, private readonly options: DestinationRegionOptions,
  ) {
    const stackName = options.stackName ?? `${source.stackName}-copies-${region}`;
    if (stackName.length > LONGEST_NAME) {
      throw new KmsPatternsError('CopyStackNameTooLong',
        `AWS CloudFormation takes names of stacks of at most ${LONGEST_NAME} characters, given: ${stackName}; give a stackName`, source);
    }
    super(scope, id, {
      env: { account: Token.isUnresolved(source.account) ? undefined : source.account, region },
      description: `The key of what ${source.stackName} copies to ${region}`,
      stackName,
      synthesizer: options.synthesizer ?? synthesizerOf(source),
      tags: { ...source.tags.tagValues(), ...options.tags },
      terminationProtection: options.terminationProtection ?? source.terminationProtection,
    });
    Aspects.of(this).add(new SourceTags(source));
    this.key = new CustomerManagedKey(this, 'Key', {
      alias: options.alias ?? stackName, description: `Encrypts what ${source.stackName} copies to ${region}`,
    });
  }
}

/** The synthesizer that a stack was given. AWS CDK binds a copy to each stack, whose prototype is what was given, and which takes no other stack. */
function synthesizerOf({ synthesizer }: Stack): IReusableStackSynthesizer | undefined {
  const given = Object.getPrototypeOf(synthesizer);
  const isInstance = given !== given.constructor.prototype;
  return isInstance && typeof given.reusableBind === 'function' ? given : undefined;
}
