import { isCompletedLater } from './intrinsic-call';
import { objectOf } from './json-object';

/** Resources that a template gets at deployment only. */
export interface UnseenResources {
  /** What makes them: a macro, or a loop over what only the deployment tells. */
  readonly by: string;
  /** Whether a policy may be among them that is attached to a role or user of other resources. */
  readonly mayAttach: boolean;
  /** Whether the resources that are seen may become others. */
  readonly mayChange: boolean;
}

/** Transforms of AWS that add resources which only belong to each other. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html */
const ON_THEIR_OWN = /^AWS::(CodeDeployBlueGreen|SecretsManager|Serverless|ServiceCatalog)/;
const LOOP = 'Fn::ForEach::';

/** What makes resources of a template that are not seen here. */
export function unseenResources(template: Readonly<Record<string, unknown>>): UnseenResources[] {
  const resources = objectOf(template.Resources);
  const included = [...transforms(resources['Fn::Transform']), ...Object.values(resources).flatMap((resource) =>
    isCompletedLater(resource) && objectOf(resource).Type === undefined ? transforms(objectOf(resource)['Fn::Transform']) : [])];
  const loops = Object.entries(resources).flatMap(([name, resource]) => {
    const { Condition } = objectOf(resource);
    return name.startsWith(LOOP) ? [{ by: name, mayAttach: true, mayChange: false }]
      : typeof Condition === 'string' && Condition.startsWith(LOOP) ? [{ by: Condition, mayAttach: false, mayChange: false }] : [];
  });
  return [
    ...transforms(template.Transform).filter((name) => name !== 'AWS::LanguageExtensions').map((name) => ofTemplate(name, resources)),
    ...included.map((name) => ({ by: name, mayAttach: true, mayChange: false })),
    ...loops.filter(({ by }, i) => loops.findIndex((loop) => loop.by === by) === i),
  ];
}

function ofTemplate(name: string, resources: Readonly<Record<string, unknown>>): UnseenResources {
  // A connector of AWS SAM lets one resource use another: it attaches a policy to the role.
  const connects = Object.values(resources).some((resource) => objectOf(resource).Type === 'AWS::Serverless::Connector' || objectOf(resource).Connectors !== undefined);
  return { by: name, mayAttach: !ON_THEIR_OWN.test(name) || connects, mayChange: !name.startsWith('AWS::') };
}

function transforms(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map((one) => {
    const name = typeof one === 'string' ? one : objectOf(one).Name;
    return typeof name === 'string' ? name : 'Fn::Transform';
  });
}
