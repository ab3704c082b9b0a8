import { Access, Half } from './decision/access';
import { Asker } from './decision/asker';
import { conditionText } from './decision/explanation';
import { KnownContext } from './decision/known-context';
import { ResourcePatterns } from './decision/resource-patterns';
import { KeyResource } from './key-resource';
import { KmsAction } from './policy/kms-action';
import { PolicyStatement, StatementRef } from './policy/policy-statement';
import { namesCaller } from './principal/caller';
import { readable, Text } from './text/text';

/** A statement that allows the action, but to others, on something else, or under conditions that never hold here. */
export interface NearMiss {
  readonly half: Half;
  readonly ref: StatementRef;
  readonly why: string;
}

const MOST_LISTED = 3;

/** The statements that somebody may have had in mind who expects the action to be allowed. */
export function nearMisses(asker: Asker, key: KeyResource, action: KmsAction, { routes, closed, known }: Access): NearMiss[] {
  const factors = [...routes, ...closed].flatMap((route) => route.factors);
  const playing = new Set(factors.flatMap(({ alternatives }) => alternatives.map(({ reason }) => reason)));
  const near = (half: Half, statements: readonly PolicyStatement[], why: (statement: PolicyStatement) => string | undefined) => statements
    .filter(({ effect, actions, problem, ref }) =>
      effect === 'Allow' && problem === undefined && actions && action.isChosenBy(actions) !== false && !playing.has(ref))
    .flatMap((statement) => {
      const reason = why(statement) ?? unmetCondition(statement, known);
      return reason === undefined ? [] : [{ half, ref: statement.ref, why: reason }];
    });
  const resource = action.isWithoutKey ? '*' : key.arn;
  return [
    ...near('key policy', asker.caller.kind === 'service' ? key.statements : key.statements.filter((statement) => !isForServices(statement)),
      (statement) => whyNotInKeyPolicy(statement, asker)),
    ...near('IAM policy', asker.policies?.statements ?? [], (statement) => otherResource(statement, resource)),
    ...near('permissions boundary', asker.boundary?.statements ?? [], (statement) => otherResource(statement, resource)),
  ];
}

/** Which nobody writes for a role or user, and a key has many. */
function isForServices({ principals }: PolicyStatement): boolean {
  return principals !== undefined && !principals.not && principals.entries.every(({ type }) => type === 'Service');
}

function whyNotInKeyPolicy({ principals, resources }: PolicyStatement, { caller }: Asker): string | undefined {
  if (principals && !principals.not && principals.entries.every((entry) => namesCaller(entry, caller).every(([, truth]) => truth === false))) {
    return `it names ${listed(principals.entries)}, not ${readable(caller.arn)}`;
  }
  return !principals || principals.not || resources?.entries.some(({ text }) => text === '*') ? undefined : 'its Resource is not "*", which AWS KMS refuses';
}

function otherResource({ resources, variables }: PolicyStatement, arn: Text): string | undefined {
  return resources && new ResourcePatterns(resources, variables).match(arn) === false
    ? `its ${resources.not ? 'NotResource' : 'Resource'} is ${listed(resources.entries)}, and the key is ${readable(arn)}` : undefined;
}

/** The first condition that no request of the principal meets. */
function unmetCondition({ tests }: PolicyStatement, known: KnownContext): string | undefined {
  const values = (name: string) => known.always(name) ?? 'open';
  const unmet = tests.find((test) => test.holds((name) => {
    const given = values(name);
    return given === 'absent' ? undefined : given;
  }) === false);
  const given = unmet && values(unmet.keys[0]);
  return unmet && `it asks for ${conditionText(unmet.condition)}, and here ${Array.isArray(given) ? `it is ${given.map(readable).join(', ')}` : 'there never is one'}`;
}

function listed(entries: readonly { readonly text: string }[]): string {
  const shown = entries.slice(0, MOST_LISTED).map(({ text }) => readable(text));
  return entries.length > shown.length ? `${shown.join(', ')} and ${entries.length - shown.length} more` : shown.join(', ');
}
