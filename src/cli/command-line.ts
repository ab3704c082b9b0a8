import { parseArgs, ParseArgsConfig } from 'util';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** What a command is given: where the templates are, and its options. */
export interface CommandLine {
  readonly sources: readonly string[];
  readonly account?: string;
  readonly region?: string;
  readonly principal?: string;
  readonly key?: string;
  readonly action?: string;
  readonly via?: string;
  readonly context?: readonly string[];
  readonly complete?: boolean;
  readonly requests?: string;
  readonly format?: string;
  readonly help?: boolean;
}

type Option = 'account' | 'region' | 'principal' | 'key' | 'action' | 'via' | 'context' | 'complete' | 'requests' | 'format';

const OPTIONS: NonNullable<ParseArgsConfig['options']> = {
  account: { type: 'string' },
  region: { type: 'string' },
  principal: { type: 'string' },
  key: { type: 'string' },
  action: { type: 'string' },
  via: { type: 'string' },
  context: { type: 'string', multiple: true },
  complete: { type: 'boolean' },
  requests: { type: 'string' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** Reads the words after the name of a command, which takes some of the options and needs some of them. */
export function readCommandLine(command: string, words: readonly string[], takes: readonly Option[], needs: readonly Option[]): CommandLine {
  const { values, positionals } = parsed(command, words);
  const line = { ...values, sources: positionals } as CommandLine;
  if (line.help) {
    return line;
  }
  const given = Object.keys(values) as Option[];
  const strange = given.find((option) => ![...takes, 'account', 'region'].includes(option));
  if (strange) {
    throw refusal(command, `${command} has no option --${strange}`);
  }
  const missing = needs.find((option) => !given.includes(option));
  if (missing) {
    throw refusal(command, `${command} needs --${missing}`);
  }
  if (positionals.length === 0) {
    throw refusal(command, `${command} needs a cloud assembly or templates`);
  }
  return line;
}

/** A format that a command prints, `text` unless another is asked for. */
export function formatOf({ format = 'text' }: CommandLine): 'text' | 'json' {
  if (format !== 'text' && format !== 'json') {
    throw new KmsPatternsError('InvalidCommandLine', `there is no such format, given: '--format ${format}'; write --format text or --format json`);
  }
  return format;
}

/** Node would tell in words that change from version to version which word it does not take. */
function parsed(command: string, words: readonly string[]): { values: object; positionals: string[] } {
  const { values, positionals, tokens } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'option') {
      const { name, rawName, value, inlineValue } = token;
      const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
      const problem = !option ? `${command} has no option ${rawName}`
        : option.type === 'boolean' && value !== undefined ? `${rawName} takes no value, given: '${value}'`
          : option.type === 'string' && (!value || (!inlineValue && /^-./.test(value))) ? `${rawName} needs a value`
            : !option.multiple && seen.has(name) ? `${rawName} is given twice` : undefined;
      if (problem !== undefined) {
        throw refusal(command, problem);
      }
      seen.add(name);
    }
  }
  return { values, positionals };
}

function refusal(command: string, problem: string): KmsPatternsError {
  return new KmsPatternsError('InvalidCommandLine', `${problem}; see cdk-kms-access ${command} --help`);
}
