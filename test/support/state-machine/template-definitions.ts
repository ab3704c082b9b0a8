import validate from 'asl-validator';
import { Definition } from './definition';
import { shadowedVariables } from './shadowed-variables';

interface Template {
  readonly Resources?: Readonly<Record<string, any>>;
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333', 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-2', 'AWS::StackName': 'Stack', 'AWS::URLSuffix': 'amazonaws.com',
};

/**
 * The definitions of a template's state machines, by logical id.
 *
 * @param known what references come to, by the logical id that they name, such as the name of a table; anything else is a text that tells what it is of
 */
export function definitionsOf({ Resources = {} }: Template, known: Readonly<Record<string, string>> = {}): Record<string, Definition> {
  return Object.fromEntries(Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::StepFunctions::StateMachine')
    .map(([id, { Properties }]) => {
      const definition: unknown = resolved(Properties.DefinitionString ?? Properties.Definition, known);
      return [id, (typeof definition === 'string' ? JSON.parse(definition) : definition) as Definition];
    }));
}

/** What asl-validator, and the rule of variables that it does not know, find in the state machines of a template: a sentence each, with the logical id first. */
export function definitionFindings(template: Template): string[] {
  return Object.entries(definitionsOf(template)).flatMap(([id, definition]) => [
    ...validate(asItsSchemaHasIt(definition)).errors.map((error) => `${id}: ${error['Error code']} ${error.Message}`),
    ...shadowedVariables(definition).map((finding) => `${id}: ${finding}`),
  ]);
}

/** The schema of asl-validator takes no empty text as a literal, and no array as an output, which AWS Step Functions does. */
function asItsSchemaHasIt(definition: Definition): Definition {
  return JSON.parse(JSON.stringify(definition, (name, value: unknown) => (
    value === '' ? 'empty' : name === 'Output' && Array.isArray(value) ? '{% [] %}' : value
  ))) as Definition;
}

function resolved(value: any, known: Readonly<Record<string, string>>): any {
  if (Array.isArray(value)) {
    return value.map((each) => resolved(each, known));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries<any>(value);
  const [[name, argument]] = entries.length === 1 ? entries : [['']];
  switch (name) {
    case 'Ref': return PSEUDO_PARAMETERS[argument] ?? known[argument] ?? argument;
    case 'Fn::Join': return resolved(argument[1], known).join(argument[0]);
    case 'Fn::GetAtt': return known[argument[0]] ?? (argument[1].endsWith('Arn') ? `arn:aws:service:eu-west-2:111122223333:${argument[0]}` : argument.join('-'));
  }
  if (name.startsWith('Fn::')) {
    return argument.OutputName ?? name.replace(/\W/g, '');
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, resolved(each, known)]));
}
