import { ConstructElement } from './construct-element';
import { Template } from '../template/template';

/** The paths of the constructs in a template, and apart from them what belongs to the stacks nested in it. */
export class ConstructPaths {
  private readonly own = new Map<string, string>();
  private readonly nested = new Map<string, ConstructElement[]>();

  constructor(template: Template, elements: readonly ConstructElement[]) {
    // Relative paths make logical ids, so that constructs of a stack and of one nested in it can have the same; the outer one's path is the shorter.
    const stacks = new Map<string, string>();
    for (const { path, logicalId } of elements) {
      const nested = template.resources.get(logicalId)?.type === 'AWS::CloudFormation::Stack' ? /^(.*)\.NestedStack\/[^/]*$/.exec(path)?.[1] : undefined;
      if (nested !== undefined && nested.length < (stacks.get(logicalId)?.length ?? Infinity)) {
        stacks.set(logicalId, nested);
      }
    }
    const pathsOfNested = new Map([...stacks].map(([logicalId, path]) => [path, logicalId]));
    for (const element of elements) {
      const inside = pathsAbove(element.path).map((path) => pathsOfNested.get(path)).find((logicalId) => logicalId !== undefined);
      if (inside === undefined) {
        this.own.set(element.logicalId, element.path);
      } else {
        const below = this.nested.get(inside) ?? [];
        below.push(element);
        this.nested.set(inside, below);
      }
    }
  }

  public of(logicalId: string): string | undefined {
    return this.own.get(logicalId);
  }

  /** The elements of a nested stack, by its logical id. */
  public below(logicalId: string): readonly ConstructElement[] {
    return this.nested.get(logicalId) ?? [];
  }
}

/** Of `A/B/C`: `A` and `A/B`. */
function pathsAbove(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}
