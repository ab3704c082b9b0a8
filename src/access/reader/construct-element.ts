import { objectOf } from '../template/template';

/** A construct that stands in a template under a logical id. */
export interface ConstructElement {
  readonly path: string;
  readonly logicalId: string;
}

/** The constructs of which the metadata of a stack tells. */
export function elementsOf(metadata: Readonly<Record<string, unknown>>): ConstructElement[] {
  return Object.entries(metadata).flatMap(([path, entries]) => (Array.isArray(entries) ? entries.map(objectOf) : [])
    .flatMap(({ type, data }) => type === 'aws:cdk:logicalId' && typeof data === 'string' ? [{ path: path.replace(/^\//, ''), logicalId: data }] : []));
}

/** The constructs of which `tree.json` tells. */
export function treeElements(file: unknown): ConstructElement[] {
  const elements: ConstructElement[] = [];
  const waiting = [objectOf(file).tree];
  while (waiting.length > 0) {
    const { path, attributes, children } = objectOf(waiting.pop());
    const logicalId = objectOf(attributes)['aws:cdk:cloudformation:logicalId'];
    if (typeof path === 'string' && typeof logicalId === 'string') {
      elements.push({ path, logicalId });
    }
    Object.values(objectOf(children)).forEach((child) => waiting.push(child));
  }
  return elements;
}
