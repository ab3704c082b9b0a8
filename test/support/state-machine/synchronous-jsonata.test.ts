import jsonata from 'jsonata';
import { synchronousJsonata } from './synchronous-jsonata';

const BINDINGS = {
  claims: [{ id: 'b', since: 2, tags: ['x'] }, { id: 'a', since: 2, tags: [] }, { id: 'c', since: 1, tags: ['x', 'y'] }],
  text: 'Ec2.Ec2Exception: Request limit exceeded.',
  none: [],
  plus: (a: number, b: number) => a + b,
};

test.each([
  '$claims[since > 1].id',
  '[$claims[[1..$count($claims)]]]',
  '$sort($claims, function($a, $b) { $a.since & $a.id > $b.since & $b.id })[0].id',
  '$claims^(>since, id).id',
  '$map($claims, function($claim, $i) { $plus($claim.since, $i) })',
  '$filter($claims, function($claim) { "x" in $claim.tags }).id',
  '$reduce($claims.since, function($sum, $one) { $sum + $one }, 0)',
  '$claims{$string(since): [id]}',
  '$claims.{"of": id, "tags": tags ~> $count()}',
  '[$none.{"id": id}]',
  '($first := $claims[0]; $exists($first.missing) ? $first.missing : $merge([$first, {"missing": false}]))',
  '$contains($text, /limit|throttl/i) and $replace($text, /[A-Z]/, function($match) { $lowercase($match.match) })',
  '$split($text, /[. ]+/)',
  '$claims ~> |$|{"since": since * 2}, ["tags"]|',
  '($twice := function($x) { $x < 100 ? $twice($x * 2) : $x }; $twice(3))',
  '$each($claims[0], function($value, $name) { $name })',
  '$claims.missing',
])('without promises it is the same: %s', async (expression) => {
  const result = await jsonata(expression).evaluate(undefined, BINDINGS) as unknown;

  expect(JSON.stringify(synchronousJsonata(expression).evaluate(undefined, BINDINGS))).toBe(JSON.stringify(result));
});

test.each(['$sum($text)', '$claims +', '$toMillis($text)'])('fails as with promises: %s', async (expression) => {
  const evaluate = async (): Promise<unknown> => await jsonata(expression).evaluate(undefined, BINDINGS) as unknown;
  const { code, message } = await evaluate().catch((error: unknown) => error) as { code: string; message: string };

  expect(() => synchronousJsonata(expression).evaluate(undefined, BINDINGS)).toThrow(expect.objectContaining({ code, message }));
});
