import { assemblyStacks, AssemblyStack } from './assembly-stacks';
import { ConstructElement } from './construct-element';
import { ConstructPaths } from './construct-paths';
import { deploymentIn, Environment } from './deployment-in';
import { readJsonFile } from './json-file';
import { nestedTemplateFile } from './nested-template-file';
import { unknownsOfStages } from './unknowns-of-stages';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { Deployment, readTemplate, Template } from '../template/template';
import { givenParameter } from '../template/template-parameter';
import { TemplateValues } from '../template/template-values';
import { Text } from '../text/text';

/** More than any app has: CloudFormation keeps 2,000 stacks in an account and Region unless AWS raises it, and 500 resources in each. */
const MOST_TEMPLATES = 20_000;
const MOST_RESOURCES = 1_000_000;

/** A template to be read. */
interface Waiting {
  readonly stackName: string;
  readonly nestedIn?: { readonly template: Template; readonly logicalId: string };
  readonly elements: readonly ConstructElement[];
  /** Its file, after those of the stacks around it. */
  readonly files: readonly string[];
}

/**
 * The templates of a cloud assembly: of all its stacks, of those of its Stages, and of the stacks nested in them.
 *
 * What CDK writes is JSON. A nested stack can have a template in YAML that people wrote; it is read where somebody says how.
 */
export function readAssembly(directory: string, defaults: Environment = {}, readYaml?: (file: string) => unknown): Template[] {
  const stacks = assemblyStacks(directory).map((stack) => ({ ...stack, environment: { ...defaults, ...stack.environment } }));
  const unknowns = unknownsOfStages(directory, stacks);
  const reader = new AssemblyReader(directory, readYaml);
  stacks.forEach((stack) => reader.read(stack, deploymentIn(stack.environment, unknowns.get(stack.directory))));
  return reader.templates;
}

class AssemblyReader {
  public readonly templates: Template[] = [];
  private readonly bodies = new Map<string, unknown>();
  private resources = 0;

  constructor(private readonly directory: string, private readonly readYaml?: (file: string) => unknown) {}

  /** A stack, and those nested in it. */
  public read(stack: AssemblyStack, deployment: Deployment): void {
    const waiting: Waiting[] = [{ stackName: stack.stackName, elements: stack.elements, files: [stack.templateFile] }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { stackName, nestedIn, elements, files } = next;
      const body = this.body(files.at(-1)!);
      const read = readTemplate(stackName, deployment, body);
      const paths = new ConstructPaths(read, elements);
      const template: Template = {
        ...read,
        ...stack.executionRoleArn === undefined ? {} : { executionRoleArn: textIn(read, stack.executionRoleArn) },
        ...nestedIn ? { nestedIn } : {},
        parameters: nestedIn ? read.parameters : withGiven(read.parameters, stack.parameters),
        resources: new Map([...read.resources].map(([id, resource]) => [id, { constructPath: paths.of(id), ...resource }])),
      };
      this.add(template);
      for (const logicalId of [...template.resources.keys()].reverse()) {
        const file = nestedTemplateFile(template, logicalId, body, stack);
        if (file !== undefined && (isJson(file) || this.readYaml)) {
          waiting.push({ stackName: `${stackName}/${logicalId}`, nestedIn: { template, logicalId }, elements: paths.below(logicalId), files: this.inner(files, file) });
        }
      }
    }
  }

  private add(template: Template): void {
    this.templates.push(template);
    this.resources += template.resources.size;
    if (this.templates.length > MOST_TEMPLATES || this.resources > MOST_RESOURCES) {
      throw this.invalid(`has more than ${MOST_TEMPLATES} stacks, or more than ${MOST_RESOURCES} resources`);
    }
  }

  private inner(files: readonly string[], file: string): string[] {
    if (files.includes(file)) {
      throw this.invalid(`nests ${file} in itself`);
    }
    return [...files, file];
  }

  private body(file: string): unknown {
    if (!this.bodies.has(file)) {
      const body = this.readYaml && !isJson(file) ? this.readYaml(file) : readJsonFile(file);
      if (body === null || typeof body !== 'object' || Array.isArray(body)) {
        throw this.invalid(`has ${file}, which is no template`);
      }
      this.bodies.set(file, body);
    }
    return this.bodies.get(file);
  }

  private invalid(problem: string): KmsPatternsError {
    return new KmsPatternsError('InvalidAssembly', `this cloud assembly ${problem}, given: '${this.directory}'; write the folder that cdk synth has made`);
  }
}

function isJson(file: string): boolean {
  return file.toLowerCase().endsWith('.json');
}

/** What the pseudo parameters in a text come to. */
function textIn(template: Template, text: string): Text {
  return new TemplateValues(template, () => undefined, () => undefined).text({ 'Fn::Sub': text });
}

function withGiven(parameters: Template['parameters'], given: Readonly<Record<string, unknown>>): Template['parameters'] {
  return new Map([...parameters].map(([name, parameter]) => [name, name in given ? givenParameter(parameter, given[name]) : parameter]));
}
