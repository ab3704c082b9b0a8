import { isAlias, isMap, isScalar, isSeq, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { shortForm } from './short-form';
import { YamlDocument } from './yaml-document';
import { plainScalar } from './yaml-scalar';

/** What aliases may stand for, taken together: a few lines of aliases to aliases stand for more than any memory holds. */
const MOST_COPIED = 2 ** 20;
const CORE = 'tag:yaml.org,2002:';
/** Tags that say what a value is anyway. */
const SCALARS: ReadonlySet<string> = new Set(['int', 'float', 'bool', 'null'].map((name) => CORE + name));
const TEXTS: ReadonlySet<string> = new Set(['!', `${CORE}str`]);
const COLLECTIONS: ReadonlySet<string | undefined> = new Set([undefined, '!', `${CORE}map`, `${CORE}seq`]);

/** What an anchor stands for; nothing while its own node is still being read. */
interface Anchored {
  meaning?: { readonly value: unknown; readonly size: number };
}

/**
 * What a template in YAML says, as it would in JSON.
 *
 * CloudFormation refuses aliases and `<<`: they are taken as `aws cloudformation package` takes them before.
 */
export class YamlValue {
  private readonly anchors = new Map<string, Anchored>();
  /** How many values have been read, those that aliases stand for counted each time. */
  private size = 0;
  private copied = 0;

  constructor(private readonly document: YamlDocument) {}

  public read(): unknown {
    return this.value(this.document.contents);
  }

  /** Calls itself for each level, of which the document does not have many. */
  private value(node: ParsedNode | null): unknown {
    this.size++;
    if (isAlias(node)) {
      return this.alias(node.source, node.range[0]);
    }
    if (!node?.anchor) {
      return this.tagged(node);
    }
    const anchored: Anchored = {};
    this.anchors.set(node.anchor, anchored);
    const before = this.size;
    const value = this.tagged(node);
    anchored.meaning = { value, size: this.size - before + 1 };
    return value;
  }

  private alias(name: string, offset: number): unknown {
    const anchored = this.anchors.get(name);
    if (!anchored?.meaning) {
      throw this.document.invalid(`*${name} stands ${anchored ? 'in what it stands for' : 'before its anchor'}`, offset);
    }
    this.size += anchored.meaning.size;
    this.copied += anchored.meaning.size;
    if (this.copied > MOST_COPIED) {
      throw this.document.invalid(`aliases stand for more than ${MOST_COPIED} values`, offset);
    }
    return anchored.meaning.value;
  }

  private tagged(node: ParsedNode | null): unknown {
    const tag = node?.tag;
    if (isScalar(node)) {
      return this.scalar(node, tag);
    }
    const value = isMap(node) ? this.map(node) : isSeq(node) ? node.items.map((item) => this.value(item as ParsedNode | null)) : null;
    return COLLECTIONS.has(tag) ? value : this.call(tag!, value, node!.range[0]);
  }

  private scalar({ value, source, type, range }: Scalar.Parsed, tag: string | undefined): unknown {
    const text = String(value);
    if (tag === undefined) {
      return type === Scalar.PLAIN ? plainScalar(source) : text;
    }
    return TEXTS.has(tag) ? text : SCALARS.has(tag) ? plainScalar(text) : this.call(tag, text, range[0]);
  }

  private call(tag: string, argument: unknown, offset: number): unknown {
    const call = shortForm(tag, argument);
    if (!call) {
      throw this.document.invalid(`the tag ${tag} is none of CloudFormation's`, offset);
    }
    return call;
  }

  private map(node: YAMLMap.Parsed): unknown {
    const entries = new Map<string, unknown>();
    let merged: readonly unknown[] | undefined;
    for (const { key, value } of node.items) {
      const offset = key?.range[0] ?? node.range[0];
      const merges = isScalar(key) && key.type === Scalar.PLAIN && key.source === '<<';
      const name = this.name(key, offset);
      if (merges ? merged : entries.has(name)) {
        throw this.document.invalid(`'${name}' is given twice`, offset);
      }
      if (merges) {
        merged = [this.value(value)].flat();
      } else {
        entries.set(name, this.value(value));
      }
    }
    merged?.forEach((more) => this.merge(entries, more, node.range[0]));
    return Object.fromEntries(entries);
  }

  /** What looks like a number, or like true, is a name as it stands there. */
  private name(key: ParsedNode | null, offset: number): string {
    const value = this.value(key);
    const name = isScalar(key) && key.tag === undefined && value !== null ? String(key.value) : value;
    if (typeof name !== 'string') {
      throw this.document.invalid('this name is no text', offset);
    }
    return name;
  }

  /** What is there already stays. */
  private merge(entries: Map<string, unknown>, more: unknown, offset: number): void {
    if (more === null || typeof more !== 'object' || Array.isArray(more)) {
      throw this.document.invalid('<< takes a mapping, or a list of them', offset);
    }
    for (const [name, value] of Object.entries(more)) {
      if (!entries.has(name)) {
        entries.set(name, value);
      }
    }
  }
}
