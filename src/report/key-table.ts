import { KeyRow } from './key-report';
import { NagRow } from './nag-report';
import { textTable } from './text-table';
import { LARGEST_POLICY_BYTES } from '../private/key-policy-size';

/** The keys as text: a block of lines each, the resources under it beside its name and the size of its policy. */
export function keyTable(keys: KeyRow[]): string {
  if (keys.length === 0) {
    return 'No keys.';
  }
  const [header, ...lines] = textTable([
    ['KEY', 'POLICY', 'ENCRYPTS', ''],
    ...keys.flatMap(blockOf),
  ]);
  const rule = '-'.repeat(Math.max(header.length, ...lines.map((line) => line.length)));
  const blocks = keys.map((key) => lines.splice(0, blockOf(key).length));
  return [header, rule, ...blocks.flatMap((block, index) => index === 0 ? block : ['', ...block])].join('\n');
}

function blockOf(key: KeyRow): string[][] {
  const names = [...key.aliases, key.path];
  const policy = [`${grouped(key.policyBytes)} of ${grouped(LARGEST_POLICY_BYTES)} bytes`, `${key.statements} ${key.statements === 1 ? 'statement' : 'statements'}`];
  const encrypts = key.encrypts.length > 0 ? key.encrypts : [{ type: 'nothing known', path: '' }];
  return Array.from({ length: Math.max(names.length, policy.length, encrypts.length) }, (_, line) =>
    [names[line] ?? '', policy[line] ?? '', encrypts[line]?.type ?? '', encrypts[line]?.path ?? '']);
}

/** What cdk-nag found as text, a line for each pack. */
export function nagTable(packs: NagRow[]): string {
  const right = (value: string, header: string) => value.padStart(header.length);
  return textTable([
    ['CDK-NAG', 'FINDINGS', 'ACKNOWLEDGED'],
    ...packs.map(({ pack, findings, acknowledged }) => [pack, right(`${findings}`, 'FINDINGS'), right(`${acknowledged}`, 'ACKNOWLEDGED')]),
  ]).join('\n');
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
