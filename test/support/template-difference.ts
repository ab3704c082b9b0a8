import { App, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Construct } from 'constructs';
import { SHAPES_ONLY } from './key-stack';

type Json = any;

/** What changes from one template to another, by path. */
export interface TemplateDifference {
  readonly added: Record<string, Json>;
  readonly removed: Record<string, Json>;
  readonly changed: Record<string, { readonly from: Json; readonly to: Json }>;
}

export const FLAGS = { none: {}, recommended: recommendedFlags };

export interface Place {
  readonly flags?: keyof typeof FLAGS;
  readonly nested?: boolean;
  readonly env?: { account?: string; region?: string };
}

/** The template of a stack named `Data`, without what CDK writes for itself. */
export function templateOf(build: (scope: Construct) => void, place: Place = {}): Json {
  const app = new App({ context: FLAGS[place.flags ?? 'recommended'], analyticsReporting: false });
  // Only the shape matters here, and the validation of aws-cdk-lib takes longer than all the rest.
  Validations.of(app).addPlugins(SHAPES_ONLY);
  const stack = new Stack(app, 'Data', { env: place.env ?? { account: '111122223333', region: 'eu-west-2' } });
  const scope = place.nested ? new NestedStack(stack, 'Nested') : stack;
  build(scope);
  // aws-cdk-lib warns of what its own validation makes of a shape.
  const warnings = jest.spyOn(console, 'error').mockImplementation();
  const template = Template.fromStack(scope).toJSON();
  warnings.mockRestore();
  Object.values<Json>(template.Resources).forEach((resource) => delete resource.Metadata);
  return template;
}

export function templateDifference(before: Json, after: Json): TemplateDifference {
  const difference: TemplateDifference = { added: {}, removed: {}, changed: {} };
  compare('', before, after, difference);
  return difference;
}

/** The properties that change of resources that stay, as `Type.Property`. */
export function changedProperties(before: Json, after: Json): string[] {
  const changed = Object.entries<Json>(before.Resources).flatMap(([id, resource]) => {
    const other = after.Resources[id];
    if (other?.Type !== resource.Type) {
      throw new Error(`${resource.Type} ${id} does not stay`);
    }
    const [from, to] = [resource.Properties ?? {}, other.Properties ?? {}];
    return [...new Set([...Object.keys(from), ...Object.keys(to)])]
      .filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
      .map((name) => `${resource.Type}.${name}`);
  });
  return [...new Set(changed)].sort();
}

function compare(path: string, from: Json, to: Json, difference: TemplateDifference): void {
  if (JSON.stringify(from) === JSON.stringify(to)) {
    return;
  }
  if (from === undefined) {
    difference.added[path] = to;
  } else if (to === undefined) {
    difference.removed[path] = from;
  } else if (Array.isArray(from) && Array.isArray(to) && from.length !== to.length) {
    compareItems(path, from, to, difference);
  } else if (typeof from === 'object' && typeof to === 'object' && Array.isArray(from) === Array.isArray(to)) {
    new Set([...Object.keys(from), ...Object.keys(to)]).forEach((key) => compare(path ? `${path}.${key}` : key, from[key], to[key], difference));
  } else {
    difference.changed[path] = { from, to };
  }
}

/** Lists of statements: their order means nothing. */
function compareItems(path: string, from: Json[], to: Json[], difference: TemplateDifference): void {
  const lacking = (items: Json[], others: Json[]) => items.filter((item) => !others.some((other) => JSON.stringify(other) === JSON.stringify(item)));
  const [added, removed] = [lacking(to, from), lacking(from, to)];
  if (added.length > 0) {
    difference.added[path] = added;
  }
  if (removed.length > 0) {
    difference.removed[path] = removed;
  }
}
