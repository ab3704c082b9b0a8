import { AssemblyStack } from './assembly';

/** A resource of a stack. */
export interface ResourceId {
  readonly stack: AssemblyStack;
  readonly logicalId: string;
}

interface StackOutput {
  readonly StackName: string;
  readonly OutputName: string;
  readonly Region?: unknown;
}

/** Finds the resources that values in templates come from, also across stacks. */
export class ResourceReferences {
  constructor(private readonly stacks: AssemblyStack[]) {}

  /** The resources that a value refers to, at any depth. */
  public of(stack: AssemblyStack, value: unknown): ResourceId[] {
    if (Array.isArray(value)) {
      return value.flatMap((item) => this.of(stack, item));
    }
    if (value === null || typeof value !== 'object') {
      return [];
    }
    return Object.entries(value).flatMap(([name, argument]) => {
      switch (name) {
        case 'Ref': return this.ref(stack, argument as string);
        case 'Fn::GetAtt': return this.attribute(stack, argument as string | string[]);
        case 'Fn::ImportValue': return this.importedValue(stack, argument);
        case 'Fn::GetStackOutput': return this.stackOutput(stack, argument as StackOutput);
        default: return this.of(stack, argument);
      }
    });
  }

  private ref(stack: AssemblyStack, logicalId: string): ResourceId[] {
    if (stack.template.Resources?.[logicalId]) {
      return [{ stack, logicalId }];
    }
    const parameters = stack.parent?.stack.template.Resources?.[stack.parent.logicalId].Properties?.Parameters as Record<string, unknown> | undefined;
    return this.of(stack.parent?.stack ?? stack, parameters?.[logicalId]);
  }

  private attribute(stack: AssemblyStack, argument: string | string[]): ResourceId[] {
    const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : argument.flatMap((part) => part.split('.'));
    const nested = this.stacks.find(({ parent }) => parent?.stack === stack && parent.logicalId === logicalId);
    return nested && attribute[0] === 'Outputs'
      ? this.of(nested, nested.template.Outputs?.[attribute[1]]?.Value)
      : this.ref(stack, logicalId);
  }

  private importedValue(stack: AssemblyStack, exportName: unknown): ResourceId[] {
    const wanted = JSON.stringify(exportName);
    return this.stacks
      .filter(({ environment }) => environment === stack.environment)
      .flatMap((producer) => Object.values(producer.template.Outputs ?? {})
        .filter(({ Export }) => Export && JSON.stringify(Export.Name) === wanted)
        .flatMap(({ Value }) => this.of(producer, Value)));
  }

  private stackOutput(stack: AssemblyStack, { StackName, OutputName, Region }: StackOutput): ResourceId[] {
    const region = typeof Region === 'string' ? Region : regionOf(stack);
    const named = this.stacks.filter(({ name }) => name === StackName);
    const producer = named.find((candidate) => regionOf(candidate) === region) ?? named[0];
    return producer ? this.of(producer, producer.template.Outputs?.[OutputName]?.Value) : [];
  }
}

function regionOf(stack: AssemblyStack): string {
  return stack.environment.split('/').pop()!;
}
