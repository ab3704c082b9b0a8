import { AppValues } from './template/app-values';
import { intrinsicOf } from './template/intrinsic-call';
import { objectOf, Template, TemplateResource } from './template/template';

/** A value in the properties of a resource. */
export interface PropertyValue {
  readonly template: Template;
  readonly logicalId: string;
  readonly resource: TemplateResource;
  /** The names of the properties down to it; elements of lists have none. */
  readonly path: readonly string[];
  /** A text, a number, or a function of the template. */
  readonly value: unknown;
  /** Whether it is there in every case. */
  readonly sure: boolean;
}

/** Visits every value in the properties of the resources that there may be, without recursion. */
export function eachPropertyValue(app: AppValues, isWanted: (type: string) => boolean, visit: (value: PropertyValue) => void): void {
  for (const template of app.templates) {
    const values = app.of(template);
    for (const [logicalId, resource] of template.resources) {
      const there = resource.condition === undefined || values.condition(resource.condition);
      if (there === false || !isWanted(resource.type)) {
        continue;
      }
      const open: Pick<PropertyValue, 'path' | 'value' | 'sure'>[] = [{ path: [], value: resource.properties, sure: there === true }];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { path, value, sure } = next;
        if (value === null || typeof value !== 'object' || isLeaf(value)) {
          visit({ template, logicalId, resource, path, value, sure });
        } else if (Array.isArray(value)) {
          open.push(...[...value as unknown[]].reverse().map((element) => ({ path, value: element, sure })));
        } else if (intrinsicOf(value)) {
          const branches = values.branches(value).filter((branch) => branch.value !== value);
          open.push(...branches.reverse().map((branch) => ({ path, value: branch.value, sure: sure && branch.sure })));
        } else {
          open.push(...Object.entries(objectOf(value)).reverse().map(([name, part]) => ({ path: [...path, name], value: part, sure })));
        }
      }
    }
  }
}

function isLeaf(value: object): boolean {
  const call = intrinsicOf(value);
  return call !== undefined && call.name !== 'Fn::If';
}
