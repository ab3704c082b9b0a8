export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly Metadata?: Record<string, any>;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, unknown>;
}

export interface StackOutput {
  readonly StackName: string;
  readonly OutputName: string;
  readonly Region?: string | { readonly Ref: string };
  readonly RoleArn?: unknown;
}

const STACK_OUTPUT = 'Fn::GetStackOutput';

/** The outputs of other stacks that a template reads. */
export function stackOutputsIn(value: unknown): StackOutput[] {
  if (Array.isArray(value)) {
    return value.flatMap(stackOutputsIn);
  }
  return isObject(value) ? (STACK_OUTPUT in value ? [value[STACK_OUTPUT] as StackOutput] : Object.values(value).flatMap(stackOutputsIn)) : [];
}

/** The same template with the values of the outputs in the place of the intrinsic, which moto does not know. */
export async function withStackOutputs<T>(value: T, read: (output: StackOutput) => Promise<string>): Promise<T> {
  if (Array.isArray(value)) {
    return await Promise.all(value.map((item) => withStackOutputs(item, read))) as T;
  }
  if (!isObject(value)) {
    return value;
  }
  if (STACK_OUTPUT in value) {
    return await read(value[STACK_OUTPUT] as StackOutput) as T;
  }
  const entries = Object.entries(value).map(async ([name, child]) => [name, await withStackOutputs(child, read)]);
  return Object.fromEntries(await Promise.all(entries)) as T;
}

/**
 * What a resource is called in expectations: its construct path as logical ids see it, without `Default` and the last `Resource`.
 * Swapping an L2 for an L3 that keeps the logical id keeps this name too.
 */
export function constructPath(logicalId: string, resource: TemplateResource): string {
  const path: string = resource.Metadata?.['aws:cdk:path'] ?? logicalId;
  return path.replace(/\/Resource$/, '').split('/').filter((part) => part !== 'Default').join('/');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
