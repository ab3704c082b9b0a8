/** A value as Amazon DynamoDB writes it: `{ S: 'a' }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Record<string, AttributeValue>;

export interface Names {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
}

const TOKEN = /\s*(<>|<=|>=|[=<>(),+-]|[#:]?[A-Za-z_][\w.]*)/y;
/** Each item of a query asks for the same ones. */
const KNOWN = new Map<string, readonly string[]>();

/** The condition, key and update expressions of Amazon DynamoDB, of items whose attributes are not nested. */
export class DynamoExpression {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(private readonly text: string, private readonly item: Item, private readonly names: Names) {
    this.tokens = KNOWN.get(text) ?? this.tokenized();
  }

  public holds(): boolean {
    const result = this.or();
    return this.at === this.tokens.length ? result : this.fail(`what follows ${this.tokens.slice(0, this.at).join(' ')}`);
  }

  /** The item, changed. */
  public updated(): Item {
    const changed = { ...this.item };
    while (this.at < this.tokens.length) {
      const clause = this.next().toUpperCase();
      do {
        const name = this.path(this.next());
        if (clause === 'SET') {
          this.expect('=');
          changed[name] = this.sum() ?? this.fail(`a value of ${name}`);
        } else if (clause === 'REMOVE') {
          delete changed[name];
        } else if (clause === 'ADD') {
          changed[name] = sumOf(this.item[name] ?? { N: '0' }, this.operand());
        } else {
          this.fail(clause);
        }
      } while (this.take(','));
    }
    return changed;
  }

  private tokenized(): readonly string[] {
    const { text } = this;
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let last = 0; text.slice(last).trim() !== ''; last = TOKEN.lastIndex) {
      const [, token] = TOKEN.exec(text) ?? this.fail(`what follows ${text.slice(0, last)}`);
      tokens.push(token);
    }
    KNOWN.set(text, tokens);
    return tokens;
  }

  private or(): boolean {
    let result = this.and();
    while (this.take('OR')) {
      const right = this.and();
      result = result || right;
    }
    return result;
  }

  private and(): boolean {
    let result = this.not();
    while (this.take('AND')) {
      const right = this.not();
      result = result && right;
    }
    return result;
  }

  private not(): boolean {
    return this.take('NOT') ? !this.not() : this.comparison();
  }

  private comparison(): boolean {
    if (this.take('(')) {
      const result = this.or();
      this.expect(')');
      return result;
    }
    const name = this.tokens[this.at];
    if (['attribute_exists', 'attribute_not_exists', 'begins_with'].includes(name)) {
      this.at++;
      this.expect('(');
      const value = this.operand();
      const start = this.take(',') ? this.operand() : undefined;
      this.expect(')');
      return name === 'begins_with' ? String(value?.S).startsWith(String(start?.S)) : (value === undefined) === (name === 'attribute_not_exists');
    }
    const left = this.operand();
    if (this.take('BETWEEN')) {
      const low = this.operand();
      this.expect('AND');
      return compared(left, '>=', low) && compared(left, '<=', this.operand());
    }
    return compared(left, this.next(), this.operand());
  }

  private sum(): AttributeValue | undefined {
    let value = this.operand();
    while (['+', '-'].includes(this.tokens[this.at])) {
      value = this.next() === '+' ? sumOf(value, this.operand()) : sumOf(value, negated(this.operand()));
    }
    return value;
  }

  private operand(): AttributeValue | undefined {
    const token = this.next();
    if (token === 'if_not_exists') {
      this.expect('(');
      const value = this.operand();
      this.expect(',');
      const other = this.operand();
      this.expect(')');
      return value ?? other;
    }
    return token.startsWith(':')
      ? this.names.ExpressionAttributeValues?.[token] ?? this.fail(`the value ${token}`)
      : this.item[this.path(token)];
  }

  private path(token: string): string {
    return token.startsWith('#') ? this.names.ExpressionAttributeNames?.[token] ?? this.fail(`the name ${token}`) : token;
  }

  private next(): string {
    return this.tokens[this.at++] ?? this.fail('more');
  }

  private take(token: string): boolean {
    const taken = this.tokens[this.at]?.toUpperCase() === token;
    this.at += Number(taken);
    return taken;
  }

  private expect(token: string): void {
    if (!this.take(token)) {
      this.fail(token);
    }
  }

  private fail(missing: string): never {
    throw new Error(`ValidationException: ${missing} is not understood or missing in: ${this.text}`);
  }
}

export function orderOf(a: AttributeValue, b: AttributeValue): number {
  const [left, right] = 'N' in a ? [Number(a.N), Number(b.N)] : [String(a.S), String(b.S)];
  return left < right ? -1 : Number(left > right);
}

function compared(a: AttributeValue | undefined, operator: string, b: AttributeValue | undefined): boolean {
  if (a === undefined || b === undefined) {
    return operator === '<>' && a !== b;
  }
  const [[type, left]] = Object.entries(a);
  const [[otherType, right]] = Object.entries(b);
  const equal = type === otherType && (type === 'N' ? Number(left) === Number(right) : left === right);
  switch (operator) {
    case '=': return equal;
    case '<>': return !equal;
    case '<': return type === otherType && orderOf(a, b) < 0;
    case '<=': return type === otherType && orderOf(a, b) <= 0;
    case '>': return type === otherType && orderOf(a, b) > 0;
    case '>=': return type === otherType && orderOf(a, b) >= 0;
    default: throw new Error(`ValidationException: there is no operator ${operator}`);
  }
}

function sumOf(a: AttributeValue | undefined, b: AttributeValue | undefined): AttributeValue {
  if (a?.N === undefined || b?.N === undefined) {
    throw new Error('ValidationException: only numbers are added');
  }
  return { N: String(Number(a.N) + Number(b.N)) };
}

function negated(value: AttributeValue | undefined): AttributeValue {
  return { N: String(-Number(value?.N)) };
}
