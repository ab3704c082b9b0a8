import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../examples/synthesize';
import { exampleApp } from '../support/example-app';

const outdir = mkdtempSync(join(tmpdir(), 'synthesize-'));

test('an example becomes the templates that its app has in tests, and what was there before is gone', () => {
  writeFileSync(join(outdir, 'Stale.template.json'), '{}');

  synthesize('data-platform', {}, outdir);

  const expected = exampleApp('data-platform').synth().directory;
  const templates = (directory: string) => readdirSync(directory).filter((file) => file.endsWith('.template.json'))
    // The process always runs the minimum aws-cdk-lib, whose assets are others than those of the newest.
    .map((file) => [file, readFileSync(join(directory, file), 'utf8').replace(/[0-9a-f]{64}/g, '<asset>')]);
  expect(templates(outdir)).toEqual(templates(expected));
}, 60_000);

test('fails with the name of the example, after its app has said why', () => {
  expect(() => synthesize('data-platform', { rotationDays: '30' }, outdir)).toThrow(
    'examples/data-platform was not synthesized: its main.ts ended with 1, and says why above');
}, 60_000);
