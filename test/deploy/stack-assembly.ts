import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetManifestArtifact, CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { ACCOUNT, DEFAULT_REGION } from './local-environment';
import { type StackOutput, stackOutputsIn, type Template, withStackOutputs } from './template';

/** One stack of a synthesized app. */
export class StackAssembly {
  /** The stacks of an assembly, each after those that it depends on, without those that are bound to other accounts. */
  public static all(directory: string): StackAssembly[] {
    const here = new CloudAssembly(directory).stacksRecursively.filter((artifact) => !isElsewhere(artifact));
    return inOrder(here.map((artifact) => new StackAssembly(artifact)));
  }

  /** The ids of the stacks that are bound to other accounts: the endpoint has one only. */
  public static elsewhere(directory: string): string[] {
    return new CloudAssembly(directory).stacksRecursively.filter(isElsewhere).map(({ hierarchicalId }) => hierarchicalId);
  }

  public readonly id: string;
  public readonly name: string;
  public readonly region: string;
  public template: Template;

  private constructor(private readonly artifact: CloudFormationStackArtifact) {
    this.id = artifact.hierarchicalId;
    this.name = artifact.stackName;
    this.region = regionOf(artifact);
    this.template = JSON.parse(readFileSync(artifact.templateFullPath, 'utf8'));
  }

  /** The places of the stacks that have to be there before this one. */
  public get needs(): string[] {
    const dependencies = this.artifact.dependencies.filter((dependency): dependency is CloudFormationStackArtifact => 'stackName' in dependency);
    return [
      ...dependencies.map((dependency) => placeOf(dependency.stackName, regionOf(dependency))),
      ...stackOutputsIn(this.template).map((output) => placeOf(output.StackName, this.regionRead(output))),
    ];
  }

  /**
   * Writes the values of other stacks' outputs into the template. Its asset gets the hash of the new text: the CLI does not
   * compare the hash with the file, and uploads nothing when the bucket has an object of that hash already.
   */
  public async resolveOutputs(read: (output: StackOutput, region: string) => Promise<string>): Promise<void> {
    this.template = await withStackOutputs(this.template, (output) => read(output, this.regionRead(output)));
    const text = JSON.stringify(this.template, undefined, 1);
    writeFileSync(this.artifact.templateFullPath, text);
    const oldHash = /[0-9a-f]{64}/.exec(this.artifact.stackTemplateAssetObjectUrl ?? '')?.[0];
    if (!oldHash) {
      throw new Error(`Stack ${this.id} has no template asset, so nothing shows which template the CLI deploys: use the default synthesizer.`);
    }
    const newHash = createHash('sha256').update(text).digest('hex');
    this.files.forEach((file) => writeFileSync(file, readFileSync(file, 'utf8').replaceAll(oldHash, newHash)));
  }

  private get files(): string[] {
    const assets = this.artifact.dependencies.filter((dependency) => AssetManifestArtifact.isAssetManifestArtifact(dependency));
    return [join(this.artifact.assembly.directory, 'manifest.json'), ...assets.map((asset) => asset.file)];
  }

  private regionRead(output: StackOutput): string {
    if (output.RoleArn) {
      throw new Error(`Stack ${this.id} reads ${output.OutputName} of ${output.StackName} through a role: the deploy tests have one account only.`);
    }
    return typeof output.Region === 'string' ? output.Region : this.region;
  }
}

/** Two stacks of a name can be in two Regions. */
function placeOf(name: string, region: string): string {
  return `${name} in ${region}`;
}

function regionOf({ environment: { region } }: CloudFormationStackArtifact): string {
  return region === 'unknown-region' ? DEFAULT_REGION : region;
}

function isElsewhere({ environment: { account } }: CloudFormationStackArtifact): boolean {
  return account !== 'unknown-account' && account !== ACCOUNT;
}

function inOrder(stacks: StackAssembly[]): StackAssembly[] {
  const ordered: StackAssembly[] = [];
  const waiting = new Set(stacks);
  const places = new Set(stacks.map(({ name, region }) => placeOf(name, region)));
  while (waiting.size > 0) {
    const done = ordered.map(({ name, region }) => placeOf(name, region));
    const ready = [...waiting].filter((stack) => stack.needs.every((need) => !places.has(need) || done.includes(need)));
    if (ready.length === 0) {
      throw new Error(`The stacks ${[...waiting].map((stack) => stack.id).join(', ')} wait for each other: references may run one way only.`);
    }
    ready.forEach((stack) => waiting.delete(stack));
    ordered.push(...ready);
  }
  return ordered;
}
