import { Composer, CST, Document, LineCounter, ParsedNode, Parser } from 'yaml';
import { templateLexer } from './template-lexer';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** Twice what CloudFormation takes: to read YAML takes some hundred times as much memory. */
const LARGEST_MIB = 2;
/** Templates nest ten or twenty deep. `Composer` calls itself for each level, and has room for more than 500. */
const DEEPEST = 200;

/** Where an error is: `Composer` tells it in several ways. */
type ErrorSource = number | readonly number[] | { readonly offset: number };

/** A document of YAML, and the places of what stands in it. */
export class YamlDocument {
  public readonly contents: ParsedNode | null;
  private readonly lines = new LineCounter();
  private error?: KmsPatternsError;

  constructor(text: string, private readonly file: string) {
    if (text.length > LARGEST_MIB * 2 ** 20) {
      throw new KmsPatternsError('InvalidYaml', `a template in YAML is at most ${LARGEST_MIB} MiB large, given: '${file}'; write it as JSON`);
    }
    this.lines.addNewLine(0);
    // All line breaks of YAML 1.1 are one for CloudFormation: a comment that ends for one reader and goes on for the other could hide a statement.
    this.contents = this.compose(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')).contents;
  }

  public invalid(problem: string, offset: number): KmsPatternsError {
    const { line, col } = this.lines.linePos(offset);
    return new KmsPatternsError('InvalidYaml', `this file is no template in YAML (line ${line}, column ${col}: ${problem.split('\n')[0].slice(0, 200)}), given: '${this.file}'; correct it`);
  }

  private compose(text: string): Document.Parsed {
    // Every scalar is a text, every tag is left alone, and names that are given twice are looked for where they are read, in less than quadratic time.
    const composer = new Composer({ version: '1.1', schema: 'failsafe', uniqueKeys: false, resolveKnownTags: false, logLevel: 'silent' });
    // It would collect errors, which for two million misplaced quotes takes gigabytes.
    const onError = (source: ErrorSource, _code: string, message: string, warning?: boolean) => this.onError(source, message, warning);
    Object.assign(composer, { onError });
    const [first, second] = composer.compose(this.tokens(text), true, text.length);
    const [error] = first.errors;
    if (error) {
      throw this.invalid(error.message, error.pos[0]);
    }
    if (second) {
      throw this.invalid('a second document begins', second.range[0]);
    }
    return first;
  }

  private onError(source: ErrorSource, message: string, warning = false): void {
    if (!warning) {
      // What is thrown inside of a collection comes back as an error of the collection.
      this.error ??= this.invalid(message, typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0]);
      throw this.error;
    }
  }

  private *tokens(text: string): Generator<CST.Token> {
    const parser = new Parser(this.lines.addNewLine);
    for (const lexeme of templateLexer().lex(text)) {
      for (const token of parser.next(lexeme)) {
        if (token.type === 'error') {
          throw this.invalid(token.message, token.offset);
        }
        yield token;
      }
      if (parser.stack.length > DEEPEST) {
        throw this.invalid(`it is nested more than ${DEEPEST} levels deep`, parser.offset);
      }
    }
    yield* parser.end();
  }
}
