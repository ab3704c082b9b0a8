import { Template } from './template';
import { readable } from '../text/text';

/** A name for each template that no other has: stacks of two accounts or Regions may have the same name, and so may two of which nobody knows where they go. */
export function uniqueNames(templates: readonly Template[]): Map<Template, string> {
  const shared = repeated(templates.map(({ stackName }) => stackName));
  const names = new Map<Template, string>();
  const taken = new Map<string, number>();
  for (const template of templates) {
    const { stackName, deployment: { account, region } } = template;
    const name = shared.has(stackName) ? `${stackName}@${readable(account)}/${readable(region)}` : stackName;
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    names.set(template, before === 0 ? name : `${name}#${before + 1}`);
  }
  return names;
}

function repeated(names: readonly string[]): Set<string> {
  const once = new Set<string>();
  return new Set(names.filter((name) => once.size === once.add(name).size));
}
