import { objectOf } from './json-object';
import { isList, readParameter } from './template-parameter';

type Body = Readonly<Record<string, unknown>>;

/** Deeper than any template that people write; loops below stay as they are, which nobody can read. */
const DEEPEST = 100;
/** CloudFormation takes 500 resources in a template. */
const MOST_ELEMENTS = 500;
const LOOP = 'Fn::ForEach::';

/**
 * The template with its loops written out, as the transform `AWS::LanguageExtensions` does.
 *
 * Where nobody knows what a loop goes over, what it makes stands there once: a resource that may not be there, of which all is unknown that the loop's name is in.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(body: Body): Body {
  return [body.Transform].flat().includes('AWS::LanguageExtensions') ? new LoopWriter(body).write() : body;
}

class LoopWriter {
  constructor(private readonly body: Body) {}

  public write(): Body {
    const sections = ['Resources', 'Conditions', 'Outputs'].filter((name) => this.body[name] !== undefined);
    return { ...this.body, ...Object.fromEntries(sections.map((name) => [name, this.written(this.body[name], true, 0)])) };
  }

  private written(value: unknown, section: boolean, depth: number): unknown {
    if (value === null || typeof value !== 'object' || depth > DEEPEST) {
      return value;
    }
    if (Array.isArray(value)) {
      return value.map((element) => this.written(element, false, depth + 1));
    }
    return Object.fromEntries(Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
      const loop = name.startsWith(LOOP) ? this.iterations(name, part, section) : undefined;
      return loop ? loop.flatMap((iteration) => Object.entries(objectOf(this.written(iteration, section, depth + 1))))
        : [[name, this.written(part, false, depth + 1)]];
    }));
  }

  /** What the loop makes in each turn; nothing where it cannot stand for itself. */
  private iterations(name: string, loop: unknown, section: boolean): unknown[] | undefined {
    const [identifier, collection, fragment] = Array.isArray(loop) ? loop as unknown[] : [];
    if (typeof identifier !== 'string') {
      return undefined;
    }
    const elements = this.collection(collection);
    return elements ? elements.map((element) => replaced(fragment, identifier, { text: element }, 0))
      : section ? [perhaps(replaced(fragment, identifier, 'unknown', 0), name)] : undefined;
  }

  private collection(collection: unknown): string[] | undefined {
    const { Ref: parameter, 'Fn::FindInMap': path } = objectOf(collection);
    const elements = Array.isArray(collection) ? collection as unknown[] : typeof parameter === 'string' ? this.parameter(parameter)
      : Array.isArray(path) ? path.reduce<unknown>((found, name) => objectOf(found)[String(name)], this.body.Mappings) : undefined;
    return Array.isArray(elements) && elements.length <= MOST_ELEMENTS && elements.every((element) => typeof element === 'string' || typeof element === 'number')
      ? elements.map(String) : undefined;
  }

  private parameter(name: string): string[] | undefined {
    const parameter = readParameter(objectOf(objectOf(this.body.Parameters)[name]));
    return isList(parameter) && typeof parameter.default === 'string' ? parameter.default.split(',').map((part) => part.trim()) : undefined;
  }
}

/** A fragment in which the name of the loop stands for an element of its collection. */
function replaced(value: unknown, identifier: string, element: { readonly text: string } | 'unknown', depth: number, inSub = false): unknown {
  if (typeof value === 'string') {
    return element === 'unknown' ? unknownIn(value, identifier, inSub) : filled(value, identifier, element.text);
  }
  if (value === null || typeof value !== 'object' || depth > DEEPEST) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((part, i) => replaced(part, identifier, element, depth + 1, inSub && i === 0));
  }
  if (element !== 'unknown' && objectOf(value).Ref === identifier) {
    return element.text;
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => {
    const key = element !== 'unknown' ? filled(name, identifier, element.text) : depth > 0 && name.includes(`{${identifier}}`) ? `${LOOP}${identifier}` : name;
    return [key, replaced(part, identifier, element, depth + 1, name === 'Fn::Sub')];
  }));
}

/** `&{Name}` leaves out what no logical id has. */
function filled(text: string, identifier: string, element: string): string {
  return text.replaceAll(`\${${identifier}}`, element).replaceAll(`&{${identifier}}`, element.replace(/[^A-Za-z0-9]/g, ''));
}

/** As `Fn::Sub` of a name that nobody gives. */
function unknownIn(text: string, identifier: string, inSub: boolean): unknown {
  if (!text.includes(`{${identifier}}`)) {
    return text;
  }
  const plain = text.replaceAll(`&{${identifier}}`, `\${${identifier}}`);
  return inSub ? plain : { 'Fn::Sub': plain.replace(/\$\{([^!}][^}]*)\}/g, (variable, name: string) => name === identifier ? variable : `\${!${name}}`) };
}

/** Resources, outputs or conditions that may not be there. */
function perhaps(fragment: unknown, loop: string): unknown {
  return Object.fromEntries(Object.entries(objectOf(fragment)).map(([name, element]) =>
    [name, name.startsWith(LOOP) ? element : { ...objectOf(element), Condition: loop }]));
}
