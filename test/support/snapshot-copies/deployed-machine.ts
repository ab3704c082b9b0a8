import { Definition } from '../state-machine/definition';

type Json = any;

const PSEUDO: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::Region': 'xx-test-1', 'AWS::AccountId': '111122223333' };

/** The definitions of the state machines in a template, with names in the place of what deployment makes: `ID` for a resource, `ID.ATTRIBUTE` for its attribute. */
export function deployedMachines(template: { readonly Resources: Record<string, Json> }): Definition[] {
  return Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine')
    .map(({ Properties }) => JSON.parse(deployed(Properties.DefinitionString)) as Definition);
}

/** What deployment makes of a text. */
export function deployed(value: Json): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, argument]] = Object.entries<Json>(value);
  switch (name) {
    case 'Ref': return PSEUDO[argument] ?? argument;
    case 'Fn::GetAtt': return argument.join('.');
    case 'Fn::Join': return argument[1].map(deployed).join(argument[0]);
    case 'Fn::GetStackOutput': return `${argument.StackName}.${argument.OutputName}`;
    default: throw new Error(`Nobody said what becomes of ${JSON.stringify(value)}`);
  }
}
