import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataPlatform } from '../../examples/data-platform/data-platform';
import { AccessModel } from '../../src/access/access-model';
import { executionRoles } from '../../src/access/execution-roles';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { accessMatrix } from '../../src/report/access-matrix';
import { matrixTable } from '../../src/report/matrix-table';
import { newApp } from '../support/key-stack';

const CONFIG = join(__dirname, '../../examples/data-platform/cdk.json');
/** The matrix as it was read, line by line, against what each may do. */
export const REVIEWED_MATRIX = join(__dirname, 'data-platform-matrix.txt');

/** Who can do what with the keys of the example. */
export function dataPlatformMatrix(): string {
  const app = newApp((JSON.parse(readFileSync(CONFIG, 'utf8')) as { context: Record<string, unknown> }).context);
  dataPlatform(app);
  const templates = readAssembly(app.synth().directory);
  return `${matrixTable(accessMatrix(new AccessModel(templates, { identities: executionRoles(templates) })))}\n`;
}
