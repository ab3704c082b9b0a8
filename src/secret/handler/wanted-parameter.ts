import { digest } from '../../private/custom-resource/digest';

/** How a value is generated. CloudFormation hands over everything as text. */
export interface GeneratedSource {
  readonly Length: string;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: string;
  readonly ExcludeUppercase?: string;
  readonly ExcludeNumbers?: string;
  readonly ExcludePunctuation?: string;
  readonly RequireEachIncludedType?: string;
  readonly Revision?: string;
}

/** Where a value is copied from. */
export interface SecretSource {
  readonly SecretId: string;
  readonly Field?: string;
  readonly Revision?: string;
}

/** A value that was encrypted beforehand. */
export interface CiphertextSource {
  readonly Blob: string;
  readonly KeyArn: string;
}

/** The parameter that a value is copied from, in the Region of the function. */
export interface ParameterToCopy {
  readonly Name: string;
  /** Where its own value comes from: another one is copied anew. */
  readonly From: string;
  readonly Revision?: string;
}

/** Where the value comes from: one of these. */
export interface ValueSource {
  readonly Parameter?: ParameterToCopy;
  readonly Generated?: GeneratedSource;
  readonly Secret?: SecretSource;
  readonly Ciphertext?: CiphertextSource;
}

/** What the template says of a parameter. */
export interface ParameterProperties {
  readonly ParameterName: string;
  readonly ParameterArn: string;
  /** The Region of the parameter, where it is another one than that of the function. */
  readonly Region?: string;
  /** The role with which the parameter is written. */
  readonly RoleArn: string;
  readonly KeyArn: string;
  readonly Tier: 'Standard' | 'Advanced';
  readonly Description?: string;
  readonly Value: ValueSource;
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
}

/** The parameter that a template wants. */
export class WantedParameter {
  public readonly name: string;
  public readonly arn: string;
  public readonly region: string | undefined;
  public readonly roleArn: string;
  public readonly keyArn: string;
  public readonly tier: 'Standard' | 'Advanced';
  public readonly description: string;
  public readonly value: ValueSource;
  public readonly tags: Readonly<Record<string, string>>;

  constructor(properties: ParameterProperties) {
    this.name = properties.ParameterName;
    this.arn = properties.ParameterArn;
    this.region = properties.Region;
    this.roleArn = properties.RoleArn;
    this.keyArn = properties.KeyArn;
    this.tier = properties.Tier;
    this.description = properties.Description ?? '';
    this.value = properties.Value;
    this.tags = Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  }

  /** Stands for where the value comes from: while it stays the same, so does the value. */
  public get source(): string {
    const { Parameter, Generated, Secret, Ciphertext } = this.value;
    // A ciphertext is bound to the ARN of the parameter, and may be read with a key that has another name meanwhile.
    return digest(JSON.stringify(Ciphertext ? [Ciphertext.Blob, this.arn] : Object.entries({ ...Parameter, ...Generated, ...Secret }).sort()));
  }

  /** Stands for how the value is kept: another one writes the value anew. */
  public get setting(): string {
    return digest(JSON.stringify([this.keyArn, this.tier, this.description]));
  }
}
