import { presentIn } from '../support/key-positions';
import { ROOT } from '../support/key-stack';
import { actionsOnKey, alwaysLetIn, encrypted, expectedForCallers, isFenced, isFencedForCallers, KeyTaker, letIn, useStatements } from '../support/key-taker';
import { KEY_ARN, References, SynthesizedStacks, ThreeStacks } from '../support/three-stacks';

/** The specification that every L2 that takes a key has to meet. */
export function takesAKey(takers: KeyTaker[]): void {
  for (const taker of takers.filter(({ takes }) => takes.every(presentIn('aws-cdk-lib')))) {
    describe(taker.l2, () => specification(taker));
  }
}

function specification(taker: KeyTaker): void {
  if (!taker.needsEnvironment) {
    test('leaves the key without a reference where account and Region are known at deployment only', () => {
      const three = new ThreeStacks('strong', {});
      const consumer = three.role();
      taker.build(three)?.(consumer);
      const stacks = three.synth();
      expect(stacks.dependenciesOfKeys).toEqual([]);
      expect(JSON.stringify(stacks.keysAsWritten)).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput/);
    });
  }

  describe.each<References>(['weak', 'strong'])('with %s references', (references) => {
    let stacks: SynthesizedStacks;

    beforeAll(() => {
      const three = new ThreeStacks(references);
      const consumer = three.role();
      taker.build(three)?.(consumer);
      stacks = three.synth();
    });

    test('is encrypted under the key of another stack', () => {
      expect(encrypted(stacks).length > 0).toBe(taker.notInTemplate === undefined);
    });

    test('leaves the key without a reference to who uses it', () => {
      expect(stacks.dependenciesOfKeys).toEqual([]);
      expect(JSON.stringify(stacks.keysAsWritten)).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput|Consumer|Users/);
    });

    test('lets callers of the service in, and names none of them', () => {
      const statements = useStatements(stacks.keyPolicy());
      expect(statements).toEqual(expect.arrayContaining(expectedForCallers(taker.via).map((expected) => expect.objectContaining(expected))));
      const callers = statements.filter(({ Principal }) => Principal.AWS);
      const roots = [ROOT, ...(taker.otherAccounts ?? []).map((account) => `arn:aws:iam::${account}:root`)];
      expect([...new Set(callers.flatMap(({ Principal }) => Principal.AWS))].filter((arn) => arn !== '*').sort()).toEqual(
        callers.length > 0 ? roots : []);
      expect(callers.filter(({ Condition }) => Condition?.StringEquals?.['kms:CallerAccount'] === undefined)).toEqual([]);
      expect(callers.some((statement) => !isFencedForCallers(statement))).toBe(taker.direct !== undefined);
    });

    test('lets in the service principals that call by themselves', () => {
      expect(letIn(stacks.keyPolicy())).toEqual({ ...alwaysLetIn(taker.via), ...taker.letsIn });
    });

    test('gives the consumer its half, through the service only', () => {
      const statements = stacks.identityStatements('Users');
      expect(actionsOnKey(statements)).toEqual(taker.consumer ?? []);
      expect(statements.filter((statement) => !isFenced(statement) || statement.Resource !== KEY_ARN)).toEqual([]);
    });

    test('gives the roles that the L2 makes their half', () => {
      const statements = stacks.identityStatements('Data');
      expect(actionsOnKey(statements)).toEqual(taker.ownRoles ?? []);
      expect(statements.some((statement) => !isFenced(statement))).toBe(taker.unfenced !== undefined);
    });
  });
}
