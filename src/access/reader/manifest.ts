import { dirname, join } from 'path';
import { readJsonFile } from './json-file';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { objectOf } from '../template/template';

/** An entry in the manifest of a cloud assembly. */
export interface Artifact {
  readonly id: string;
  readonly type: unknown;
  readonly environment: unknown;
  readonly displayName: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What is known of constructs, by their paths with a slash before them. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The manifest of a cloud assembly.
 *
 * `CloudAssembly` of `aws-cdk-lib/cx-api` reads none in which a stack depends on what is not there, follows folders that hold each other until
 * the call stack ends, and says of files that are truncated or of another form neither which nor where.
 */
export class Manifest {
  public readonly file: string;
  public readonly artifacts: readonly Artifact[];

  constructor(public readonly directory: string) {
    this.file = join(directory, 'manifest.json');
    const { version, artifacts } = objectOf(readJsonFile(this.file));
    if (typeof version !== 'string') {
      throw this.invalid('has no version');
    }
    this.artifacts = Object.entries(objectOf(artifacts)).map(([id, artifact]) => this.artifact(id, artifact));
  }

  /** The artifacts of a type, in the order of the manifest. */
  public ofType(type: string): Artifact[] {
    return this.artifacts.filter((artifact) => artifact.type === type);
  }

  /** The path of a file or folder that an artifact names. */
  public pathOf({ id, properties }: Artifact, property: string): string {
    const path = properties[property];
    if (typeof path !== 'string') {
      throw this.invalid(`does not say the ${property} of ${id}`);
    }
    return join(this.directory, path);
  }

  public invalid(problem: string): KmsPatternsError {
    return new KmsPatternsError('InvalidAssembly', `the manifest of a cloud assembly ${problem}, given: '${this.file}'; `
      + `synthesize the app again: cdk synth --output '${dirname(this.file)}'`);
  }

  private artifact(id: string, value: unknown): Artifact {
    const { type, environment, displayName, properties, metadata, additionalMetadataFile } = objectOf(value);
    const more = typeof additionalMetadataFile === 'string' ? readJsonFile(join(this.directory, additionalMetadataFile)) : undefined;
    return { id, type, environment, displayName, properties: objectOf(properties), metadata: { ...objectOf(metadata), ...objectOf(more) } };
  }
}
