/** A parameter of a template. */
export interface TemplateParameter {
  readonly type: string;
  /** What it is when the deployment says nothing; nothing where only the deployment says it. */
  readonly default?: unknown;
}

/** Reads a parameter, of which nothing is trusted to be there. */
export function readParameter({ Type, Default, NoEcho }: Readonly<Record<string, unknown>>): TemplateParameter {
  const type = typeof Type === 'string' ? Type : 'String';
  // What Parameter Store keeps is known by its name only, and what nobody may see is no part of a report.
  const isElsewhere = type.startsWith('AWS::SSM::Parameter::Value<') || String(NoEcho) === 'true';
  return isElsewhere || Default === undefined ? { type } : { type, default: Default };
}

/** The parameter with what the deployment says. */
export function givenParameter(parameter: TemplateParameter, value: unknown): TemplateParameter {
  return readParameter({ Type: parameter.type, Default: value });
}

/** Whether its text is the elements of a list between commas. */
export function isList({ type }: TemplateParameter): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}
