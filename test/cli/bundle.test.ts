import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DECRYPT, DELEGATED } from '../access/golden/statements';
import { linesFile, worldFiles } from '../support/cli';

const ROOT = join(__dirname, '../..');
const { bin, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string>; version: string };
const { tasks } = JSON.parse(readFileSync(join(ROOT, '.projen/tasks.json'), 'utf8')) as { tasks: Record<string, { steps: { exec: string }[] }> };
const FILES = worldFiles({ keyPolicy: [DELEGATED], r: [DECRYPT] });
const REQUEST = '{"principal":"R","key":"K","action":"kms:Decrypt"}';

let tool: string;

/** Bundled as the package has it, in a folder where only the peers are installed. */
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-kms-access-'));
  tool = join(folder, bin['cdk-kms-access']);
  const [name, ...words] = tasks['bundle:cli'].steps[0].exec.split(' ');
  execFileSync(join(ROOT, 'node_modules/.bin', name), words.map((word) => word.startsWith('--outfile=') ? `--outfile=${tool}` : word), { cwd: ROOT });
  writeFileSync(join(folder, 'package.json'), readFileSync(join(ROOT, 'package.json')));
  mkdirSync(join(folder, 'node_modules'));
  ['aws-cdk-lib', 'constructs'].forEach((peer) => symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer)));
});

function run(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the bundle is a program', () => {
  expect(readFileSync(tool, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
});

test('the bundle knows its version', () => {
  expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

test('the bundle reads templates and answers', () => {
  expect(run('decide', ...FILES, '--requests', linesFile(REQUEST))).toEqual({
    status: 0,
    stdout: '{"verdict":"allowed","because":[{"stack":"Keys","logicalId":"K","index":0},'
      + '{"stack":"People","logicalId":"R","policy":"Inline","index":0}],"conditions":[]}\n',
    stderr: '',
  });
});

test('the bundle fails with one sentence', () => {
  expect(run('matrix', 'nowhere.yaml')).toEqual({
    status: 2,
    stdout: '',
    stderr: "cdk-kms-access: UnreadableFile: this file cannot be read: there is no such file, given: 'nowhere.yaml'; write the path of a file of text that you may read\n",
  });
});

test('the bundle stops quietly where its reader has enough', async () => {
  const child = spawn(process.execPath, [tool, 'decide', ...FILES, '--requests', linesFile(...Array<string>(20_000).fill(REQUEST))]);
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => { stderr += text.toString(); });
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
