import { briefJson } from './brief-json';
import { intrinsicOf, IntrinsicCall, isCompletedLater, isNoValue } from './intrinsic-call';
import { callText, listOf } from './intrinsic-functions';
import { MadeText, readJson } from './json-text';
import { pseudoParameter } from './pseudo-parameter';
import { objectOf, Template } from './template';
import { parseArn } from '../text/arn';
import { equalText, literalText, madeUpText, readable, Text, unknownText } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** A value that may be there, and whether it is in every case: `Fn::If` may leave it out. */
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
/** IAM takes no longer ARN, and no condition value that people write is longer: what is, is taken for unknown. */
const LONGEST = 2048;
/** Three times what a key policy may have. */
const LONGEST_POLICY = 100_000;

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
    const text = this.wholeText(value, depth);
    return typeof value === 'object' && text.length > LONGEST ? this.unknownCall(value) : text;
  }

  /** The elements of a list, or the only one of what is no list; `Fn::If` gives those of both branches. */
  public items(value: unknown, depth = 0): Item[] {
    return this.branches(value, depth).flatMap((branch) => {
      const items = this.elements(branch.value, depth) ?? [{ value: branch.value, sure: true }];
      return branch.sure ? items : items.map((item) => ({ ...item, sure: false }));
    });
  }

  /** The elements of a list; nothing where it is none, or where only the deployment tells them. */
  public elements(value: unknown, depth = 0): Item[] | undefined {
    if (value === undefined || isNoValue(value)) {
      return [];
    }
    if (depth >= DEEPEST) {
      return [{ value: undefined, sure: false }];
    }
    const call = intrinsicOf(value);
    const branches = call?.name === 'Fn::If' ? this.branches(value, depth) : [];
    return Array.isArray(value) ? value.flatMap((element) => this.items(element, depth + 1))
      : branches.length === 1 ? this.elements(branches[0].value, depth + 1)
        : branches.length > 1 ? this.items(value, depth + 1)
          : call && listOf(call, this, depth + 1);
  }

  /** The text of an element. */
  public itemText({ value, text }: Item, depth = 0): Text {
    return text ?? this.text(value, depth);
  }

  /** The value, or those of the branches of `Fn::If` that may be taken; undefined stands for `AWS::NoValue`. */
  public branches(value: unknown, depth = 0): Item[] {
    const call = intrinsicOf(value);
    const branches = call?.name === 'Fn::If' && depth < DEEPEST ? this.taken(call.argument, depth + 1) : undefined;
    return branches
      ? branches.flatMap((branch) => this.branches(branch.value, depth + 1).map((item) => ({ ...item, sure: item.sure && branch.sure })))
      : [{ value: isNoValue(value) ? undefined : value, sure: true }];
  }

  /** A property of an object, undefined where it is not there or `AWS::NoValue`; of an `Fn::If` of which nobody knows the branch, the whole. */
  public property(object: Readonly<Record<string, unknown>>, name: string): unknown {
    const value = object[name] === undefined && isCompletedLater(object) ? { 'Fn::Transform': name } : object[name];
    const branches = this.branches(value);
    return branches.length === 1 ? branches[0].value : value;
  }

  /** The object or list that a value is, also where functions write it as JSON; undefined where only the deployment tells it. */
  public json(value: unknown, depth = 0): unknown {
    const call = intrinsicOf(value);
    if (call?.name === 'Fn::ToJsonString' || call?.name === 'Fn::GetAtt') {
      const written = call.name === 'Fn::GetAtt' ? this.cfnJson(call.argument) : call.argument;
      return written === undefined || depth >= DEEPEST ? undefined : this.json(written, depth + 1);
    }
    return call || typeof value === 'string' || value instanceof MadeText ? readJson(this.wholeText(value, depth)) : value;
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

  private wholeText(value: unknown, depth: number): Text {
    if (typeof value === 'number' || typeof value === 'boolean') {
      return String(value);
    }
    const call = intrinsicOf(value);
    const text = value instanceof MadeText ? value.text : typeof value === 'string' ? literalText(value) : call && depth < DEEPEST ? this.call(call, depth + 1) : undefined;
    return text === undefined || (text.length > LONGEST_POLICY && call) ? this.unknownCall(value)
      // What a dynamic reference comes to, CloudFormation looks up after all functions.
      : text.includes('{{resolve:') ? text.replace(/\{\{resolve:[^{}]*\}\}/g, (reference) => this.unknown(readable(reference))) : text;
  }

  private call(call: IntrinsicCall, depth: number): Text | undefined {
    const { name, argument } = call;
    switch (name) {
      case 'Ref': return typeof argument === 'string' ? this.reference(argument, depth) : undefined;
      case 'Fn::GetAtt': return this.attribute(argument, depth);
      case 'Fn::ImportValue': return this.fromOtherStack({ exportName: this.text(argument, depth) }, depth);
      case 'Fn::GetStackOutput': return this.stackOutput(objectOf(argument), depth);
      case 'Fn::If': {
        const texts = new Set(this.taken(argument, depth)?.map(({ value }) => this.text(value, depth)));
        return texts.size === 1 ? [...texts][0] : undefined;
      }
      default: return callText(call, this, depth);
    }
  }

  private reference(name: string, depth: number): Text | undefined {
    const parameter = this.template.parameters.get(name);
    if (parameter) {
      const value = parameter.default;
      // A parameter of a nested stack is what the stack around it gives.
      return this.fromOtherStack({ parameter: name }, depth) ?? (typeof value === 'string' || typeof value === 'number' ? literalText(String(value)) : undefined);
    }
    return pseudoParameter(name, this) ?? (this.template.resources.has(name) ? this.attributeOf(name, undefined, this, depth) : undefined);
  }

  private attribute(argument: unknown, depth: number): Text | undefined {
    const { id, name } = this.attributeName(argument, depth) ?? {};
    return id === undefined ? undefined : this.attributeOf(id, name, this, depth) ?? this.unknown(`${id}.${name}`);
  }

  private attributeName(argument: unknown, depth: number): { readonly id: string; readonly name: Text } | undefined {
    const [id, ...rest] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
    return typeof id === 'string' && rest.length > 0 && this.template.resources.has(id) ? { id, name: rest.map((part) => this.text(part, depth)).join('.') } : undefined;
  }

  /** What CDK's CfnJson makes an object of at deployment. */
  private cfnJson(argument: unknown): unknown {
    const { id, name } = this.attributeName(argument, 0) ?? {};
    const { type, properties } = (id !== undefined && this.template.resources.get(id)) || { type: '', properties: undefined };
    return type === 'Custom::AWSCDKCfnJson' && name === 'Value' ? objectOf(properties).Value : undefined;
  }

  private stackOutput({ StackName, Region, RoleArn, OutputName }: Readonly<Record<string, unknown>>, depth: number): Text | undefined {
    const { account, region } = this.template.deployment;
    return this.fromOtherStack({
      stackName: this.text(StackName, depth),
      // A stack of another account is read with a role of that account.
      account: RoleArn === undefined ? account : parseArn(this.text(RoleArn, depth))?.account ?? this.unknown('RoleArn'),
      region: Region === undefined ? region : this.text(Region, depth),
      output: this.text(OutputName, depth),
    }, depth);
  }

  /** The branch that is taken, or both. */
  private taken(argument: unknown, depth: number): Item[] | undefined {
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

  /** The same call is the same unknown, and another is another. */
  private unknownCall(value: unknown): Text {
    const { name, argument } = intrinsicOf(value) ?? { name: 'value', argument: value };
    const said = typeof argument === 'string' ? argument : briefJson(argument);
    return this.unknown(name === 'Ref' && typeof argument === 'string' ? argument : `${name} ${said ?? `#${this.number(value as object)}`}`);
  }

  private number(value: object): number {
    const number = this.numbers.get(value) ?? ++this.numbered;
    this.numbers.set(value, number);
    return number;
  }

  private unknown(name: string): Text {
    return unknownText(`${this.name}/${name}`);
  }
}
