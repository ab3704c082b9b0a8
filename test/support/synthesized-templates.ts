import { App, Stack } from 'aws-cdk-lib';
import { UNKNOWN_DEPLOYMENT } from '../../src/access/template/deployment-unknowns';
import { readTemplate, Template } from '../../src/access/template/template';

/** The templates of an app's stacks, with the construct path of each resource, as the proof reads them. */
export function synthesizedTemplates(app: App): Template[] {
  const paths = new Map(app.node.findAll().filter(Stack.isStack).map((stack) => [stack.artifactId, pathsOf(stack)]));
  return app.synth().stacksRecursively.map((artifact) => {
    const template = readTemplate(artifact.stackName, UNKNOWN_DEPLOYMENT, artifact.template);
    const resources = [...template.resources].map(([id, resource]) => [id, { ...resource, constructPath: paths.get(artifact.id)?.get(id) }] as const);
    return { ...template, resources: new Map(resources) };
  });
}

function pathsOf(stack: Stack): Map<string, string> {
  const elements = stack.node.findAll().filter((construct) => Stack.of(construct) === stack && 'logicalId' in construct);
  return new Map(elements.map((element) => [String(stack.resolve((element as unknown as { logicalId: string }).logicalId)), element.node.path]));
}
