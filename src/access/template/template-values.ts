import { objectOf, Template } from './template';
import { parseArn } from '../text/arn';
import { boundedText, equalText, isKnown, literalText, madeUpText, splitText, Text, unknownText } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** An element of a list, and whether it is there in every case: `Fn::If` may leave it out. */
export interface Item {
  readonly value: unknown;
  readonly sure: boolean;
  /** What the value came to, where a function made the list. */
  readonly text?: Text;
}

/** What a template takes from another: an export, an output of a stack, or what the stack around a nested one gives for a parameter. */
export type FromOtherStack = { exportName: Text } | { stackName: Text; account: Text; region: Text; output: Text } | { parameter: string };

/** Deeper than any template that people write; what lies below is not resolved. */
const DEEPEST = 100;

/**
 * What the intrinsic functions of a template come to before it is deployed.
 *
 * A name that AWS makes up is unknown, and so is what depends on it.
 */
export class TemplateValues {
  /** What `AWS::StackName` is: AWS makes up the end of a nested stack's. */
  public readonly stackName: Text;
  private readonly conditions = new Map<string, Truth>();
  private readonly numbers = new WeakMap<object, number>();
  private numbered = 0;

  constructor(
    public readonly template: Template,
    /** An attribute or the `Ref` (no attribute) of a resource; nothing where only AWS knows it. */
    private readonly attributeOf: (logicalId: string, attribute: string | undefined, values: TemplateValues, depth: number) => Text | undefined,
    /** The value of an export, or of an output of another stack. */
    private readonly fromOtherStack: (source: FromOtherStack, depth: number) => Text | undefined,
    /** That no other template has. */
    public readonly name = template.stackName,
  ) {
    this.stackName = template.nestedIn ? madeUpText(name) : literalText(template.stackName);
  }

  /** The text of a value, unknown where it is none. */
  public text(value: unknown, depth = 0): Text {
    if (typeof value === 'string') {
      return literalText(value);
    }
    if (typeof value === 'number' || typeof value === 'boolean') {
      return String(value);
    }
    const call = intrinsicOf(value);
    return boundedText((call && depth < DEEPEST ? this.call(call.name, call.argument, depth + 1) : undefined) ?? this.unresolved(value, call));
  }

  /** The elements of a list, or the only one of what is no list; `Fn::If` gives those of both branches. */
  public items(value: unknown, depth = 0): Item[] {
    if (value === undefined || isNoValue(value)) {
      return [];
    }
    if (Array.isArray(value)) {
      return depth < DEEPEST ? value.flatMap((element) => this.items(element, depth + 1)) : [{ value: undefined, sure: false }];
    }
    const call = intrinsicOf(value);
    const branches = call?.name === 'Fn::If' ? this.branches(call.argument, depth + 1) : undefined;
    if (branches) {
      return branches.flatMap(({ value: branch, sure }) => depth < DEEPEST
        ? this.items(branch, depth + 1).map((item) => ({ ...item, sure: item.sure && sure })) : [{ value: undefined, sure: false }]);
    }
    const list = call && depth < DEEPEST ? this.list(call.name, call.argument, depth + 1) : undefined;
    return list ? list.map((text) => ({ value: undefined, sure: true, text })) : [{ value, sure: true }];
  }

  /** The text of an element. */
  public itemText({ value, text }: Item, depth = 0): Text {
    return text ?? this.text(value, depth);
  }

  /** Whether a condition of the template holds. */
  public condition(name: string, depth = 0): Truth {
    let holds = this.conditions.get(name);
    if (holds === undefined) {
      // What refers to itself is unknown, and each is looked at once, however often it is referred to.
      this.conditions.set(name, 'unknown');
      holds = depth < DEEPEST ? this.truth(objectOf(this.template.conditions.get(name)).value, depth + 1) : 'unknown';
      this.conditions.set(name, holds);
    }
    return holds;
  }

  private call(name: string, argument: unknown, depth: number): Text | undefined {
    switch (name) {
      case 'Ref': return typeof argument === 'string' ? this.reference(argument, depth) : undefined;
      case 'Fn::GetAtt': return this.attribute(argument, depth);
      case 'Fn::Join': return this.join(argument, depth);
      case 'Fn::Sub': return this.substitute(argument, depth);
      case 'Fn::Select': return this.select(argument, depth);
      case 'Fn::FindInMap': return this.findInMap(argument, depth);
      case 'Fn::ImportValue': return this.fromOtherStack({ exportName: this.text(argument, depth) }, depth);
      case 'Fn::GetStackOutput': {
        const { StackName, Region, RoleArn, OutputName } = objectOf(argument);
        return this.fromOtherStack({
          stackName: this.text(StackName, depth),
          // A stack of another account is read with a role of that account.
          account: RoleArn === undefined ? this.template.deployment.account : parseArn(this.text(RoleArn, depth))?.account ?? this.unknown('RoleArn'),
          region: Region === undefined ? this.template.deployment.region : this.text(Region, depth),
          output: this.text(OutputName, depth),
        }, depth);
      }
      case 'Fn::If': {
        const texts = new Set(this.branches(argument, depth)?.map(({ value }) => this.text(value, depth)));
        return texts.size === 1 ? [...texts][0] : undefined;
      }
      default: return undefined;
    }
  }

  private list(name: string, argument: unknown, depth: number): Text[] | undefined {
    if (name === 'Fn::Split' && Array.isArray(argument)) {
      const [separator, text] = argument.map((part) => this.text(part, depth));
      return separator?.length === 1 && text !== undefined ? splitText(text, separator) : undefined;
    }
    const parameter = name === 'Ref' && typeof argument === 'string' && this.template.parameters.has(argument) ? this.reference(argument, depth) : undefined;
    return parameter?.includes(',') ? splitText(parameter, ',')?.map((part) => part.trim()) : undefined;
  }

  private reference(name: string, depth: number): Text | undefined {
    const { account, region, partition } = this.template.deployment;
    switch (name) {
      case 'AWS::AccountId': return account;
      case 'AWS::Region': return region;
      case 'AWS::Partition': return partition;
      case 'AWS::StackName': return this.stackName;
      case 'AWS::URLSuffix': return isKnown(partition) ? (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com') : partition.replace('AWS::Partition', 'AWS::URLSuffix');
    }
    const parameter = this.template.parameters.get(name);
    if (parameter) {
      const value = objectOf(parameter).default;
      return this.given(name, depth) ?? (typeof value === 'string' || typeof value === 'number' ? literalText(String(value)) : this.unknown(name));
    }
    return this.template.resources.has(name) ? this.attributeOf(name, undefined, this, depth) ?? this.unknown(name) : undefined;
  }

  /** A parameter of a nested stack is what the stack around it gives. */
  private given(name: string, depth: number): Text | undefined {
    return this.fromOtherStack({ parameter: name }, depth);
  }

  private attribute(argument: unknown, depth: number): Text | undefined {
    const [id, ...rest] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    if (typeof id !== 'string' || rest.length === 0 || !this.template.resources.has(id)) {
      return undefined;
    }
    const name = rest.map((part) => this.text(part, depth)).join('.');
    return this.attributeOf(id, name, this, depth) ?? this.unknown(`${id}.${name}`);
  }

  private join(argument: unknown, depth: number): Text | undefined {
    if (!Array.isArray(argument) || argument.length !== 2) {
      return undefined;
    }
    const items = this.items(argument[1], depth);
    return items.every(({ sure }) => sure) ? items.map((item) => this.itemText(item, depth)).join(this.text(argument[0], depth)) : undefined;
  }

  private substitute(argument: unknown, depth: number): Text | undefined {
    const [text, given] = Array.isArray(argument) ? argument as unknown[] : [argument];
    const variables = objectOf(given);
    return typeof text !== 'string' ? undefined : literalText(text).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
      if (literal) {
        return `\${${name}}`;
      }
      const key = name.trim();
      return Object.hasOwn(variables, key) ? this.text(variables[key], depth)
        : (key.includes('.') ? this.attribute(key, depth) : this.reference(key, depth)) ?? this.unknown(key);
    });
  }

  private select(argument: unknown, depth: number): Text | undefined {
    const [index, list] = Array.isArray(argument) ? argument as unknown[] : [];
    const items = this.items(list, depth);
    const item = items.every(({ sure }) => sure) ? items[Number(this.text(index, depth))] : undefined;
    return item && (Array.isArray(list) || items.length > 1 || intrinsicOf(list)?.name === 'Fn::Split') ? this.itemText(item, depth) : undefined;
  }

  private findInMap(argument: unknown, depth: number): Text | undefined {
    const path = Array.isArray(argument) ? argument.slice(0, 3).map((part) => this.text(part, depth)) : [];
    let found: unknown = this.template.mappings;
    for (const name of path) {
      found = objectOf(found)[name];
    }
    return path.length === 3 && (typeof found === 'string' || typeof found === 'number') ? literalText(String(found)) : undefined;
  }

  /** The branch that is taken, or both. */
  private branches(argument: unknown, depth: number): Item[] | undefined {
    if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') {
      return undefined;
    }
    const [name, whenTrue, whenFalse] = argument as [string, unknown, unknown];
    const holds = this.condition(name, depth);
    return holds === 'unknown' ? [whenTrue, whenFalse].map((value) => ({ value, sure: false })) : [{ value: holds ? whenTrue : whenFalse, sure: true }];
  }

  private truth(value: unknown, depth: number): Truth {
    const call = intrinsicOf(value);
    const operands = call && Array.isArray(call.argument) ? call.argument as unknown[] : [];
    if (depth >= DEEPEST) {
      return 'unknown';
    }
    switch (call?.name) {
      case 'Fn::Equals': return operands.length === 2 ? equalText(this.text(operands[0], depth), this.text(operands[1], depth)) : 'unknown';
      case 'Fn::And': return operands.map((operand) => this.truth(operand, depth + 1)).reduce(and, true);
      case 'Fn::Or': return operands.map((operand) => this.truth(operand, depth + 1)).reduce(or, false);
      case 'Fn::Not': return not(this.truth(operands[0], depth + 1));
      case 'Condition': return typeof call.argument === 'string' ? this.condition(call.argument, depth) : 'unknown';
      default: return 'unknown';
    }
  }

  /** What the same function makes of other arguments need not be the same: objects are told apart, and texts are what they say. */
  private unresolved(value: unknown, call: ReturnType<typeof intrinsicOf>): Text {
    if (value === null || typeof value !== 'object' || typeof call?.argument === 'string') {
      return this.unknown(call ? `${call.name} ${String(call.argument)}` : 'value');
    }
    const number = this.numbers.get(value) ?? ++this.numbered;
    this.numbers.set(value, number);
    return this.unknown(`${call?.name ?? 'value'} #${number}`);
  }

  private unknown(name: string): Text {
    return unknownText(`${this.name}/${name}`);
  }
}

/** The function that a value calls. */
export function intrinsicOf(value: unknown): { name: string; argument: unknown } | undefined {
  const entries = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  const [name, argument] = entries[0] ?? [];
  return entries.length === 1 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')) ? { name, argument } : undefined;
}

function isNoValue(value: unknown): boolean {
  const call = intrinsicOf(value);
  return call?.name === 'Ref' && call.argument === 'AWS::NoValue';
}
