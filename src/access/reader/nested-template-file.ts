import { join } from 'path';
import { AssemblyStack } from './assembly-stacks';
import { objectOf, Template } from '../template/template';
import { TemplateValues } from '../template/template-values';

/** The file of the template that a resource deploys as a nested stack; nothing where it is none, or where its template is not in the assembly. */
export function nestedTemplateFile(template: Template, logicalId: string, body: unknown, { directory, assets }: AssemblyStack): string | undefined {
  const { type, properties } = template.resources.get(logicalId)!;
  if (type !== 'AWS::CloudFormation::Stack') {
    return undefined;
  }
  const metadata = objectOf(objectOf(objectOf(objectOf(body).Resources)[logicalId]).Metadata);
  if (metadata['aws:asset:property'] === 'TemplateURL' && typeof metadata['aws:asset:path'] === 'string') {
    return join(directory, metadata['aws:asset:path']);
  }
  // Without --asset-metadata only the URL tells it.
  const url = new TemplateValues(template, () => undefined, () => undefined).text(objectOf(properties).TemplateURL);
  const path = assets.get(url.split('/').at(-1)!);
  return path === undefined ? undefined : join(directory, path);
}
