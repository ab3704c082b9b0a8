import { Lexer } from 'yaml';

type Step = () => Generator<string, unknown>;

/** What the declarations of `Lexer` keep to themselves. */
interface Inside {
  indentNext: number;
  parseQuotedScalar: Step;
  parseFlowCollection: Step;
}

/**
 * A lexer that does not look at indentation between quotes and brackets.
 *
 * YAML wants lines there to stand further in than what they belong to. CloudFormation does not, and templates of AWS itself are written otherwise.
 * @see https://github.com/awslabs/aws-cloudformation-templates/blob/master/aws/services/CloudFormation/FindInMap_Inside_Sub.yaml
 */
export function templateLexer(): Lexer {
  const lexer = new Lexer();
  const inside = lexer as unknown as Inside;
  inside.parseQuotedScalar = withoutIndentation(inside, inside.parseQuotedScalar);
  inside.parseFlowCollection = withoutIndentation(inside, inside.parseFlowCollection);
  return lexer;
}

function withoutIndentation(lexer: Inside, step: Step): Step {
  return function* () {
    const { indentNext } = lexer;
    lexer.indentNext = 0;
    const next = yield* step.call(lexer);
    lexer.indentNext = indentNext;
    return next;
  };
}
