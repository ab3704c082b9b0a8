import { Definition, State } from './definition';

/**
 * The variables that are assigned within a map and outside of it, which AWS Step Functions refuses: a sentence each.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export function shadowedVariables(definition: Definition, outer: ReadonlySet<string> = new Set()): string[] {
  const states = Object.entries(definition.States);
  const here = new Set(states.flatMap(([, state]) => assignedBy(state)));
  return [
    ...states.flatMap(([name, state]) => assignedBy(state).filter((variable) => outer.has(variable))
      .map((variable) => `${name} assigns ${variable}, as states outside of its map do`)),
    ...states.flatMap(([, { ItemProcessor }]) => ItemProcessor ? shadowedVariables(ItemProcessor, new Set([...outer, ...here])) : []),
  ];
}

function assignedBy({ Assign, Choices = [], Catch = [] }: State): string[] {
  const assignments = [Assign, ...Choices.map((choice) => choice.Assign), ...Catch.map((catcher) => catcher.Assign)];
  return [...new Set(assignments.flatMap((assigned) => Object.keys(assigned ?? {})))];
}
