import { RawTemplate } from './arbitrary-app';

/** New names of stacks, and of the logical ids in each. */
export type Renaming = ReadonlyMap<string, { readonly stack: string; readonly ids: ReadonlyMap<string, string> }>;

/** The same templates under other names. */
export function renamed(templates: readonly RawTemplate[], renaming: Renaming): RawTemplate[] {
  return templates.map(({ stackName, deployment, body: { Resources, Outputs } }) => {
    const { stack, ids } = renaming.get(stackName)!;
    const name = (id: string) => ids.get(id) ?? id;
    return {
      stackName: stack,
      deployment,
      body: {
        Resources: Object.fromEntries(Object.entries(Resources).map(([id, resource]) => [name(id), references(resource, name) as object])),
        Outputs: references(Outputs, name) as Readonly<Record<string, object>>,
      },
    };
  });
}

/** `Stack/Id` under the new names. */
export function renamedId(text: string, renaming: Renaming): string {
  const [stack, id] = text.split('/');
  const names = renaming.get(stack)!;
  return `${names.stack}/${names.ids.get(id)}`;
}

/** Words of an answer with the names that the templates had before, also as CloudFormation puts physical names together. */
export function formerNames(text: string, renaming: Renaming): string {
  const former = new Map([...renaming].flatMap(([stackName, { stack, ids }]): [string, string][] => [
    // What nobody resolves is named by its stack and function.
    [`${stack}/Fn::`, `${stackName}/Fn::`],
    ...[...ids].flatMap(([id, now]) => ['/', '-'].map((between): [string, string] => [`${stack}${between}${now}`, `${stackName}${between}${id}`])),
  ]));
  return text.replace(new RegExp(`(?<!\\w)(${[...former.keys()].join('|')})(?:(?<=:)|(?!\\w))`, 'g'), (path) => former.get(path)!);
}

function references(value: unknown, name: (id: string) => string): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => references(one, name));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === 'Ref' ? name(one as string)
    : key === 'Fn::GetAtt' ? [name((one as string[])[0]), (one as string[])[1]]
      : key === 'Fn::Sub' ? (one as string).replace(/\$\{(\w+)\./g, (_, id: string) => `\${${name(id)}.`) : references(one, name)]));
}
